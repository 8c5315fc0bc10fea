"""What a check is given: an emulator with an app whose logins come back to `site`, and a browser at its page."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from harness.browser import Browser
from harness.emulator import Emulator
from harness.places import TARGET, command
from harness.report import Report
from harness.session import Session
from harness.site import Site

PICTURES = TARGET / "emulator"
# A name that leads to this machine, in this browser.
REBOUND = "rebound.example"
SCOPE = "pins:read,boards:read,user_accounts:read"


class PageSession(Session):
    """Adds a browser, which all checks share and `stack` ends, and the pages."""

    def __init__(self, options: argparse.Namespace, report: Report, stack: contextlib.ExitStack) -> None:
        super().__init__(options, report)
        self._stack = stack
        self._browser: Browser | None = None

    def browser(self) -> Browser:
        """The browser, with one empty tab."""
        if self._browser is None:
            profile = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="chromium-")))
            rule = f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1"
            self._browser = self._stack.enter_context(Browser(profile, rule))
        self._browser.begin()
        return self._browser

    def emulator_for(self, site: Site) -> Emulator:
        """A fresh emulator, for `with`; the site's front page is a registered redirect address, by both names."""
        start = self.emulator_command or [str(command()), "emulator"]
        return Emulator([*start, "--redirect-uri", site.url, "--redirect-uri", site.url_by_name])

    @contextlib.contextmanager
    def control_page(self, *, except_for: str = "") -> Iterator[tuple[Emulator, Browser, Site]]:
        """The browser at the control page, after the page's first look at the emulator.

        Its console must stay empty, except for what has these words.
        """
        browser = self.browser()
        with Site() as site, self.emulator_for(site) as emulator:
            browser.open(control_url(emulator))
            browser.wait("document.querySelector('#switches .switch') !== null")
            yield emulator, browser, site
            browser.demand_silence(except_for)


def control_url(emulator: Emulator) -> str:
    """Where the control page is."""
    return f"{emulator.facts['control_url']}/"


def login_url(emulator: Emulator, site: Site, **more: str) -> str:
    """Where an app sends its user."""
    asked = {"client_id": emulator.app_id, "response_type": "code", "redirect_uri": site.url}
    asked |= {"scope": SCOPE, "state": "state-canary", **more}
    return f"{emulator.oauth_url}/oauth/?{urlencode(asked)}"
