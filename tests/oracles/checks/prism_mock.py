"""Prism serves the excerpt: our client's request for each grant is what the excerpt asks for."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from harness.failure import demand

from .. import document
from ..prism import Prism
from ..session import OracleSession

APP = {"app_id": "1234567", "app_secret": "made-up-secret"}
KEYWORDS: dict[str, dict[str, Any]] = {
    "authorization_code": {"code": "made-up-code", "redirect_uri": "http://localhost:8085/"},
    "refresh_token": {"refresh_token": "pinr.made-up+/="},
    "client_credentials": {"scope": ["user_accounts:read", "pins:read"]},
}
# What Prism puts where the description gives no example.
MADE_UP = "string"


def check_prism_mock(session: OracleSession) -> str:
    """our requests are what Pinterest's description asks for

    Each grant gets a token from the excerpt as it is, and from the one with this grant's own schemas.
    """
    calls = 0
    with ExitStack() as stack:
        client = stack.enter_context(session.client())
        plain = stack.enter_context(Prism(document.under_v5(), session.folder))
        strict = {
            grant: stack.enter_context(Prism(document.under_v5(grant), session.folder)) for grant in KEYWORDS
        }
        for grant, keywords in KEYWORDS.items():
            for prism in (plain, strict[grant]):
                token = client.call({**APP, "base_url": prism.root_url}, "oauth_token", grant, **keywords)
                demand(token.get("access_token") == MADE_UP, f"{grant}: not the token that Prism gave")
                calls += 1
        plain.verdict(len(KEYWORDS))
        for grant, prism in strict.items():
            prism.verdict(1)
            other = "refresh_token" if grant == "authorization_code" else "authorization_code"
            config = {**APP, "base_url": prism.root_url}
            refused = client.refusal(config, "oauth_token", other, **KEYWORDS[other])
            demand(refused["http_status"] == 422, f"Prism did not refuse {other} where {grant} is described")
    return f"{calls} requests for {len(KEYWORDS)} grants"
