"""Plays the browser and the person of a login, with plain requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from . import web


@dataclass
class Browser:
    """A browser that keeps cookies, whatever their attributes."""

    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, url: str) -> web.Answer:
        """A navigation."""
        answer = self.ask("GET", url, {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"})
        for cookie in answer.cookies:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
            if "max-age=0" in cookie.lower():
                del self.cookies[name]
        return answer

    def ask(self, method: str, url: str, headers: dict[str, str]) -> web.Answer:
        """Another request with its cookies, of which it takes no notice."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return web.request(method, url, headers={**headers, **({"cookie": cookies} if cookies else {})})

    def log_in(self, start_url: str, decision: str) -> str:
        """From the start page to the last one, which it gives."""
        page = self.get(start_url).headers["location"]
        last = self.get(decided(page, decision)).headers["location"]
        return self.get(last).text


def decided(page: str, decision: str) -> str:
    """Where Pinterest sends the person who has clicked."""
    address, _, query = page.partition("?")
    form = urlencode([*parse_qsl(query), ("decision", decision)])
    return web.redirected(web.request("POST", address, form, web.FORM))
