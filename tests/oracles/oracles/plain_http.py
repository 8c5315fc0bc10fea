"""One HTTP request of the runner's own, with nothing of the client under test."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

from .failure import CheckFailed

LIMIT = 30.0


def call(base: str, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
    """The status and the text of the answer."""
    address = urlsplit(base)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=LIMIT)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException) as problem:
        raise CheckFailed(f"{method} {path} at {address.netloc}: {problem}") from None
    finally:
        connection.close()
