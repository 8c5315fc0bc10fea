"""A web application that is loaded, and calls, before gunicorn forks its workers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from asking import number, scopes
from pinterest_oauth import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LOADED_IN = os.getpid()

client = Client()
client.oauth_token("client_credentials", scope=scopes(1))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers with the process that loaded this, the one that works, and what the token may do."""
    asked = int(environ["QUERY_STRING"])
    token = client.oauth_token("client_credentials", scope=scopes(asked))
    start_response("200 OK", [("content-type", "text/plain")])
    return [f"{LOADED_IN} {os.getpid()} {number(token.scopes)}".encode()]
