"""What the emulator's record must say, and what nobody may print."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any
from urllib.parse import quote_plus

from pinterest_oauth.emulator import Emulator

from .failure import demand

REDIRECT_URI = "http://localhost:8085/"
SCOPE = "pins:read"
A_TOKEN = re.compile(r"pin[arc][_.][\w.-]+")


def nothing_sent(emulator: Emulator) -> str:
    """Fails if anything reached the emulator."""
    record = emulator.record()
    arrived = {"connections": record["connections"], "requests": len(record["requests"])}
    for what, number in arrived.items():
        demand(number == 0, f"{number} {what} arrived instead of none")
    return "nothing sent"


def exchange(code: str) -> list[list[str]]:
    """The form that exchanges a code."""
    return [
        ["grant_type", "authorization_code"],
        ["code", code],
        ["redirect_uri", REDIRECT_URI],
        ["continuous_refresh", "true"],
    ]


def token_obtained(emulator: Emulator, form: list[list[str]]) -> str:
    """Fails unless one request with this form and the app's credentials was answered with a token."""
    requests = emulator.requests()
    demand(len(requests) == 1, f"{len(requests)} requests arrived instead of one")
    (request,) = requests
    headers = {name.lower(): value for name, value in request["headers"]}
    credentials = f"{quote_plus(emulator.app_id)}:{quote_plus(emulator.app_secret)}"
    expected: dict[str, Any] = {
        "method": "POST",
        "path": "/v5/oauth/token",
        "query": "",
        "authorization": f"Basic {b64encode(credentials.encode()).decode()}",
        "content-type": "application/x-www-form-urlencoded",
        "accept": "application/json",
        "form": form,
        "answered": 200,
    }
    for name, value in expected.items():
        arrived = request[name] if name in request else headers.get(name)
        demand((arrived or "") == value, f"the request has another {name} than expected")
    return f"200 for grant {form[0][1]} with Basic"


def no_secret(emulator: Emulator, said: str, *secrets: str) -> None:
    """Fails if the app's secret, one of `secrets` or any token shows."""
    for secret in (emulator.app_secret, *secrets):
        demand(secret not in said, "a secret shows in what was printed")
    demand(not A_TOKEN.search(said), "a token shows in what was printed")
