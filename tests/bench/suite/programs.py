"""Runs programs: to their end, or beside this one. Each has a limit."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

LIMIT = 120.0
END_LIMIT = 10.0
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "USER")


class CannotRunError(Exception):
    """Something that the benchmarks need is missing or fails. The message says what to do."""


def environment(**more: str) -> dict[str, str]:
    """No proxies, certificates or settings of the user's."""
    return {**{name: os.environ[name] for name in KEPT if name in os.environ}, **more}


def run(
    command: Sequence[str | Path],
    *,
    limit: float = LIMIT,
    env: Mapping[str, str] | None = None,
    errors_too: bool = False,
) -> str:
    """Standard output, or standard error with `errors_too`."""
    words = [str(word) for word in command]
    name = " ".join(Path(words[0]).name if index == 0 else word for index, word in enumerate(words[:4]))
    try:
        done = subprocess.run(
            words,
            env=environment() if env is None else env,
            capture_output=True,
            text=True,
            timeout=limit,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except FileNotFoundError:
        raise CannotRunError(f"{words[0]} is not installed") from None
    except subprocess.TimeoutExpired:
        raise CannotRunError(f"`{name}` had not ended after {limit:g} s") from None
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()
        raise CannotRunError(f"`{name}` ended with {done.returncode}:\n{said}")
    return done.stderr if errors_too else done.stdout


class Beside:
    """A program that runs beside this one and ends with its standard input. It answers line by line."""

    def __init__(self, command: Sequence[str | Path], env: Mapping[str, str]) -> None:
        self._name = Path(command[0]).name
        try:
            self._process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=env,
                text=True,
            )
        except OSError as problem:
            raise CannotRunError(f"{command[0]} does not start: {problem.strerror}") from None

    def line(self) -> str:
        """The next line that it prints."""
        assert self._process.stdout is not None
        watch = threading.Timer(LIMIT, self._process.kill)
        watch.start()
        line = self._process.stdout.readline()
        watch.cancel()
        if not line.endswith("\n"):
            raise CannotRunError(f"{self._name} ended, or said nothing for {LIMIT:g} s")
        return line.strip()

    def ask(self, question: str) -> str:
        """What it answers."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(question + "\n")
            self._process.stdin.flush()
        except OSError:
            raise CannotRunError(f"{self._name} ended") from None
        return self.line()

    def close(self) -> None:
        """Ends it, gently first."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(END_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
