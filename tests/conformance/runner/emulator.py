"""Starts the emulator and speaks with its control port."""

from __future__ import annotations

import http.client
import json
import os
import select
import subprocess
import tempfile
from typing import Any
from urllib.parse import urlsplit

START_LIMIT = 30.0
CONTROL_LIMIT = 30.0


class EmulatorFailed(Exception):
    """It does not start, or does not do what it is told."""


class Emulator:
    """One running emulator. It ends when its standard input does, so it never outlives the run."""

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
        self.urls: dict[str, Any] = self._first_line()
        self._control = urlsplit(self.urls["control_url"])

    def _first_line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], START_LIMIT)
        line = self._process.stdout.readline() if ready else b""
        try:
            urls = json.loads(line)
        except ValueError:
            self._end()
            self._errors.seek(0)
            said = self._errors.read().decode(errors="replace").strip()
            self._errors.close()
            raise EmulatorFailed(f"it printed no addresses; it said: {said or 'nothing'}") from None
        assert isinstance(urls, dict)
        return urls

    def control(self, method: str, path: str, document: Any = None) -> Any:
        """One call of the control port."""
        connection = http.client.HTTPConnection(
            self._control.hostname or "", self._control.port, timeout=CONTROL_LIMIT
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

    def arrange(self, server: Any) -> None:
        """Sets up what a case writes under `server`: a list of faults, or switches, clock and script."""
        if isinstance(server, list):
            server = {"script": server}
        if server.get("switches"):
            self.control("POST", "/switches", server["switches"])
        if server.get("advance"):
            self.control("POST", "/clock", {"advance": server["advance"]})
        if "script" in server:
            self.control("POST", "/script", server["script"])

    def close(self) -> None:
        """Ends it; a stubborn one is killed."""
        self._end()
        self._errors.close()

    def _end(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def visit(url: str) -> str:
    """Opens an address as a browser would and returns where it leads; follows nothing."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=CONTROL_LIMIT)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    location = answer.getheader("location")
    if answer.status != 302 or location is None:
        raise EmulatorFailed(f"the consent page answered {answer.status} and no redirect")
    return location


def clean_environment() -> dict[str, str]:
    """This environment without what a client would read from it."""
    dropped = {"SSL_CERT_FILE", "SSL_CERT_DIR", "REQUEST_METHOD", "RUST_BACKTRACE"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in dropped and not name.upper().endswith("_PROXY") and not name.startswith("PINTEREST_")
    }
