"""The code blocks of a document, and what is put in place of what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from harness.failure import demand
from harness.places import ROOT


class Substitution(NamedTuple):
    """A text that stands in the block exactly once, and what replaces it."""

    printed: str
    replacement: str


def document(path: str) -> str:
    """The text of a document, by its path in the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def blocks(text: str, fence: str) -> list[str]:
    """Every code block of a document in the language `fence`."""
    return re.findall(rf"^```{fence}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def block(text: str, fence: str) -> str:
    """The one code block of a document in the language `fence`."""
    found = blocks(text, fence)
    demand(len(found) == 1, f"the document has {len(found)} blocks of {fence} instead of one")
    demand(bool(found[0].strip()), f"the block of {fence} is empty")
    return found[0]


def example(text: str, fence: str) -> str:
    """The block under the heading that says Example."""
    _, there, rest = text.partition("\n### Example")
    demand(bool(there), "the document has no heading that says Example")
    return block(rest.partition("\n### ")[0], fence)


def substituted(text: str, substitutions: Iterable[Substitution]) -> str:
    """The text with every substitution made; each must match exactly once in the text as it was printed."""
    replacements = dict(substitutions)
    for printed in replacements:
        times = text.count(printed)
        demand(times == 1, f"{printed!r} stands {times} times in the block instead of once")
    places = "|".join(map(re.escape, replacements))
    return re.sub(places, lambda place: replacements[place[0]], text) if places else text
