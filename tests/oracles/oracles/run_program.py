"""Runs a program to its end or to its time limit, and keeps what it said."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .failure import CheckFailed, indented


@dataclass(frozen=True)
class Finished:
    """A program that ended by itself."""

    status: int
    output: str

    def demand_success(self, what: str) -> None:
        """Fails, with what the program said, unless it ended with 0."""
        if self.status != 0:
            raise CheckFailed(f"{what} ended with {self.status}; it said:\n{indented(self.output)}")


def run_program(
    arguments: list[str],
    *,
    limit: float,
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
    given: str = "",
) -> Finished:
    """Standard output and error together. Whatever it started ends with it when the limit is reached."""
    name = Path(arguments[0]).name
    try:
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=folder,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as problem:
        raise CheckFailed(f"{name} does not start: {problem.strerror}: {arguments[0]}") from None
    try:
        output, _ = process.communicate(given, timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        raise CheckFailed(f"{name} had not ended after {limit:g} s; it said:\n{indented(output)}") from None
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    return Finished(process.returncode, output)
