"""The code block of a document, and what is put in place of what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .failure import demand


class Substitution(NamedTuple):
    """A text that stands in the block exactly once, and what replaces it."""

    printed: str
    replacement: str


def block(document: str, fence: str) -> str:
    """The one code block of a document's text in the language `fence`."""
    found: list[str] = re.findall(rf"^```{fence}\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    demand(len(found) == 1, f"the document has {len(found)} blocks of {fence} instead of one")
    demand(bool(found[0].strip()), f"the block of {fence} is empty")
    return found[0]


def example(document: str, fence: str) -> str:
    """The block under the heading that says Example."""
    _, there, rest = document.partition("\n### Example")
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
