"""A table with its aim, as a value. How it looks is decided in report.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Aim:
    """Something to reach, and what was reached."""

    text: str
    reached: str
    met: bool

    def sentence(self) -> str:
        """In a line."""
        return f"{self.text}: {self.reached}, {'met' if self.met else 'NOT met'}"


@dataclass(frozen=True)
class Table:
    """Rows of text below a head; the first column is words, the others are numbers."""

    title: str
    head: list[str]
    rows: list[list[str]]
    aims: list[Aim] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    figures: Mapping[str, object] = field(default_factory=dict)
    """What the rows were made from, for result.json."""
