"""How a check ends when it does not pass."""

from __future__ import annotations


class Failed(Exception):
    """Something does not hold, or could not be found out. The text is for people."""


class NotRun(Exception):
    """A check cannot be made on this machine; the text is the reason, such as `no pwsh`."""


def demand(condition: bool, otherwise: str) -> None:
    """Fails with `otherwise` unless `condition` holds."""
    if not condition:
        raise Failed(otherwise)


def quoted(text: str, last: int = 40) -> str:
    """The last lines of what a program said, as part of a message."""
    lines = text.strip().splitlines()[-last:]
    return "\n".join(f"    {line}" for line in lines) or "    (it said nothing)"
