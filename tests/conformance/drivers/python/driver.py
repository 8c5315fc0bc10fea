"""The Python driver of the conformance cases: the public package `pinterest_oauth` and nothing else."""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

import managed
import pinterest_oauth
from pinterest_oauth import Answer, Client, PinterestOAuthError, Token

CENTURY = 100 * 365 * 86_400

logging.basicConfig(level=logging.DEBUG)


def oneshot(config: dict[str, Any], request: dict[str, Any]) -> Token:
    """The four-argument call: everything but the credentials comes from the environment."""
    os.environ["PINTEREST_API_URI"] = config["base_url"]
    os.environ.pop("SSL_CERT_FILE", None)
    if "ca_file" in config:
        os.environ["SSL_CERT_FILE"] = config["ca_file"]
    return pinterest_oauth.oauth_token(
        request["grant_type"], app_id=request["user"], app_secret=request["pass"]
    )


def call(client: type[Client] | Client, operation: str, request: dict[str, Any]) -> Any:
    """One call: the operation is the name of the method, the request its arguments."""
    if operation == "oauth_token" and isinstance(request.get("token"), dict):
        request["token"] = Token.from_json(json.dumps(request["token"]))
    return getattr(client, operation)(**request)


def document(answer: Any, request: dict[str, Any]) -> str:
    """The answer document."""
    if isinstance(answer, dict):
        return json.dumps(answer)
    if isinstance(answer, Token):
        more: dict[str, Any] = {
            "is_expired": answer.is_expired(),
            "expires_within_a_century": answer.expires_within(CENTURY),
        }
        if answer.answer:
            more["answer"] = vars(answer.answer)
        return f"{answer.to_json()[:-1]},{json.dumps(more)[1:]}"
    if isinstance(answer, Answer):
        return json.dumps({"answer": vars(answer)})
    if isinstance(answer, str):
        return json.dumps({"code": answer, "state": request["state"]})
    return json.dumps({"url": answer.url, "state": answer.state})


def main() -> None:
    """Three lines in, one line out, until standard input ends."""
    kept: Client | None = None
    with os.fdopen(int(os.environ.get("CONFORMANCE_FD", "3")), "w", encoding="utf-8") as results:
        for operation in sys.stdin:
            config, request = json.loads(sys.stdin.readline()), json.loads(sys.stdin.readline())
            reuse, operation = operation.startswith("reuse:"), operation.strip().rpartition(":")[2]
            try:
                if operation == "oneshot":
                    answer = oneshot(config, request)
                elif operation == "token_read":
                    answer = Token.from_json(request["token"])
                elif "." in operation:
                    answer = managed.run(operation, config, request)
                elif operation == "redirect":
                    answer = call(Client, operation, request)
                else:
                    kept = kept if reuse and kept else Client(**config)
                    answer = call(kept, operation, request)
                line = f'{{"ok":{document(answer, request)}}}'
            except PinterestOAuthError as error:
                line = f'{{"error":{error.to_json()}}}'
            print(line, file=results, flush=True)


if __name__ == "__main__":
    main()
