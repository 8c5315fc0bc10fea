"""Pinterest's own Python SDK takes the emulator for Pinterest: it refreshes a token there and uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from . import install
from .emulator import Emulator
from .failure import CheckFailed, demand, indented
from .places import PROGRAMS
from .run_program import run_program
from .surroundings import clean_environment
from .tools import Tools

LIMIT = 120.0


def check(tools: Tools, folder: Path) -> str:
    """A refresh, then a call with the new token; with a wrong secret, the SDK's own exception."""
    python = install.pinterest_sdk()
    with tools.emulator() as emulator:
        token = emulator.token()
        before = len(emulator.requests())
        got = _run(python, emulator, token["refresh_token"], emulator.app_secret, folder)
        demand(got.get("username") == "emulated_account", f"the SDK got another answer: {sorted(got)}")
        _seen(emulator.requests()[before:], token, got["access_token"])
        refused = _run(python, emulator, token["refresh_token"], "a-wrong-secret", folder)
        demand(refused == {"refused": 401}, "the SDK was given a token for a wrong secret")
    return "refreshed, and its token opened the account"


def _run(
    python: Path, emulator: Emulator, refresh_token: str, app_secret: str, folder: Path
) -> dict[str, Any]:
    given = {"refresh_token": refresh_token, "app_id": emulator.app_id, "app_secret": app_secret}
    ended = run_program(
        [str(python), str(PROGRAMS / "sdk_refresh.py")],
        limit=LIMIT,
        environment={**clean_environment(), "PINTEREST_API_URI": emulator.base_url},
        # The SDK reads every config.json from here up to the root.
        folder=folder,
        given=json.dumps(given),
    )
    ended.demand_success("Pinterest's SDK")
    try:
        answer = json.loads(ended.output.splitlines()[-1])
    except (ValueError, IndexError):
        raise CheckFailed(f"Pinterest's SDK said something else:\n{indented(ended.output)}") from None
    assert isinstance(answer, dict)
    return answer


def _seen(requests: list[dict[str, Any]], old: dict[str, Any], new: str) -> None:
    """The emulator's own record: one refresh, then the account, asked for with the token of that refresh."""
    seen = [(request["method"], request["path"], request["answered"]) for request in requests]
    wanted = [("POST", "/v5/oauth/token", 200), ("GET", "/v5/user_account", 200)]
    demand(seen == wanted, f"the SDK asked for {seen}, not for {wanted}")
    form = [["grant_type", "refresh_token"], ["refresh_token", old["refresh_token"]]]
    demand(requests[0]["form"] == form, "the SDK sent another form than a refresh")
    demand(new != old["access_token"], "the SDK's token is the one from before the refresh")
    sent = [value for name, value in requests[1]["headers"] if name.lower() == "authorization"]
    demand(sent == [f"Bearer {new}"], "the SDK did not use the token that it got")
