"""Starts the emulator, and speaks with its control port."""

from __future__ import annotations

import base64
import http.client
import json
import select
import subprocess
from typing import Any
from urllib.parse import urlsplit

LIMIT = 60.0


class EmulatorFailed(Exception):
    """It does not start, or does not do what it is told."""


class Emulator:
    """One running emulator. It ends when its standard input does, so it never outlives the run."""

    def __init__(self, command: list[str]) -> None:
        arguments = [*command, "--json", "--until-stdin-closes", "--show-secret"]
        try:
            self._process = subprocess.Popen(
                arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except OSError as problem:
            raise EmulatorFailed(f"{command[0]} does not start: {problem.strerror}") from None
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], LIMIT)
        line = self._process.stdout.readline() if ready else b""
        try:
            self.facts: dict[str, Any] = json.loads(line)
        except ValueError:
            said = self.close().strip() or "nothing"
            raise EmulatorFailed(f"{command[0]} printed no addresses; it said: {said}") from None
        self._control = urlsplit(self.facts["control_url"])

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
            raise EmulatorFailed(f"{method} {path}: {answer.status}")
        return json.loads(text)

    def settings(self) -> dict[str, str]:
        """What the C programs are told about it."""
        facts = self.facts
        basic = base64.b64encode(f"{facts['app_id']}:{facts['app_secret']}".encode()).decode()
        return {
            "BASE_URL": facts["base_url"],
            "OAUTH_URL": facts["oauth_url"],
            "CONTROL_URL": facts["control_url"],
            "HTTPS_URL": facts["https_base_url"],
            "UNTRUSTED_URL": facts["untrusted_base_url"],
            "CA_FILE": facts["ca_file"],
            "APP_ID": facts["app_id"],
            "APP_SECRET": facts["app_secret"],
            "BASIC": basic,
            "PINTEREST_API_URI": facts["base_url"],
        }

    def close(self) -> str:
        """Ends it, by closing its standard input; a stubborn one is killed. What it said on standard error."""
        try:
            _, errors = self._process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            _, errors = self._process.communicate()
        return errors.decode(errors="replace")
