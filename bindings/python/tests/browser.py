"""A browser of plain requests, and the person in front of it who clicks at the emulator's consent page."""

from __future__ import annotations

from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlsplit

NAVIGATES = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "cross-site"}
LIMIT = 60


class Page(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str:
        return next((value for one, value in self.headers if one.lower() == name), "")


class Browser:
    """It keeps cookies, and follows nothing by itself."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def get(self, address: str, headers: dict[str, str] = NAVIGATES, *, method: str = "GET") -> Page:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        page = ask(method, address, {**headers, **({"Cookie": cookies} if cookies else {})})
        for name, value in page.headers:
            if name.lower() == "set-cookie":
                self.keep(value)
        return page

    def keep(self, set_cookie: str) -> None:
        pair, _, attributes = set_cookie.partition(";")
        name, _, value = pair.partition("=")
        if "max-age=0" in attributes.lower():
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def log_in(self, start: str, decision: str = "allow") -> Page:
        """From the address that sends to Pinterest's page to the answer at the redirect address."""
        return self.get(self.consent(start, decision))

    def consent(self, start: str, decision: str = "allow") -> str:
        page = self.get(start)
        assert page.status == 303, page
        return consent(page.header("location"), decision)


def consent(page: str, decision: str = "allow") -> str:
    """What a click at Pinterest's page leads to."""
    place = urlsplit(page)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{place.netloc}"}
    answer = ask(
        "POST",
        f"http://{place.netloc}{place.path}",
        headers,
        f"{place.query}&decision={decision}",
    )
    assert answer.status == 302, answer
    return answer.header("location")


def ask(method: str, address: str, headers: dict[str, str], body: str | None = None) -> Page:
    place = urlsplit(address)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=LIMIT)
    try:
        path = f"{place.path or '/'}?{place.query}" if place.query else place.path or "/"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return Page(answer.status, answer.getheaders(), answer.read().decode())
    finally:
        connection.close()
