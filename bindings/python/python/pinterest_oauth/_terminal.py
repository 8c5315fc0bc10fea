"""What a person types or pastes at the terminal, without waiting for it. Windows has none of this kind."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Bytes. The longest address that is read.
_LIMIT = 8192


class Terminal:
    """The controlling terminal, which shows nothing of what is typed until it is closed."""

    @classmethod
    def open(cls) -> Terminal | None:
        """Open it; None where there is none, or where another program has it."""
        try:
            import termios

            descriptor = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
        except (ImportError, OSError):
            return None
        try:
            modes = termios.tcgetattr(descriptor)
            terminal = cls(descriptor, modes)
            if terminal._in_front():
                hushed = [*modes]
                # Not by lines: the system would cut a long one.
                hushed[3] = modes[3] & ~(termios.ECHO | termios.ICANON)
                termios.tcsetattr(descriptor, termios.TCSAFLUSH, hushed)
                return terminal
        except (OSError, termios.error):
            pass
        os.close(descriptor)
        return None

    def __init__(self, descriptor: int, modes: list[Any]) -> None:
        self._descriptor, self._modes = descriptor, modes
        self._typed = b""

    def _in_front(self) -> bool:
        """Whether this program may read: in the background it would be stopped."""
        return os.tcgetpgrp(self._descriptor) == os.getpgrp()

    def text(self) -> str | None:
        """Return what was typed, once a line is complete and nothing more comes; else None."""
        import select

        if not self._in_front():
            return None
        if select.select([self._descriptor], [], [], 0)[0]:
            self._typed = (self._typed + os.read(self._descriptor, _LIMIT))[-_LIMIT:]
            return None
        if b"\n" not in self._typed and b"\r" not in self._typed:
            return None
        typed, self._typed = self._typed, b""
        return typed.decode(errors="replace")

    def close(self) -> None:
        """Put its modes back; what was typed and not read is dropped, so that no shell runs it."""
        import termios

        try:
            if self._in_front():
                termios.tcsetattr(self._descriptor, termios.TCSAFLUSH, self._modes)
        finally:
            os.close(self._descriptor)
