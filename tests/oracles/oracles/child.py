"""A program that runs beside the runner until its standard input is closed, so that it never outlives it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from .failure import CheckFailed, indented
from .surroundings import clean_environment

END_LIMIT = 5.0


class Child:
    """Starts it, talks to it, keeps all that it says. No method waits past its limit."""

    def __init__(self, arguments: list[str], folder: Path | None = None) -> None:
        self._name = Path(arguments[0]).name
        try:
            self._process = subprocess.Popen(
                arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=clean_environment(),
                cwd=folder,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as problem:
            raise CheckFailed(f"{arguments[0]} does not start: {problem.strerror}") from None
        self._changed = threading.Condition()
        self._lines: list[str] = []
        self._errors: list[str] = []
        self._taken = 0
        self._open = 2
        for stream, lines in ((self._process.stdout, self._lines), (self._process.stderr, self._errors)):
            assert stream is not None
            threading.Thread(target=self._read, args=(stream, lines), daemon=True).start()

    def _read(self, stream: IO[str], lines: list[str]) -> None:
        for line in stream:
            with self._changed:
                lines.append(line)
                self._changed.notify_all()
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def close(self) -> None:
        """Ends it, gently first."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
            self._process.wait(END_LIMIT)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()

    def tell(self, line: str) -> None:
        """Writes one line to it. If it is gone, its answer will be missing."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except OSError:
            pass

    def line(self, limit: float) -> str:
        """The next line of its standard output, or nothing if it ends or says none in time."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._lines) > self._taken or not self._open, limit)
            line = "".join(self._lines[self._taken : self._taken + 1])
            self._taken += 1
        return line

    def output(self, ready: Callable[[str], bool], limit: float) -> str:
        """Its whole standard output as soon as that is `ready`, or as it is at its end or at the limit."""
        with self._changed:
            self._changed.wait_for(lambda: ready("".join(self._lines)) or not self._open, limit)
            return "".join(self._lines)

    def failed(self, what: str) -> CheckFailed:
        """Ends it; an exception that tells `what` it did not do, and all that it said."""
        self.close()
        with self._changed:
            self._changed.wait_for(lambda: not self._open, END_LIMIT)
            said = "".join([*self._lines[self._taken :], *self._errors])
        return CheckFailed(f"{self._name} {what}; it said:\n{indented(said)}")
