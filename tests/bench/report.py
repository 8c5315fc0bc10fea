"""How tables look: on a terminal, as Markdown, as JSON. Measures nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from .table import Table


def text(table: Table) -> str:
    """For a terminal."""
    lines = [table.head, *table.rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.head))]
    drawn = [_line(line, widths, "  ").rstrip() for line in lines if any(line)]
    shown = [table.title, "-" * len(table.title), *drawn, ""]
    shown += [f"aim: {aim.sentence()}" for aim in table.aims]
    return "\n".join([*shown, *table.notes])


def markdown(facts: dict[str, str], warnings: Sequence[str], tables: Sequence[Table]) -> str:
    """For a page."""
    parts = ["# Benchmarks", *(f"- {name}: {value}" for name, value in facts.items())]
    parts += [f"- **{warning}**" for warning in warnings]
    for table in tables:
        below = [*(f"Aim: {aim.sentence()}." for aim in table.aims), *table.notes]
        line = ["---", *["---:"] * (len(table.head) - 1)]
        parts += ["", f"## {table.title}", "", *(_row(row) for row in (table.head, line, *table.rows))]
        parts += ["", "  \n".join(below)]
    return "\n".join(parts) + "\n"


def write(folder: Path, facts: dict[str, str], warnings: Sequence[str], tables: Sequence[Table]) -> None:
    """Writes result.json and result.md."""
    document = {"facts": facts, "warnings": warnings, "tables": [asdict(table) for table in tables]}
    (folder / "result.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (folder / "result.md").write_text(markdown(facts, warnings, tables), "utf-8")


def _line(cells: Sequence[str], widths: Sequence[int], gap: str) -> str:
    padded = [cells[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:]))]
    return gap.join(padded)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
