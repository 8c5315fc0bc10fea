"""An emulator that knows a free port as redirect address, a store, and the logins that are begun there."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from harness import program
from harness.beside import Beside
from harness.browser import Browser
from harness.emulator import Emulator
from harness.environment import clean
from harness.failure import demand
from harness.places import command
from harness.ports import free_port
from harness.program import Ended

from .watch import ProcessList

SCOPE = "pins:read,user_accounts:read"
COOKIE = "pinterest-oauth-login"
# What says where a program runs.
PLACE = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "SUDO_UID", "container")
# As browsers stay: whoever reads the process list sees its argument for as long as the login lasts.
BROWSER = """#!/bin/sh
printf '%s' "$1" > "$0.part" && mv "$0.part" "$0.opened"
while [ -e "$0" ] && [ ! -e "$0.closed" ]; do sleep 0.1; done
"""


class World:
    """For `with`; at its end no secret may be in what anybody could see."""

    def __init__(
        self,
        folder: Path,
        processes: ProcessList,
        *more: str,
        host: str = "localhost",
        scheme: str = "http",
        path: str = "",
        start: list[str] | None = None,
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.place = f"{host}:{self.port}"
        self.redirect_uri = f"{scheme}://{self.place}/{path}"
        self.emulator = Emulator(start, ["--redirect-uri", self.redirect_uri, *more])
        self.processes = processes
        self.secrets = {"app secret": self.emulator.app_secret, "basic": self.emulator.basic}
        self.seen: dict[str, str] = {}
        self._logins: list[Started] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for login in self._logins:
            login.close()
        try:
            if kind is None:
                self.demand_hidden()
        finally:
            self.emulator.close()

    def environment(self, **more: str) -> dict[str, str]:
        """A user with this app, and nothing that says where he is."""
        given = {
            "PINTEREST_APP_ID": self.emulator.app_id,
            "PINTEREST_APP_SECRET": self.emulator.app_secret,
            "PINTEREST_API_URI": self.emulator.base_url,
            "PINTEREST_OAUTH_URI": self.emulator.oauth_url,
            "PINTEREST_OAUTH_STORE": str(self.folder / "store"),
            "HOME": str(self.folder),
            "LC_ALL": "C",
            **more,
        }
        return {name: value for name, value in clean(**given).items() if name in more or name not in PLACE}

    def arguments(self, *options: str) -> list[str | Path]:
        """The command line of a login."""
        return [command(), "login", "--redirect-uri", self.redirect_uri, "--scope", SCOPE, *options]

    def start(self, *options: str, **more: str) -> Started:
        """A login that opens a browser: the address comes from `opened`."""
        script = self.folder / f"browser{len(self._logins)}"
        script.write_text(BROWSER, encoding="utf-8")
        script.chmod(0o755)
        login = Started(self, script, self.arguments(*options), {"BROWSER": str(script), **more})
        self._logins.append(login)
        return login

    def run(self, *words: str, given: str = "", **more: str) -> Ended:
        """Any command of ours, to its end."""
        return program.run([command(), *words], env=self.environment(**more), given=given)

    def exchanges(self) -> int:
        """How many codes were sent."""
        return sum(request["path"] == "/v5/oauth/token" for request in self.emulator.requests())

    def redirect(self, state: str | None = None, **more: Any) -> str:
        """Where Pinterest sends a browser whose person has clicked elsewhere: to an address with a new code."""
        asked = {"redirect_uri": self.redirect_uri, "scope": SCOPE, **more}
        answer = self.emulator.control("POST", "/authorize", asked | ({"state": state} if state else {}))
        if code := answer.get("code"):
            self.secrets[f"code {code[:6]}"] = code
        return str(answer["redirect"])

    def token(self, account: str = "default") -> str:
        """The stored access token."""
        export = self.run("export", "--account", account, "--json")
        document = json.loads(export.demand_success())
        for name in ("access_token", "refresh_token"):
            self.secrets[name] = str(document[name])
        return str(document["access_token"])

    def demand_hidden(self) -> None:
        """Fails where one of the secrets is in what programs said, in the process list, or in what was seen."""
        for number, request in enumerate(self.emulator.requests()):
            if code := dict(request["form"] or []).get("code"):
                self.secrets[f"sent code {number}"] = code
        texts = {"the process list": self.processes.text, **self.seen}
        for number, login in enumerate(self._logins):
            texts |= {f"output {number}": login.beside.output, f"errors {number}": login.beside.errors}
        for name, secret in self.secrets.items():
            for where, text in texts.items():
                demand(secret not in text, f"{name} is in {where}")


class Started:
    """A login that runs, with pipes."""

    def __init__(
        self, world: World, script: Path, arguments: list[str | Path], more: Mapping[str, str]
    ) -> None:
        self._world, self._script = world, script
        self.beside = Beside(arguments, env=world.environment(**more))
        self.state = ""

    def opened(self) -> str:
        """The address that the browser was given."""
        file = Path(f"{self._script}.opened")
        self.beside.until(file.exists, "opened a browser")
        return file.read_text(encoding="utf-8")

    @property
    def is_opened(self) -> bool:
        """Whether a browser was started."""
        return Path(f"{self._script}.opened").exists()

    def begin(self, browser: Browser) -> None:
        """The person's browser opens the start page, and is at Pinterest."""
        browser.open(self.opened())
        browser.wait("document.getElementById('allow') !== null")
        self.note(browser)

    def note(self, browser: Browser) -> None:
        """What nobody else may see of the page at which the browser is."""
        self.state = parse_qs(urlsplit(browser.address).query)["state"][0]
        self._world.secrets[f"state {self.state[:6]}"] = self.state
        cookies = browser.devtools("Storage.getCookies")["cookies"]
        for cookie in cookies:
            if cookie["name"] == COOKIE:
                self._world.secrets[f"cookie {cookie['value'][:6]}"] = cookie["value"]

    def says(self, text: str, limit: float = 20.0) -> None:
        """Waits until it has said this to the person."""
        self.beside.until(lambda: text in self.beside.errors, f"said: {text}", limit)

    def ends(self, code: int = 0) -> Ended:
        """Its end, with this exit code."""
        self.beside.until(lambda: not self.beside.running, "ended", 40)
        ended = self.beside.finish()
        demand(ended.code == code, f"it ended with {ended.code} instead of {code}; it said:\n{ended.said}")
        return ended

    def waits(self) -> None:
        """Fails where it has ended."""
        demand(self.beside.running, f"the login has ended; it said:\n{self.beside.errors}")

    def close(self) -> None:
        """Ends it and its browser."""
        Path(f"{self._script}.closed").touch()
        if self.beside.running:
            self.beside.kill()
        self.beside.close()


def mode(file: Path) -> int:
    """Who may read it."""
    return stat.S_IMODE(os.stat(file).st_mode)
