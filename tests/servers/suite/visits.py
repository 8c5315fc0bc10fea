"""Visitors of the application, many at once, each of whom knows the right answer."""

from __future__ import annotations

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from support.askers import number, scopes

from .ground import PATIENCE, ServerFailed

MASTERS_OWN = 1
AT_ONCE = 8


@dataclass(frozen=True)
class Visit:
    """Who asked, which process loaded the application (if it says so), and which one answered."""

    asker: int
    master: int | None
    worker: int


def get(url: str) -> tuple[int, str]:
    """One request; status and body."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def visit(url: str, asker: int) -> Visit:
    """Asks for the asker's own scopes; an answer that is somebody else's is an error."""
    status, text = get(f"{url}?scope={quote(','.join(scopes(asker)))}")
    try:
        said: dict[str, Any] = json.loads(text)
        granted = number(said["scopes"])
    except (ValueError, KeyError, TypeError):
        raise ServerFailed(f"visitor {asker} got {status}: {text[:400]}") from None
    if granted != asker:
        raise ServerFailed(f"visitor {asker} got the answer of {granted}")
    return Visit(asker, said["master"], said["worker"])


def visit_all(url: str, askers: range) -> list[Visit]:
    """All of them, some at once."""
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        return list(visitors.map(lambda asker: visit(url, asker), askers))
