"""Pinterest's own Python SDK takes the emulator for Pinterest: it refreshes a token there and uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.environment import clean
from harness.failure import Failed, demand, quoted
from harness.program import run

from .. import install
from ..session import OracleSession


def check_sdk(session: OracleSession) -> str:
    """Pinterest's own SDK refreshes a token at the emulator

    A refresh, then a call with the new token; with a wrong secret, the SDK's own exception.
    """
    with session.emulator() as emulator:
        token = emulator.token()
        before = len(emulator.requests())
        app = {"app_id": emulator.app_id, "app_secret": emulator.app_secret}
        got = sdk_says(emulator.base_url, token["refresh_token"], app, session.folder)
        demand(got.get("username") == "emulated_account", f"the SDK got another answer: {sorted(got)}")
        _seen(emulator.requests()[before:], token, got["access_token"])
        wrong = {**app, "app_secret": "a-wrong-secret"}
        refused = sdk_says(emulator.base_url, token["refresh_token"], wrong, session.folder)
        demand(refused == {"refused": 401}, "the SDK was given a token for a wrong secret")
    return "refreshed, and its token opened the account"


def sdk_says(base_url: str, refresh_token: str, app: dict[str, str], folder: Path) -> dict[str, Any]:
    """What the SDK has of Pinterest at this address: the account's name and the new token, or a refusal."""
    ended = run(
        [install.pinterest_sdk(), install.ORACLES / "programs" / "sdk_refresh.py"],
        env=clean(PINTEREST_API_URI=base_url),
        # The SDK reads every config.json from here up to the root.
        folder=folder,
        given=json.dumps({"refresh_token": refresh_token, **app}),
    )
    ended.demand_success()
    try:
        answer = json.loads(ended.output.splitlines()[-1])
    except (ValueError, IndexError):
        raise Failed(f"Pinterest's SDK said something else:\n{quoted(ended.said)}") from None
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
