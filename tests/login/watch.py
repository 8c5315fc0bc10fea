"""What every user of this machine can see: the arguments of every program, looked at all the while."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import Self


class ProcessList:
    """Keeps each list of arguments that it ever saw, for `with`."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.05):
            for process in Path("/proc").iterdir():
                if process.name.isdigit():
                    # A program may have ended since.
                    with contextlib.suppress(OSError):
                        self._seen.add((process / "cmdline").read_bytes())

    @property
    def text(self) -> str:
        """All of it."""
        seen = sorted(set(self._seen))
        return b"\n".join(seen).replace(b"\0", b" ").decode("utf-8", "replace")
