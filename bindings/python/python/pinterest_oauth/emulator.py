"""Pinterest's OAuth server on this machine, for tests and demonstrations.

    from pinterest_oauth import Client
    from pinterest_oauth.emulator import Emulator

    with Emulator() as emulator:
        client = Client(**emulator.settings())
        code = emulator.authorize(scope="pins:read")["code"]
        token = client.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")

It listens on loopback only, and ends with the `with` block or with the process that started it. For pytest
there is the fixture `pinterest_emulator`, which needs no import.

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
    from collections.abc import Iterable
    from types import TracebackType

    from typing_extensions import Unpack

    from .types import Authorized, Fault, FaultName, Switches

_LIMIT = 30.0


class EmulatorError(Exception):
    """The emulator does not start, or refuses what it is told."""


class Emulator:
    """A running emulator, as a context manager.

    Args:
        tls: whether there are https listeners (the default).
        redirect_uris: redirect addresses to register besides http://localhost:8085/,
            http://127.0.0.1:8085/ and https://example.com/callback.
        switches: behaviour that differs from the default, for example rotation="strict": the keys of
            pinterest_oauth.types.Switches; `pinterest-oauth emulator --help` explains them.

    Attributes:
        urls: every address by name, those with bad certificates and the proxy among them (dict).

    Raises:
        EmulatorError: on entering the block, when it does not start within 30 seconds; wherever an address is
            asked for that it does not have, so that no client takes its absence for Pinterest's own.
    """

    def __init__(
        self, *, tls: bool = True, redirect_uris: Iterable[str] = (), **switches: Unpack[Switches]
    ) -> None:
        arguments = [f"--redirect-uri={uri}" for uri in redirect_uris]
        arguments += [f"--switch={name}={json.dumps(value)}" for name, value in switches.items()]
        self._arguments = arguments if tls else [*arguments, "--no-tls"]
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._facts: dict[str, str] = {}
        self.urls: dict[str, str] = {}

    @property
    def base_url(self) -> str:
        """The API over http, for Client(base_url=…)."""
        return self._fact("base_url")

    @property
    def https_base_url(self) -> str:
        """The API over https, which needs ca_file; not there with tls=False."""
        return self._fact("https_base_url")

    @property
    def sandbox_base_url(self) -> str:
        """The sandbox's API over http."""
        return self._fact("sandbox_base_url")

    @property
    def oauth_url(self) -> str:
        """The server of the consent page, for Client(oauth_url=…)."""
        return self._fact("oauth_url")

    @property
    def control_url(self) -> str:
        """The control port: a page for browsers, and what this class speaks with."""
        return self._fact("control_url")

    @property
    def ca_file(self) -> str:
        """Path of the certificate to trust for https; not there with tls=False."""
        return self._fact("ca_file")

    @property
    def clock_file(self) -> str:
        """Path of the file for TokenManager(clock_offset_file=…): advance() moves its clock as well."""
        return self._fact("clock_file")

    @property
    def app_id(self) -> str:
        """The app's id."""
        return self._fact("app_id")

    @property
    def app_secret(self) -> str:
        """The app's secret, made up."""
        return self._fact("app_secret")

    def __enter__(self) -> Emulator:
        command = [sys.executable, "-m", "pinterest_oauth", "emulator"]
        flags = ["--json", "--until-stdin-closes", "--show-secret"]
        try:
            line, said = self._start([*command, *flags, *self._arguments])
        except (OSError, RuntimeError) as problem:  # no free descriptor, process or thread
            self._end()
            raise EmulatorError(f"the emulator did not start: {problem}") from problem
        if line is None:
            self._end()
            raise EmulatorError(f"the emulator did not start: {said or 'it said nothing'}")
        told: dict[str, str | None] = json.loads(line)
        self._facts = {name: fact for name, fact in told.items() if fact is not None}
        self.urls = {name: url for name, url in self._facts.items() if not name.startswith("app_")}
        return self

    def _start(self, command: list[str]) -> tuple[bytes | None, str]:
        """Start the command; return its first line, and what it said on standard error."""
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )
            self._owner = os.getpid()
            line = _first_line(self._process.stdout)
            errors.seek(0)
            return line, errors.read().decode(errors="replace").strip()

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

    def environment(self, *, https: bool = False) -> dict[str, str]:
        """Return the variables with which a Client() of this or another process reaches this emulator.

        With https, SSL_CERT_FILE is among them: whatever reads it then trusts this emulator alone.
        """
        variables = {
            "PINTEREST_APP_ID": self.app_id,
            "PINTEREST_APP_SECRET": self.app_secret,
            "PINTEREST_API_URI": self.https_base_url if https else self.base_url,
            "PINTEREST_OAUTH_URI": self.oauth_url,
        }
        return {**variables, "SSL_CERT_FILE": self.ca_file} if https else variables

    def authorize(
        self,
        *,
        redirect_uri: str | None = None,
        scope: str | None = None,
        state: str | None = None,
        user: str | None = None,
        deny: bool = False,
    ) -> Authorized:
        """Let the user give access, or refuse.

        Args:
            redirect_uri: where the user comes back to; http://localhost:8085/ by default.
            scope: the scopes to give, as text with commas or spaces; all by default.
            state: the state of the login.
            user: the account of the user, by name.
            deny: whether the user refuses.

        Returns:
            A dict with the code, absent where the user refused, and redirect: where the browser is sent.
        """
        asked = {"redirect_uri": redirect_uri, "scope": scope, "state": state, "user": user}
        given: dict[str, Any] = {name: text for name, text in asked.items() if text is not None}
        answer: Authorized = self._control("POST", "/authorize", {**given, "deny": True} if deny else given)
        return answer

    def script(self, *faults: Fault | FaultName) -> None:
        """Replace the answers to come, for example by "slow", {"status": 503} or {"action": "reset"}."""
        self._control("POST", "/script", list(faults))

    def requests(self) -> list[dict[str, Any]]:
        """Return the requests that arrived since the last clear(), as dicts: the newest 10,000."""
        requests: list[dict[str, Any]] = self.record()["requests"]
        return requests

    def record(self) -> dict[str, Any]:
        """Return requests(), and how many connections, partial requests and failed handshakes there were."""
        record: dict[str, Any] = self._control("GET", "/requests")
        return record

    def counts(self) -> dict[str, Any]:
        """Return how many token requests came, by account and by the fingerprint of the refresh token."""
        counts: dict[str, Any] = self._control("GET", "/counts")
        return counts

    def clear(self) -> None:
        """Forget the requests and the scripted answers."""
        self._control("DELETE", "/requests")

    def reset(self) -> None:
        """Put everything back as at the start: tokens, switches, clock, requests, script."""
        self._control("POST", "/reset")

    def advance(self, seconds: float) -> int:
        """Move the emulator's clock forward, and those that read clock_file; return its new Unix time."""
        now: int = self._control("POST", "/clock", {"advance": seconds})["now"]
        return now

    def switches(self, **changes: Unpack[Switches]) -> Switches:
        """Change switches, if any are named; return all of them."""
        changed = (
            self._control("POST", "/switches", changes) if changes else self._control("GET", "/switches")
        )
        switches: Switches = changed
        return switches

    def _control(self, method: str, path: str, document: object = None) -> Any:  # noqa: ANN401
        control = urlsplit(self.control_url)
        connection = HTTPConnection(control.hostname or "", control.port, timeout=_LIMIT)
        try:
            body = None if document is None else json.dumps(document)
            connection.request(method, path, body, {"content-type": "application/json"})
            answer = connection.getresponse()
            text = answer.read().decode()
        except OSError as problem:
            raise EmulatorError(f"{method} {path}: the emulator does not answer ({problem})") from problem
        finally:
            connection.close()
        said = json.loads(text)
        if answer.status != 200:
            raise EmulatorError(f"{method} {path}: {said.get('error', answer.status)}")
        return said

    def _fact(self, name: str) -> str:
        fact = self._facts.get(name)
        if fact is not None:
            return fact
        why = "it runs with tls=False" if self._facts else "it runs in a `with` block"
        raise EmulatorError(f"the emulator has no {name}: {why}")

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
