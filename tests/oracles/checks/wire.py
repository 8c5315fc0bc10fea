"""What our client writes on the wire, against the bodies that the tests of Pinterest's own quickstart demand.

Those are in its python/tests/src/test_access_token.py; the inputs here are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from harness.failure import demand

from ..session import OracleSession

APP = {"app_id": "test-app-id", "app_secret": "test-app-secret"}
AUTHORIZATION = "Basic dGVzdC1hcHAtaWQ6dGVzdC1hcHAtc2VjcmV0"
CODE = "code=test-auth-code&redirect_uri=test-redirect-uri&grant_type=authorization_code"
CLIENT = "grant_type=client_credentials&scope=user_accounts%3Aread%2Cpins%3Aread%2Cboards%3Aread"
REFRESH = "grant_type=refresh_token&refresh_token=test-refresh-token"
GIVEN_CODE = {"code": "test-auth-code", "redirect_uri": "test-redirect-uri"}
GIVEN_REFRESH = {"refresh_token": "test-refresh-token"}
SCOPES = ["user_accounts:read", "pins:read", "boards:read"]
TOKEN = {"access_token": "made-up", "token_type": "bearer", "expires_in": 1, "scope": ""}


@dataclass(frozen=True)
class Golden:
    """A call of ours, the quickstart's body for it, and what we add on purpose."""

    grant: str
    keywords: dict[str, Any]
    body: str
    added: list[str] = field(default_factory=list)


GOLDEN = (
    # An app from before 2025-09-25 gets no lasting refresh token without it.
    Golden("authorization_code", GIVEN_CODE, CODE, ["continuous_refresh=true"]),
    Golden("authorization_code", {**GIVEN_CODE, "continuous_refresh": False}, CODE),
    Golden("client_credentials", {"scope": SCOPES}, CLIENT),
    Golden("client_credentials", {"scope": ",".join(SCOPES)}, CLIENT),
    Golden("refresh_token", GIVEN_REFRESH, REFRESH),
    Golden("refresh_token", {**GIVEN_REFRESH, "continuous_refresh": False}, REFRESH),
    # Python's True, as the quickstart writes it.
    Golden("refresh_token", {**GIVEN_REFRESH, "extra": {"refresh_on": "True"}}, f"{REFRESH}&refresh_on=True"),
)


def check_wire(session: OracleSession) -> str:
    """our bodies equal those of Pinterest's own quickstart

    The same percent-encoded pairs in any order, none twice; the Authorization header to the letter.
    """
    with session.emulator() as emulator, session.client() as client:
        for golden in GOLDEN:
            emulator.forget_requests()
            emulator.script({"body_json": TOKEN})
            config = {**APP, "base_url": emulator.root_url}
            client.call(config, "oauth_token", golden.grant, **golden.keywords)
            requests = emulator.requests()
            demand(len(requests) == 1, f"{golden.grant}: {len(requests)} requests arrived, not one")
            _compare(golden, requests[0])
    return f"{len(GOLDEN)} bodies"


def _compare(golden: Golden, request: dict[str, Any]) -> None:
    what = f"{golden.grant} with {', '.join(golden.keywords)}"
    line = (request["method"], request["path"], request["query"] or "")
    demand(line == ("POST", "/v5/oauth/token", ""), f"{what}: the request line has {line}")
    wanted = sorted([*golden.body.split("&"), *golden.added])
    sent = sorted((request["body"] or "").split("&"))
    demand(sent == wanted, f"{what}:\n  expected {'&'.join(wanted)}\n  sent     {'&'.join(sent)}")
    for name, value in (
        ("authorization", AUTHORIZATION),
        ("content-type", "application/x-www-form-urlencoded"),
    ):
        values = [text for there, text in request["headers"] if there.lower() == name]
        demand(values == [value], f"{what}: expected one header {name}: {value}, got {values}")
