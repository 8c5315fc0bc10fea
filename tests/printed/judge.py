"""What a program must say, what the emulator's record must hold, and what nobody may print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from harness.emulator import REDIRECT_URI, Emulator
from harness.failure import demand, quoted
from harness.program import Ended

Form = list[list[str]]
CONSENT_PAGE = "/oauth/"
A_TOKEN = re.compile(r"pin[arc][_.][\w.-]+")


def says(ended: Ended, texts: Iterable[str], code: int = 0) -> str:
    """Fails unless it ended with `code` and said all of `texts`; the line with the last of them."""
    demand(ended.code == code, f"the program ended with {ended.code}, not {code}:\n{quoted(ended.said)}")
    line = ""
    for text in texts:
        found = [line for line in ended.said.splitlines() if text in line]
        demand(found != [], f"the program did not say {text!r}, but:\n{quoted(ended.said)}")
        line = found[0]
    return line


def no_secret(emulator: Emulator, said: str, *secrets: str) -> None:
    """Fails if the app's secret, one of `secrets` or any token shows."""
    for secret in (emulator.app_secret, *secrets):
        demand(secret not in said, "a secret shows in what was printed")
    demand(not A_TOKEN.search(said), "a token shows in what was printed")


def nothing_sent(emulator: Emulator) -> str:
    """Fails if anything reached the emulator."""
    record = emulator.record()
    arrived = {"connections": record["connections"], "requests": len(record["requests"])}
    for what, number in arrived.items():
        demand(number == 0, f"{number} {what} arrived instead of none")
    return "nothing sent"


def exchange(code: str) -> Form:
    """The form that exchanges a code."""
    return [
        ["grant_type", "authorization_code"],
        ["code", code],
        ["redirect_uri", REDIRECT_URI],
        ["continuous_refresh", "true"],
    ]


def granted(emulator: Emulator, *expected: Form | str) -> str:
    """Fails unless exactly these requests came, each a form or only its grant, and each was answered with a token.

    What a person's browser asked for is left out.
    """
    requests = [request for request in emulator.requests() if request["path"] != CONSENT_PAGE]
    demand(len(requests) == len(expected), f"{len(requests)} requests arrived instead of {len(expected)}")
    for request, form in zip(requests, expected):
        _granted(emulator, request, form)
    grants = [form if isinstance(form, str) else form[0][1] for form in expected]
    return f"200 for {', '.join(grants)} with Basic"


def _granted(emulator: Emulator, request: dict[str, Any], form: Form | str) -> None:
    headers = {name.lower(): value for name, value in request["headers"]}
    expected: dict[str, Any] = {
        "method": "POST",
        "path": "/v5/oauth/token",
        "query": "",
        "authorization": f"Basic {emulator.basic}",
        "content-type": "application/x-www-form-urlencoded",
        "accept": "application/json",
        "form": [["grant_type", form], *request["form"][1:]] if isinstance(form, str) else form,
        "answered": 200,
    }
    for name, value in expected.items():
        arrived = request[name] if name in request else headers.get(name)
        demand((arrived or "") == value, f"the request has another {name} than expected")


def login(emulator: Emulator, ended: Ended, code: str, *texts: str) -> str:
    """Fails unless it ended well, said `texts` and no secret, exchanged the code and refreshed the token."""
    says(ended, texts)
    no_secret(emulator, ended.said, code)
    return granted(emulator, exchange(code), "refresh_token")
