"""Pinterest's OAuth server on this machine, for tests and demonstrations.

    from pinterest_oauth import Client
    from pinterest_oauth.emulator import Emulator

    with Emulator() as emulator:
        client = Client(**emulator.settings())
        code = emulator.authorize(scope="pins:read")["code"]
        token = client.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")

It listens on loopback only, and ends with the `with` block or with the process that started it.
How it answers is not decided here: this starts the command and speaks with its control port.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from http.client import HTTPConnection
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

_LIMIT = 30.0


class EmulatorError(Exception):
    """The emulator does not start, or refuses what it is told."""


class Emulator:
    """A running emulator, as a context manager.

    Args:
        tls: whether there are https listeners (the default).
        redirect_uris: redirect addresses to register besides http://localhost:8085/,
            http://127.0.0.1:8085/ and https://example.com/callback.
        switches: behaviour that differs from the default, for example rotation="strict"; the command
            `pinterest-oauth emulator --help` lists all of them.

    Attributes (inside the `with` block):
        base_url: the API over http, for Client(base_url=…).
        https_base_url: the API over https, or None without tls; needs ca_file.
        sandbox_base_url: the sandbox's API over http.
        oauth_url: where the consent page is, for Client(oauth_url=…).
        ca_file: path of the certificate to trust, or None without tls.
        app_id: the app's id.
        app_secret: the app's secret, made up.
        urls: every address by name, those with bad certificates and the proxy among them (dict).

    Raises:
        EmulatorError: on entering the block, when it does not start within 30 seconds.
    """

    base_url: str
    https_base_url: str | None
    sandbox_base_url: str
    oauth_url: str
    ca_file: str | None
    app_id: str
    app_secret: str
    urls: dict[str, str]

    def __init__(self, *, tls: bool = True, redirect_uris: Iterable[str] = (), **switches: object) -> None:
        arguments = [f"--redirect-uri={uri}" for uri in redirect_uris]
        arguments += [f"--switch={name}={json.dumps(value)}" for name, value in switches.items()]
        self._arguments = arguments if tls else [*arguments, "--no-tls"]
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def __enter__(self) -> Emulator:
        command = [sys.executable, "-m", "pinterest_oauth", "emulator"]
        flags = ["--json", "--until-stdin-closes", "--show-secret"]
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(  # noqa: S603
                [*command, *flags, *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
            self._owner = os.getpid()
            line = _first_line(self._process.stdout)
            if line is None:
                self._end()
                errors.seek(0)
                said = errors.read().decode(errors="replace").strip()
                raise EmulatorError(f"the emulator did not start: {said or 'it said nothing'}")
        ready: dict[str, Any] = json.loads(line)
        self.app_id, self.app_secret = ready.pop("app_id"), ready.pop("app_secret")
        self.urls = {name: url for name, url in ready.items() if url is not None}
        self.base_url, self.oauth_url = ready["base_url"], ready["oauth_url"]
        self.sandbox_base_url = ready["sandbox_base_url"]
        self.https_base_url, self.ca_file = ready.get("https_base_url"), ready.get("ca_file")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()

    def settings(self, *, https: bool = False) -> dict[str, Any]:
        """Return the keyword arguments with which a Client reaches this emulator, and nothing else."""
        address = self.https_base_url if https else self.base_url
        settings = {"base_url": address, "oauth_url": self.oauth_url, "trust_env": False}
        trusted = {"ca_file": self.ca_file} if https else {}
        return {"app_id": self.app_id, "app_secret": self.app_secret, **settings, **trusted}

    def authorize(
        self, *, redirect_uri: str | None = None, scope: str | None = None, state: str | None = None
    ) -> dict[str, str]:
        """Let the user give access. The answer holds code, and redirect: where the browser is sent."""
        asked = {"redirect_uri": redirect_uri, "scope": scope, "state": state}
        return self._control("POST", "/authorize", {name: text for name, text in asked.items() if text})

    def script(self, *faults: Mapping[str, Any]) -> None:
        """Replace the answers to come, for example with {"status": 503} or {"action": "reset"}."""
        self._control("POST", "/script", list(faults))

    def requests(self) -> list[dict[str, Any]]:
        """Return every request that arrived since the last clear()."""
        requests: list[dict[str, Any]] = self.record()["requests"]
        return requests

    def record(self) -> dict[str, Any]:
        """Return requests(), and how many connections, partial requests and failed handshakes there were."""
        return self._control("GET", "/requests")

    def clear(self) -> None:
        """Forget the requests and the scripted answers."""
        self._control("DELETE", "/requests")

    def reset(self) -> None:
        """Put everything back as at the start: tokens, switches, clock, requests, script."""
        self._control("POST", "/reset")

    def advance(self, seconds: float) -> int:
        """Move the emulator's clock forward; return its new Unix time."""
        now: int = self._control("POST", "/clock", {"advance": seconds})["now"]
        return now

    def switches(self, **changes: object) -> dict[str, Any]:
        """Change switches, if any are named; return all of them."""
        if changes:
            return self._control("POST", "/switches", changes)
        return self._control("GET", "/switches")

    def _control(self, method: str, path: str, document: object = None) -> dict[str, Any]:
        control = urlsplit(self.urls["control_url"])
        connection = HTTPConnection(control.hostname or "", control.port, timeout=_LIMIT)
        try:
            body = None if document is None else json.dumps(document)
            connection.request(method, path, body, {"content-type": "application/json"})
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        said: dict[str, Any] = json.loads(text)
        if answer.status != 200:
            raise EmulatorError(f"{method} {path}: {said.get('error', answer.status)}")
        return said

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or os.getpid() != self._owner:
            return  # a child that was forked meanwhile leaves the emulator to its parent
        if process.stdin:
            process.stdin.close()
        # A forked child may hold the other end open, so the closed pipe alone is not enough.
        process.terminate()
        try:
            process.wait(timeout=_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _first_line(stream: IO[bytes] | None) -> bytes | None:
    """Return the line with the addresses, or None when it does not come in time."""
    lines: list[bytes] = []
    if stream is not None:
        reader = threading.Thread(target=lambda: lines.append(stream.readline()), daemon=True)
        reader.start()
        reader.join(_LIMIT)
    return lines[0] if lines and lines[0].endswith(b"\n") else None
