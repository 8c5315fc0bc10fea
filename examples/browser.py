#!/usr/bin/env python3
"""A browser without a window, and a person who clicks “Give access” in it: BROWSER=examples/browser.py pinterest-oauth login

For the emulator alone: Pinterest's own page asks for a password.
"""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener


class Form(HTMLParser):
    """The page's form: where it goes, and what is hidden in it."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = values.get("action", "")
        if tag == "input" and values.get("type") == "hidden":
            self.fields[values.get("name", "")] = values.get("value", "")


def main(address: str) -> int:
    # What a browser says of a page that a person has opened.
    visit = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    policy = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainLiberal)
    browser = build_opener(HTTPCookieProcessor(CookieJar(policy)))
    with browser.open(Request(address, headers=visit), timeout=30) as page:
        form = Form()
        form.feed(page.read().decode())
        target = urljoin(page.url, form.action)
    clicked = urlencode({**form.fields, "decision": "allow"}).encode()
    try:
        with browser.open(Request(target, clicked, headers=visit), timeout=60) as last:
            last.read()
    except HTTPError as error:
        # The page says why; the program that waits says it, too.
        return 1 if error.code >= 500 else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
