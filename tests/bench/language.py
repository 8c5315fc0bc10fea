"""A language that is measured, as a value. The languages themselves are in languages.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from harness.program import Command

Commands = Mapping[str, Command]


def each(program: Command, *names: str) -> Commands:
    """One program that is told by its first argument what to measure."""
    return {name: [*program, name] for name in names}


@dataclass(frozen=True)
class Overlap:
    """Calls at once, against a server that takes its time."""

    at_once: int
    by: str
    calls: int
    """Of each, a round."""
    programs: Commands
    slow: tuple[str, ...] = ()
    """Of `programs`: so slow that one call of each must do."""
    aim_percent: int | None = None
    """What ours is to reach of the ideal, in which no call waits for another."""


@dataclass(frozen=True)
class Language:
    """An entry. Ours is called `ours` everywhere; README.md says what the programs are asked to do."""

    name: str
    versions: Command
    """Prints what is measured; fails where a part of it is missing."""
    many: Commands
    """Calls over a kept-alive connection; the first is ours."""
    once: Commands
    """A whole process each; the first does nothing, and the others are compared with it."""
    prepare: Callable[[], list[str]] = list
    """Builds what it needs besides the library; gives what a reader must know of it."""
    slow: tuple[str, ...] = ()
    """Of `many`: so slow that fewer calls must do."""
    at_most: Mapping[str, float] = field(default_factory=dict)
    """An aim for a call: ours over another's, which may be of another language."""
    cost_ms: float | None = None
    """An aim for a whole process: ours over the one that does nothing."""
    no_dearer_than: tuple[str, ...] = ()
    """The same: others, over the one that does nothing."""
    overlap: Overlap | None = None
    notes: tuple[str, ...] = ()
    not_run: str = ""
    """Why it cannot be measured here, if so."""

    def full(self, name: str) -> str:
        """A program's name among those of all languages."""
        return f"{self.name} {name}"
