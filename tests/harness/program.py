"""Runs a program to its end, or to its limit."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .environment import clean
from .failure import Failed, quoted

LIMIT = 120.0
Command = Sequence[str | Path]


@dataclass(frozen=True)
class Ended:
    """How a program ended, and what it printed."""

    name: str
    code: int
    output: str
    errors: str

    @property
    def said(self) -> str:
        """All of it: standard output, then standard error."""
        return self.output + self.errors

    def demand_success(self) -> str:
        """Fails, with what the program said, unless it ended with 0; its standard output."""
        if self.code != 0:
            raise Failed(f"{self.name} ended with {self.code}; it said:\n{quoted(self.said)}")
        return self.output


class Late(Failed):
    """A program had not ended at its limit, and was killed; `ended` has what it said until then."""

    def __init__(self, ended: Ended, limit: float) -> None:
        super().__init__(f"{ended.name} had not ended after {limit:g} s; it said:\n{quoted(ended.said)}")
        self.ended = ended


def named(command: Command) -> str:
    """A program's name in a message; never its arguments."""
    return Path(command[0]).name


def run(
    command: Command,
    *,
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    given: str = "",
    limit: float = LIMIT,
) -> Ended:
    """Runs it in `env` (the cleaned environment) and `folder` (the current one), with `given` as its input.

    Whatever it started ends with it at the limit, in seconds. Raises `Failed` when it does not start, `Late` when
    it does not end.
    """
    words = [str(word) for word in command]
    try:
        process = subprocess.Popen(
            words,
            env=clean() if env is None else env,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as problem:
        raise Failed(f"{words[0]} does not start: {problem.strerror}") from None
    try:
        output, errors = process.communicate(given, timeout=limit)
    except BaseException as problem:
        os.killpg(process.pid, signal.SIGKILL)
        output, errors = process.communicate()
        if isinstance(problem, subprocess.TimeoutExpired):
            raise Late(Ended(named(command), process.returncode, output, errors), limit) from None
        raise
    return Ended(named(command), process.returncode, output, errors)


def succeed(
    command: Command,
    *,
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    limit: float = LIMIT,
) -> str:
    """As `run`, of a program that has to end with 0; its standard output."""
    return run(command, env=env, folder=folder, limit=limit).demand_success()
