"""A program at a pseudo-terminal, as a person has it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

from harness.failure import Failed, quoted

LIMIT = 60.0
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]")


class Terminal:
    """Starts a program whose input and output are a terminal."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._said = ""
        self._master, theirs = pty.openpty()
        # Without a size PowerShell's Read-Host never ends at a long line.
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 1000, 0, 0))
        try:
            self._process = subprocess.Popen(
                command, env={**environment, "TERM": "xterm"}, stdin=theirs, stdout=theirs, stderr=theirs
            )
        except OSError as problem:
            os.close(self._master)
            raise Failed(f"{command[0]} does not start: {problem.strerror}") from None
        finally:
            os.close(theirs)

    def read_until(self, pattern: str) -> str:
        """Reads until the pattern is there; its group."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if found := re.search(pattern, ESCAPES.sub("", self._said)):
                return found[1]
            if not self._read(end - time.monotonic()):
                break
        raise Failed(f"{pattern} did not come; it said:\n{quoted(self._said)}")

    def type(self, text: str) -> None:
        """As a person pastes."""
        os.write(self._master, text.encode())

    def close(self) -> str:
        """Waits for the end of the program; all that it said."""
        end = time.monotonic() + LIMIT
        while self._read(max(0.0, end - time.monotonic())):
            pass
        os.close(self._master)
        try:
            code = self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        said = ESCAPES.sub("", self._said)
        if code != 0:
            raise Failed(f"it ended with {code}; it said:\n{quoted(said)}")
        return said

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        try:
            part = os.read(self._master, 4096) if ready else b""
        except OSError:  # the program has ended
            part = b""
        self._said += part.decode(errors="replace")
        return bool(part)
