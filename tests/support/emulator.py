"""Starts the emulator, and speaks with its control port."""

from __future__ import annotations

import http.client
import json
import select
import subprocess
import tempfile
from typing import Any
from urllib.parse import urlsplit

LIMIT = 60.0


class EmulatorFailed(Exception):
    """It does not start, or does not do what it is told."""


class Emulator:
    """One running emulator. It ends when its standard input does, so it never outlives the run.

    `facts` holds its addresses, the app id and the app secret.
    """

    def __init__(self, command: list[str]) -> None:
        arguments = [*command, "--json", "--until-stdin-closes", "--show-secret"]
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        try:
            self._process = subprocess.Popen(
                arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
            )
        except OSError as problem:
            self._errors.close()
            raise EmulatorFailed(f"{command[0]} does not start: {problem.strerror}") from None
        self.facts: dict[str, Any] = self._first_line()
        self._control = urlsplit(self.facts["control_url"])

    def _first_line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], LIMIT)
        line = self._process.stdout.readline() if ready else b""
        try:
            facts = json.loads(line)
        except ValueError:
            said = self.close().strip()
            raise EmulatorFailed(f"the emulator printed no addresses; it said: {said or 'nothing'}") from None
        assert isinstance(facts, dict)
        return facts

    def control(self, method: str, path: str, document: Any = None) -> Any:
        """One call of the control port."""
        connection = http.client.HTTPConnection(
            self._control.hostname or "", self._control.port, timeout=LIMIT
        )
        try:
            body = None if document is None else json.dumps(document)
            connection.request(method, path, body, {"content-type": "application/json"})
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status != 200:
            raise EmulatorFailed(f"{method} {path}: {answer.status} {text}")
        return json.loads(text)

    def close(self) -> str:
        """Ends it; a stubborn one is killed. What it said on standard error."""
        if self._errors.closed:
            return ""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace")
        self._errors.close()
        return said
