"""A document of a client: its example as printed, and with the fields that it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten

from harness.program import Ended
from harness.session import Session

from . import judge
from .block import Substitution, example, substituted
from .languages import Runs, user

SHOWN = 150


@dataclass(frozen=True)
class ClientExample:
    """What is expected of a document's example.

    outside: import line, credentials and host: the only things that may differ.
    fields: the fields that the example leaves out.
    refusal: texts that the example prints as it stands, its own words among them.
    refused: the exit code then.
    placeholder: a value that the document leaves open, and what the example prints once it is filled in.
    token: texts that it prints of a token.
    run: how its language is run.
    shown: what is appended to see the result of an example that only keeps it.
    """

    file: str
    fence: str
    outside: tuple[Substitution, ...]
    fields: tuple[Substitution, ...]
    refusal: tuple[str, ...]
    token: tuple[str, ...]
    run: Runs
    refused: int = 0
    placeholder: tuple[Substitution, tuple[str, ...]] | None = None
    shown: str = ""

    def as_printed(self, document: str, session: Session) -> str:
        """It fails, says which fields are missing, and sends nothing."""
        said = [self._refused(document, session, self.refusal)]
        if self.placeholder:
            filled, refusal = self.placeholder
            said.append(f"filled in: {self._refused(document, session, refusal, filled)}")
        return "; ".join(said)

    def with_fields(self, document: str, session: Session) -> str:
        """It prints a token without its secrets, and the emulator gave one."""
        filled = self.placeholder[:1] if self.placeholder else ()
        program = self._program(document, *filled, *self.fields)
        with session.emulator() as emulator:
            code = emulator.code()
            ran = self.run(program, session.folder, user(emulator, code))
            judge.no_secret(emulator, ran.said, code)
            said = self._line(ran, self.token, 0, session)
            return f"{said}; {judge.granted(emulator, judge.exchange(code))}"

    def _refused(
        self, document: str, session: Session, refusal: tuple[str, ...], *filled: Substitution
    ) -> str:
        program = self._program(document, *filled)
        with session.emulator() as emulator:
            ran = self.run(program, session.folder, user(emulator, "not-needed"))
            judge.no_secret(emulator, ran.said)
            said = self._line(ran, refusal, self.refused, session)
            return f"{said}; {judge.nothing_sent(emulator)}"

    def _program(self, document: str, *filled: Substitution) -> str:
        return substituted(example(document, self.fence), (*self.outside, *filled)) + self.shown

    @staticmethod
    def _line(ran: Ended, texts: tuple[str, ...], code: int, session: Session) -> str:
        line = judge.says(ran, texts, code).replace(f"{session.folder}/", "")
        return shorten(line, SHOWN, placeholder=" …")
