"""What a check is given: browsers, and worlds in which somebody logs in."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from pathlib import Path

from harness.browser import Browser
from harness.places import TARGET
from harness.report import Report
from harness.session import Session

from .watch import ProcessList
from .world import Started, World

PICTURES = TARGET / "login"


class LoginSession(Session):
    """Adds two browsers with profiles of their own, and a login that waits a minute while others are tried."""

    def __init__(self, options: argparse.Namespace, report: Report, stack: contextlib.ExitStack) -> None:
        super().__init__(options, report)
        self._stack = stack
        self._browsers: dict[str, Browser] = {}
        self.processes = stack.enter_context(ProcessList())
        self._waiting: tuple[World, Started] | None = None
        if not options.only:
            self.not_registered()

    def browser(self, whose: str = "own") -> Browser:
        """A browser without cookies, with one empty tab."""
        if whose not in self._browsers:
            profile = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="chromium-")))
            self._browsers[whose] = self._stack.enter_context(Browser(profile))
        browser = self._browsers[whose]
        browser.begin()
        browser.devtools("Network.clearBrowserCookies")
        return browser

    def world(self, *more: str, host: str = "localhost", scheme: str = "http", path: str = "") -> World:
        """For `with`; `more` is for its emulator, the rest makes the redirect address."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        start = self.emulator_command
        return World(folder, self.processes, *more, host=host, scheme=scheme, path=path, start=start)

    def not_registered(self) -> tuple[World, Started]:
        """A login with an address that Pinterest does not know, begun as early as possible: its advice takes a minute."""
        if self._waiting is None:
            folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="login-")))
            world = self._stack.enter_context(World(folder, self.processes, start=self.emulator_command))
            world.redirect_uri += "callback"
            self._waiting = (world, world.start("--timeout", "3600"))
        return self._waiting
