"""A program at a pseudo-terminal with job control, as a person has it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from harness.failure import Failed, demand, quoted

LIMIT = 30.0
JOB = Path(__file__).resolve().parent / "job.py"
COLUMNS = 120


class Terminal:
    """Starts the command in the foreground of a terminal of its own, for `with`."""

    def __init__(self, command: list[str | Path], environment: Mapping[str, str]) -> None:
        self._bytes = bytearray()
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
        self.before = termios.tcgetattr(self._slave)
        states, tell = os.pipe()
        orders, self._orders = os.pipe()
        words = [sys.executable, str(JOB), str(tell), str(orders), *map(str, command)]
        self._process = subprocess.Popen(
            words,
            env={**environment, "TERM": "xterm"},
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            pass_fds=(tell, orders),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - one call of the system
        )
        os.close(tell)
        os.close(orders)
        self._states = os.fdopen(states)
        self.pid = int(self._state().removeprefix("started "))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            os.kill(self.pid, 9)
        os.close(self._orders)
        self._process.kill()
        self._process.wait()
        self._states.close()
        os.close(self._slave)
        os.close(self._master)

    def _state(self) -> str:
        end = time.monotonic() + LIMIT
        while not select.select([self._states], [], [], 0.02)[0]:
            self._read()
            demand(time.monotonic() < end, f"it neither stops nor ends; it said:\n{quoted(self.said)}")
        line = self._states.readline().strip()
        self._read()
        return line

    def _read(self) -> None:
        while select.select([self._master], [], [], 0)[0]:
            try:
                self._bytes += os.read(self._master, 65_536)
            except OSError:  # nobody is at the other end
                return

    @property
    def said(self) -> str:
        """All that it wrote to the terminal so far."""
        self._read()
        return self._bytes.decode("utf-8", "replace").replace("\r\n", "\n")

    def until(self, pattern: str, after: int = 0) -> re.Match[str]:
        """Reads until this is there, `after` so many characters."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if found := re.search(pattern, self.said[after:]):
                return found
            time.sleep(0.02)
        raise Failed(f"{pattern!r} did not come; it said:\n{quoted(self.said)}")

    def type(self, text: str) -> None:
        """As a person types or pastes: all at once, by a thread, as a full terminal takes no more."""
        threading.Thread(target=self._write, args=(text.encode(),), daemon=True).start()

    def _write(self, data: bytes) -> None:
        # A paste is there at once. Where the machine is busy with other work, this thread goes first, if it may.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), -20)
        while data:
            try:
                data = data[os.write(self._master, data) :]
            except OSError:
                return

    def signal(self, number: int) -> None:
        """Sends it this signal."""
        os.kill(self.pid, number)

    def modes(self) -> list[Any]:
        """The terminal's modes at the moment."""
        return termios.tcgetattr(self._slave)

    def demand_restored(self, what: str) -> None:
        """Fails where the terminal is not as it was at the start."""
        demand(self.modes() == self.before, f"{what}: the terminal's modes are not as before")
        marks = re.findall(r"\x1b\[\?2004([hl])", self.said)
        demand(not marks or marks[-1] == "l", f"{what}: pastes are still marked")

    def hidden(self) -> None:
        """Waits until keys are read unseen."""
        end = time.monotonic() + LIMIT
        while self.modes()[3] & termios.ECHO:
            demand(time.monotonic() < end, f"keys are still shown; it said:\n{quoted(self.said)}")
            time.sleep(0.02)

    def stopped(self) -> int:
        """Waits until it is stopped; by which signal."""
        return int(self._expected("stopped"))

    def ends(self, code: int, beside: Path | None = None) -> str:
        """Waits for its end with this exit code; all that it said, where a failure shows the file `beside`, too.

        The terminal is as before, and nothing is left in it.
        """
        ended = self._state()
        said = self.said + (beside.read_text(encoding="utf-8") if beside else "")
        demand(ended == f"exited {code}", f"it {ended} instead of {code}; it said:\n{quoted(said)}")
        self.demand_restored("at the end")
        demand(self.left() == "", "something is left for the shell")
        return self.said

    def killed(self) -> int:
        """Waits for its end by a signal; which."""
        return int(self._expected("killed"))

    def _expected(self, what: str) -> str:
        state = self._state()
        demand(state.startswith(what), f"it {state} instead of being {what}; it said:\n{quoted(self.said)}")
        return state.split()[1]

    def wake(self) -> None:
        """As `fg` does."""
        os.write(self._orders, b"\n")

    def left(self) -> str:
        """What the shell would read now."""
        raw = termios.tcgetattr(self._slave)
        raw[3] &= ~(termios.ICANON | termios.ECHO)
        raw[6][termios.VMIN] = 0
        raw[6][termios.VTIME] = 0
        now = termios.tcgetattr(self._slave)
        termios.tcsetattr(self._slave, termios.TCSANOW, raw)
        left = os.read(self._slave, 65_536)
        termios.tcsetattr(self._slave, termios.TCSANOW, now)
        return left.decode("utf-8", "replace")
