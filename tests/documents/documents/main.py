"""The command line, the list of documents, and the table."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pinterest_oauth.emulator import Emulator, EmulatorError
from support.places import ROOT, TARGET
from support.report import Report

from . import perl, php_symfony, powershell, python, typescript
from .failure import Wrong, demand

SEEDS = ROOT / "tests" / "seeds"


class Document(Protocol):
    """A document, and what its example must do."""

    @property
    def file(self) -> str:
        """Its name in tests/seeds."""

    @property
    def language(self) -> str:
        """What its example is written in."""

    def not_run(self) -> str | None:
        """Why the example cannot be run here, or None."""

    def as_printed(self, document: str, emulator: Emulator, folder: Path) -> str:
        """Runs the example as it stands; what it said."""

    def with_fields(self, document: str, emulator: Emulator, folder: Path) -> str:
        """Runs it with the fields that it leaves out; what it printed."""


DOCUMENTS: list[Document] = [
    typescript.DOCUMENT,
    powershell.DOCUMENT,
    python.DOCUMENT,
    perl.DOCUMENT,
    php_symfony.DOCUMENT,
]


def main(arguments: list[str] | None = None) -> int:
    """0 if everything passed, 1 if not."""
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__)
    names = [document.language for document in DOCUMENTS]
    parser.add_argument("--language", choices=names, help="this one alone")
    chosen: str | None = parser.parse_args(arguments).language
    report = Report()
    for document in DOCUMENTS:
        if chosen in (None, document.language):
            _rows(document, report)
    if chosen is None:
        report.begin("tests/seeds", "the copies")
        _try(report, "complete", complete)
    return report.close()


def _rows(document: Document, report: Report) -> None:
    """One row for the example as printed, one with its fields."""
    report.begin(document.file, document.language)
    if reason := document.not_run():
        report.say(reason)
        return
    _try(report, "as printed     ", lambda: _checked(document.file, document.as_printed))
    _try(report, "with its fields", lambda: _checked(document.file, document.with_fields))


def _checked(file: str, check: Callable[[str, Emulator, Path], str]) -> str:
    text = (SEEDS / file).read_text(encoding="utf-8")
    folders = TARGET / "documents"
    folders.mkdir(parents=True, exist_ok=True)
    with Emulator(tls=False) as emulator, tempfile.TemporaryDirectory(dir=folders) as folder:
        return check(text, emulator, Path(folder))


def complete() -> str:
    """Every copy has its row, and every row its copy."""
    files = {file.name for file in SEEDS.glob("*.md")}
    known = {document.file for document in DOCUMENTS}
    demand(files == known, f"only here or only in tests/seeds: {', '.join(sorted(files ^ known))}")
    return f"{len(files)} documents, the ones above"


def _try(report: Report, title: str, check: Callable[[], str]) -> None:
    try:
        report.good(f"{title} → {check()}")
    except (Wrong, EmulatorError, OSError) as problem:
        report.bad(f"{title} → {problem}")
