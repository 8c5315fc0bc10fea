"""The one exception that a check ends with when it does not pass."""

from __future__ import annotations


class Wrong(Exception):
    """A document, its example or its program is not as expected. The text is for people."""


def demand(condition: bool, otherwise: str) -> None:
    """Fails with `otherwise` unless `condition` holds."""
    if not condition:
        raise Wrong(otherwise)


def quoted(text: str, last: int = 40) -> str:
    """The last lines of what a program said, as part of a message."""
    lines = text.strip().splitlines()[-last:]
    return "\n".join(f"    {line}" for line in lines) or "    (it said nothing)"
