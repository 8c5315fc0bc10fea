"""One driver process: starts it, hands it calls, takes its answers, keeps what it prints."""

from __future__ import annotations

import json
import os
import select
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from harness.beside import END_LIMIT, Beside
from harness.environment import clean
from harness.failure import Failed
from harness.program import Late

CALL_LIMIT = 40.0


class DriverFailed(Failed):
    """It did not answer as the protocol wants."""


class Driver:
    """A running driver. Its standard output and error go to files, so that both can be searched at any time."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        home = Path(tempfile.mkdtemp(dir=folder))
        self._printed = (home / "stdout", home / "stderr")
        self._results, writing = os.pipe()
        env = {**clean(RUST_LOG="trace"), **environment, "CONFORMANCE_FD": str(writing)}
        try:
            self._beside = Beside(command, env=env, files=self._printed, pass_fds=[writing])
        except Failed as problem:
            os.close(self._results)
            raise DriverFailed(str(problem)) from None
        finally:
            os.close(writing)
        self._unread = b""

    def call(self, operation: str, config: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        """Three lines to the driver, one line back."""
        self._beside.tell("\n".join([operation, _line(config), _line(request)]))
        answer = self._read_line()
        try:
            result = json.loads(answer)
        except ValueError:
            raise DriverFailed("its line is not JSON") from None
        if not isinstance(result, dict) or len(result) != 1 or not set(result) <= {"ok", "error"}:
            raise DriverFailed("its line is neither an ok nor an error document")
        return result

    def _read_line(self) -> bytes:
        end = time.monotonic() + CALL_LIMIT
        while b"\n" not in self._unread:
            ready, _, _ = select.select([self._results], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise DriverFailed(f"no answer within {CALL_LIMIT:.0f} s")
            part = os.read(self._results, 65536)
            if not part:
                raise DriverFailed(self._ending())
            self._unread += part
        line, _, self._unread = self._unread.partition(b"\n")
        return line

    def _ending(self) -> str:
        try:
            ended = self._beside.finish()
        except Late:
            return "it closed its channel"
        code, said = ended.code, ended.errors.strip().splitlines()
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return f"it ended with {how}; last words: {said[-1][:300] if said else 'none'}"

    def said(self) -> list[bytes]:
        """All it has printed so far: standard output, standard error."""
        return [path.read_bytes() for path in self._printed]

    def command_line(self) -> bytes:
        """Its argument list as everybody on the machine can see it; empty where there is no /proc."""
        try:
            return Path(f"/proc/{self._beside.pid}/cmdline").read_bytes()
        except OSError:
            return b""

    def close(self) -> str | None:
        """Ends it by closing its input. Returns what was wrong with its ending."""
        try:
            ended = self._beside.finish()
        except Late:
            return f"it did not end within {END_LIMIT:.0f} s of its input closing"
        finally:
            os.close(self._results)
        return None if ended.code == 0 else f"it ended with code {ended.code}"


def _line(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
