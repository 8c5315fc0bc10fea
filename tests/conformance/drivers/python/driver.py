"""The Python driver of the conformance cases: the public package `pinterest_oauth` and nothing else."""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

import pinterest_oauth
from pinterest_oauth import Client, PinterestOAuthError, Token

logging.basicConfig(level=logging.DEBUG)


def keywords(document: dict[str, Any]) -> dict[str, Any]:
    """Python names times in seconds where the documents name them in milliseconds."""
    renamed = {}
    for name, value in document.items():
        if name in ("timeout_ms", "connect_timeout_ms"):
            name = name[: -len("_ms")]
            value = value / 1000 if isinstance(value, (int, float)) else value
        renamed[name] = value
    return renamed


def oneshot(config: dict[str, Any], request: dict[str, Any]) -> str:
    """The four-argument call: everything but the credentials comes from the environment."""
    os.environ["PINTEREST_API_URI"] = config["base_url"]
    os.environ.pop("SSL_CERT_FILE", None)
    if "ca_file" in config:
        os.environ["SSL_CERT_FILE"] = config["ca_file"]
    token = pinterest_oauth.oauth_token(
        request["grant_type"], app_id=request["user"], app_secret=request["pass"]
    )
    return token.to_json()


def call(client: Client, operation: str, request: dict[str, Any]) -> str:
    """One call; its answer document."""
    arguments = keywords(request)
    if operation == "token":
        if isinstance(arguments.get("token"), dict):
            arguments["token"] = Token.from_json(json.dumps(arguments["token"]))
        return client.oauth_token(arguments.pop("grant_type", None), **arguments).to_json()
    if operation == "revoke":
        client.revoke(arguments.pop("token", None), **arguments)
        return "{}"
    if operation == "conversion_token":
        return client.conversion_token(arguments.pop("access_token", None), **arguments).to_json()
    if operation == "authorize_url":
        answer = client.authorize_url(arguments.pop("redirect_uri", None), **arguments)
        return json.dumps({"url": answer.url, "state": answer.state})
    code = client.redirect(arguments.pop("url", None), state=arguments.pop("state", None), **arguments)
    return json.dumps({"code": code, "state": request["state"]})


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
                    answer = Token.from_json(request["token"]).to_json()
                else:
                    kept = kept if reuse and kept else Client(**keywords(config))
                    answer = call(kept, operation, request)
                line = f'{{"ok":{answer}}}'
            except PinterestOAuthError as error:
                line = f'{{"error":{error.to_json()}}}'
            print(line, file=results, flush=True)


if __name__ == "__main__":
    main()
