"""A program that runs beside a check. It has a standard input that is closed at its end, so it never outlives us."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Self

from .environment import clean
from .failure import Failed, quoted
from .program import Command, Ended, Late, named

LIMIT = 60.0
END_LIMIT = 15.0


class Beside:
    """Starts it, talks to it line by line, keeps all that it says. Nothing waits past its limit, in seconds.

    With `files` its standard output and error go there (both may be one file) instead of into memory.
    """

    def __init__(
        self,
        command: Command,
        *,
        env: Mapping[str, str] | None = None,
        folder: Path | None = None,
        files: tuple[Path, Path] | None = None,
        pass_fds: Iterable[int] = (),
    ) -> None:
        self.name = named(command)
        self._files = files
        with contextlib.ExitStack() as opened:
            streams: list[int | IO[bytes]] = [subprocess.PIPE, subprocess.PIPE]
            if files:
                streams = [opened.enter_context(file.open("ab")) for file in files]
            try:
                self._process = subprocess.Popen(
                    [str(word) for word in command],
                    env=clean() if env is None else env,
                    cwd=folder,
                    stdin=subprocess.PIPE,
                    stdout=streams[0],
                    stderr=streams[1],
                    pass_fds=tuple(pass_fds),
                    start_new_session=True,
                )
            except OSError as problem:
                raise Failed(f"{command[0]} does not start: {problem.strerror}") from None
        self._changed = threading.Condition()
        self._lines: list[str] = []
        self._errors: list[str] = []
        self._taken = 0
        self._readers = []
        for stream, lines in ((self._process.stdout, self._lines), (self._process.stderr, self._errors)):
            if stream is not None:
                self._readers.append(threading.Thread(target=self._read, args=(stream, lines), daemon=True))
        self._open = len(self._readers)
        for reader in self._readers:
            reader.start()

    def _read(self, stream: IO[bytes], lines: list[str]) -> None:
        with stream:
            for line in stream:
                with self._changed:
                    lines.append(line.decode("utf-8", "replace"))
                    self._changed.notify_all()
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Its process id, which is its group's too."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def output(self) -> str:
        """Its standard output so far."""
        return self._text(0)

    @property
    def errors(self) -> str:
        """Its standard error so far."""
        return self._text(1)

    def _text(self, which: int) -> str:
        if self._files:
            return self._files[which].read_text(encoding="utf-8", errors="replace")
        with self._changed:
            return "".join((self._lines, self._errors)[which])

    def tell(self, line: str) -> None:
        """Writes one line to it. If it is gone, its answer will be missing."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()

    def line(self, limit: float = LIMIT) -> str:
        """The next line of its standard output, without its end. Fails if none comes."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._lines) > self._taken or not self._open, limit)
            found = self._lines[self._taken : self._taken + 1]
            self._taken += len(found)
        if not found:
            raise self.failed("printed no further line")
        return found[0].rstrip("\n")

    def ask(self, question: str, limit: float = LIMIT) -> str:
        """One line to it, and the one that it answers."""
        self.tell(question)
        return self.line(limit)

    def output_when(self, ready: Callable[[str], bool], limit: float = LIMIT) -> str:
        """Its whole standard output as soon as that is `ready`, or as it is at its end or at the limit."""
        with self._changed:
            self._changed.wait_for(lambda: ready("".join(self._lines)) or not self._open, limit)
            return "".join(self._lines)

    def until(self, ready: Callable[[], bool], what: str, limit: float = LIMIT) -> None:
        """Waits until `ready` is true, which may raise OSError until then. Fails if it `what`, such as `listens`, never.

        `ready` is asked once more after the program's end: its last act may come just before that.
        """
        end = time.monotonic() + limit
        while True:
            over = time.monotonic() >= end or not self.running
            with contextlib.suppress(OSError):
                if ready():
                    return
            if over:
                raise self.failed(f"never {what}")
            time.sleep(0.02)

    def finish(self, limit: float = END_LIMIT) -> Ended:
        """Closes its input and waits for its end. Raises `Late` where it had to be killed."""
        self._close_input()
        return self._wait(limit)

    def stop(self, limit: float = END_LIMIT) -> Ended:
        """Tells it to end as an administrator does (SIGTERM). Raises `Late` where it had to be killed."""
        self._process.terminate()
        return self._wait(limit)

    def close(self) -> None:
        """Ends it and all that it started: gently first, by force where it does not obey. Fails never."""
        self._close_input()
        with contextlib.suppress(Late):
            self._wait(END_LIMIT)

    def kill(self) -> None:
        """Ends it and all that it started at once."""
        with contextlib.suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def failed(self, what: str) -> Failed:
        """Ends it; an exception that tells `what` it did not do, and all that it said."""
        self.close()
        said = self.output + ("" if self._files and self._files[0] == self._files[1] else self.errors)
        return Failed(f"{self.name} {what}; it said:\n{quoted(said)}")

    def _close_input(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def _wait(self, limit: float) -> Ended:
        late = False
        try:
            self._process.wait(limit)
        except subprocess.TimeoutExpired:
            late = True
            self.kill()
        for reader in self._readers:
            reader.join(END_LIMIT)
        ended = Ended(self.name, self._process.returncode, self.output, self.errors)
        if late:
            raise Late(ended, limit)
        return ended
