"""A document of a client: its example as printed, and with the fields it leaves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from pinterest_oauth.emulator import Emulator

from . import judge
from .failure import Wrong, demand, quoted
from .program import Finished, surroundings
from .seed import Substitution, example, substituted

Runs = Callable[[str, Path, dict[str, str]], Finished]


def _can_be_run() -> None:
    return None


@dataclass(frozen=True)
class ClientExample:
    """What is expected of a document's example.

    outside: import line, credentials and host: the only things that may differ.
    fields: the fields that the example leaves out.
    refusal: texts that the example prints as it stands, its own words among them.
    refused: the exit code then.
    placeholder: a value that the document leaves open, and what the example prints once it is filled in.
    token: texts that it prints of a token.
    run: runs a program (text, folder, environment).
    not_run: why it cannot be run here, or None.
    """

    file: str
    language: str
    fence: str
    outside: tuple[Substitution, ...]
    fields: tuple[Substitution, ...]
    refusal: tuple[str, ...]
    token: tuple[str, ...]
    run: Runs
    refused: int = 0
    placeholder: tuple[Substitution, tuple[str, ...]] | None = None
    not_run: Callable[[], str | None] = _can_be_run

    def as_printed(self, document: str, emulator: Emulator, folder: Path) -> str:
        """It fails, says which fields are missing, and sends nothing."""
        said = [self._refused(document, emulator, folder, self.refusal)]
        if self.placeholder:
            filled, refusal = self.placeholder
            said.append(f"filled in: {self._refused(document, emulator, folder, refusal, filled)}")
        return f"{'; '.join(said)} ({judge.nothing_sent(emulator)})"

    def with_fields(self, document: str, emulator: Emulator, folder: Path) -> str:
        """It prints a token without its secrets, and the emulator gave one."""
        filled = self.placeholder[:1] if self.placeholder else ()
        program = substituted(example(document, self.fence), (*self.outside, *filled, *self.fields))
        code = emulator.authorize(redirect_uri=judge.REDIRECT_URI, scope=judge.SCOPE)["code"]
        ran = self.run(program, folder, _given(emulator, code))
        judge.no_secret(emulator, ran.output, code)
        said = _line(ran, 0, self.token, folder)
        return f"{said} ({judge.token_obtained(emulator, judge.exchange(code))})"

    def _refused(
        self,
        document: str,
        emulator: Emulator,
        folder: Path,
        refusal: tuple[str, ...],
        *filled: Substitution,
    ) -> str:
        program = substituted(example(document, self.fence), (*self.outside, *filled))
        ran = self.run(program, folder, _given(emulator, "not-needed"))
        judge.no_secret(emulator, ran.output)
        return _line(ran, self.refused, refusal, folder)


def _given(emulator: Emulator, code: str) -> dict[str, str]:
    return surroundings(
        PINTEREST_APP_ID=emulator.app_id,
        PINTEREST_APP_SECRET=emulator.app_secret,
        PINTEREST_API_URI=emulator.base_url,
        PINTEREST_REDIRECT_URI=judge.REDIRECT_URI,
        PINTEREST_CODE=code,
    )


def _line(ran: Finished, code: int, texts: tuple[str, ...], folder: Path) -> str:
    """The line with the last of the texts, all of which must be there; cut where it is long."""
    demand(ran.code == code, f"the program ended with {ran.code}, not {code}; it said:\n{quoted(ran.output)}")
    for text in texts:
        if text not in ran.output:
            raise Wrong(f"the program did not say {text!r}, but:\n{quoted(ran.output)}")
    line = next(line for line in ran.output.splitlines() if texts[-1] in line)
    return shorten(line.replace(f"{folder}/", ""), 150, placeholder=" …")
