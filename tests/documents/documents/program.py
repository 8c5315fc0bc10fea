"""Runs a program to its end or to its time limit, and keeps what it said."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .failure import Wrong, quoted

LIMIT = 120


@dataclass(frozen=True)
class Finished:
    """A program that ended by itself: its exit code, and what it printed, errors included."""

    code: int
    output: str

    def demand_success(self, what: str) -> None:
        """Fails, with what the program said, unless it ended with 0."""
        if self.code != 0:
            raise Wrong(f"{what} ended with {self.code}; it said:\n{quoted(self.output)}")


def run(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, limit: float = LIMIT
) -> Finished:
    """Whatever it started ends with it when the limit is reached."""
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as problem:
        raise Wrong(f"{command[0]} does not start: {problem.strerror}") from None
    try:
        output, _ = process.communicate(timeout=limit)
    except BaseException as problem:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        if isinstance(problem, subprocess.TimeoutExpired):
            raise Wrong(f"{command[0]} had not ended after {limit:g} s; it said:\n{quoted(output)}") from None
        raise
    return Finished(process.returncode, output)


def surroundings(**more: str) -> dict[str, str]:
    """An environment in which nothing steers a client, with `more`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, **more}
