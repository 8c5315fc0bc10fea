"""One driver process: starts it, hands it calls, takes its answers, keeps what it prints."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from support.environment import clean_environment

CALL_LIMIT = 40.0
EXIT_LIMIT = 15.0


class DriverFailed(Exception):
    """It did not answer as the protocol wants."""


class Driver:
    """A running driver. Its standard output and error go to files, so that both can be searched."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        home = Path(tempfile.mkdtemp(dir=folder))
        self._printed = [home / "stdout", home / "stderr"]
        self._results, writing = os.pipe()
        os.set_inheritable(writing, True)
        variables = {
            **clean_environment(),
            "RUST_LOG": "trace",
            **environment,
            "CONFORMANCE_FD": str(writing),
        }
        try:
            with self._printed[0].open("wb") as output, self._printed[1].open("wb") as errors:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=output,
                    stderr=errors,
                    env=variables,
                    pass_fds=(writing,),
                )
        except OSError as problem:
            os.close(self._results)
            raise DriverFailed(f"{command[0]} does not start: {problem.strerror}") from None
        finally:
            os.close(writing)
        self._unread = b""

    def call(self, operation: str, config: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        """Three lines to the driver, one line back."""
        lines = [operation, _line(config), _line(request)]
        assert self._process.stdin is not None
        try:
            self._process.stdin.write("".join(f"{line}\n" for line in lines).encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            raise DriverFailed(self._ending()) from None
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
            code = self._process.wait(timeout=EXIT_LIMIT)
        except subprocess.TimeoutExpired:
            return "it closed its channel"
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        said = self.said()[1].decode(errors="replace").strip().splitlines()
        return f"it ended with {how}; last words: {said[-1][:300] if said else 'none'}"

    def said(self) -> list[bytes]:
        """All it has printed so far: standard output, standard error."""
        return [path.read_bytes() for path in self._printed]

    def command_line(self) -> bytes:
        """Its argument list as everybody on the machine can see it; empty where there is no /proc."""
        try:
            return Path(f"/proc/{self._process.pid}/cmdline").read_bytes()
        except OSError:
            return b""

    def close(self) -> str | None:
        """Ends it by closing its input. Returns what was wrong with its ending."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            code = self._process.wait(timeout=EXIT_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return f"it did not end within {EXIT_LIMIT:.0f} s of its input closing"
        finally:
            os.close(self._results)
        return None if code == 0 else f"it ended with code {code}"


def _line(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
