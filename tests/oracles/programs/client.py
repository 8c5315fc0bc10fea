"""Calls our Python package as it is told, one line of JSON for each call and one for its answer.

Run by the Python that has the package. Secrets come by standard input, so that no argument list shows them.
"""

# mypy: disable-error-code="import-not-found,import-untyped"

from __future__ import annotations

import json
import sys
from typing import Any

import pinterest_oauth


def main() -> None:
    """Answers until standard input ends."""
    clients: dict[str, pinterest_oauth.Client] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        key = json.dumps(asked["config"], sort_keys=True)
        if key not in clients:
            clients[key] = pinterest_oauth.Client(**asked["config"])
        print(json.dumps(_answer(clients[key], asked)), flush=True)


def _answer(client: pinterest_oauth.Client, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        result = getattr(client, asked["method"])(*asked["arguments"], **asked["keywords"])
    except pinterest_oauth.PinterestOAuthError as error:
        return {"error": json.loads(error.to_json())}
    token = isinstance(result, pinterest_oauth.Token)
    return {"answer": json.loads(result.to_json()) if token else None}


if __name__ == "__main__":
    main()
