"""The documents of tests/seeds: each has two checks, and a copy that nobody runs fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from harness.check import Check
from harness.failure import demand
from harness.places import TESTS
from harness.session import Session

from .clients import CLIENTS
from .server import ServerExample

SEEDS = TESTS / "seeds"


class Document(Protocol):
    """A document, and what its example must do; each method returns what it said."""

    @property
    def file(self) -> str:
        """Its name in tests/seeds."""

    def as_printed(self, document: str, session: Session) -> str:
        """Runs the example as it stands."""

    def with_fields(self, document: str, session: Session) -> str:
        """Runs it with the fields that it leaves out."""


DOCUMENTS: tuple[Document, ...] = (*CLIENTS, ServerExample())


def checks() -> list[Check]:
    """Of every document, and that there is no other copy."""
    found = [Check("seeds", "every copy in tests/seeds is run, and every document has its copy", _complete)]
    for each in DOCUMENTS:
        name = each.file.removesuffix(".md")
        found.append(Check(f"{name}-as-printed", f"{each.file} as printed", _of(each.file, each.as_printed)))
        fields = _of(each.file, each.with_fields)
        found.append(Check(f"{name}-with-fields", f"{each.file} with the fields that it leaves out", fields))
    return found


def _of(file: str, check: Callable[[str, Session], str]) -> Callable[[Session], None]:
    def run(session: Session) -> None:
        text = (SEEDS / file).read_text(encoding="utf-8")
        way = check.__name__.replace("_", " ")
        session.report.good(f"{file} {way} → {check(text, session)}")

    return run


def _complete(_: Session) -> str:
    complete(DOCUMENTS)
    return f"{len(DOCUMENTS)} documents"


def complete(documents: Iterable[Document]) -> None:
    """Fails where a copy or a document is alone."""
    files = {file.name for file in SEEDS.glob("*.md")}
    alone = sorted(files ^ {document.file for document in documents})
    demand(not alone, f"only here or only in tests/seeds: {', '.join(alone)}")
