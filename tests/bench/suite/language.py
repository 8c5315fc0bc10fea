"""A language that is measured, as a value. The languages themselves are in languages.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Command = list[str | Path]
Commands = Mapping[str, Command]


def each(program: Command, names: Iterable[str]) -> Commands:
    """One program that is told by its first argument what to measure."""
    return {name: [*program, name] for name in names}


@dataclass(frozen=True)
class Overlap:
    """Calls at once: by what, how many, and how much of the ideal ours is to reach."""

    by: str
    at_once: int
    share: float
    programs: Commands
    aim_percent: int | None = None


@dataclass(frozen=True)
class Language:
    """An entry. Ours is called `ours` everywhere; the programs and their modes are described in README.md."""

    name: str
    prepare: Callable[[], list[str]]
    """Builds what is measured; gives what a reader must know of it."""
    many: Commands
    once: Commands
    """The first does nothing: the others are compared with it."""
    at_most: Mapping[str, float] = field(default_factory=dict)
    """The aim for a call: ours over another's, which is named with its language."""
    cost_ms: float | None = None
    """The aim for a whole process, in ms over the one that does nothing."""
    cost_of: str | None = None
    """The same: another that ours may cost as much as."""
    overlap: Overlap | None = None
    notes: tuple[str, ...] = ()
    not_run: str = ""
    """Why it cannot be measured here."""

    def full(self, name: str) -> str:
        """How others call one of this language's programs."""
        return f"{self.name} {name}"
