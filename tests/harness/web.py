"""One HTTP request of the harness's own, with nothing of the client under test. Follows no redirect."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from .failure import Failed, demand

LIMIT = 60.0
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    text: str
    cookies: tuple[str, ...] = ()


def request(
    method: str, url: str, body: str | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """One request over plain http. Fails where no answer comes."""
    address = urlsplit(url)
    target = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=LIMIT)
    try:
        connection.request(method, target, body, dict(headers or {}))
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        headers_of = {name.lower(): value for name, value in answer.getheaders()}
        cookies = tuple(value for name, value in answer.getheaders() if name.lower() == "set-cookie")
        return Answer(answer.status, headers_of, text, cookies)
    except (OSError, http.client.HTTPException) as problem:
        raise Failed(
            f"{method} {address.path} at {address.netloc}: {problem or type(problem).__name__}"
        ) from None
    finally:
        connection.close()


def click(url: str) -> str:
    """Gives access on the emulator's consent page; the address at which the browser ends up."""
    page, _, query = url.partition("?")
    return redirected(request("POST", page, urlencode([*parse_qsl(query), ("decision", "allow")]), FORM))


def visit(url: str) -> str:
    """Opens the consent page of an emulator that consents by itself; the address at which the browser ends up."""
    return redirected(request("GET", url))


def redirected(answer: Answer) -> str:
    """Where an answer leads."""
    location = answer.headers.get("location", "")
    demand(
        answer.status == 302 and location != "", f"the consent page answered {answer.status} and no redirect"
    )
    return location
