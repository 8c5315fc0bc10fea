"""Visitors of the application, many at once, each of whom knows the right answer."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from harness import web
from harness.failure import Failed

from .askers import number, scopes

MASTERS_OWN = 1
AT_ONCE = 8


class OtherAnswer(Failed):
    """A visitor got what belongs to another."""


@dataclass(frozen=True)
class Visit:
    """Who asked, which process loaded the application (if it says so), and which one answered."""

    asker: int
    master: int | None
    worker: int


def visit(url: str, asker: int) -> Visit:
    """Asks for the asker's own scopes; an answer that is somebody else's raises `OtherAnswer`."""
    answer = web.request("GET", f"{url}?scope={quote(','.join(scopes(asker)))}")
    try:
        said: dict[str, Any] = json.loads(answer.text)
        granted = number(said["scopes"])
    except (ValueError, KeyError, TypeError):
        raise Failed(f"visitor {asker} got {answer.status}: {answer.text[:400]}") from None
    if granted != asker:
        raise OtherAnswer(f"visitor {asker} got the answer of {granted}")
    return Visit(asker, said["master"], said["worker"])


def visit_all(url: str, askers: range) -> list[Visit]:
    """All of them, some at once."""
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        return list(visitors.map(lambda asker: visit(url, asker), askers))
