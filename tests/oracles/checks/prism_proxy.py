"""Prism stands between our client and the emulator: neither says anything that the excerpt does not allow."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from harness.emulator import REDIRECT_URI, Emulator
from harness.failure import demand

from .. import document
from ..our_client import OurClient
from ..prism import Prism
from ..session import OracleSession


class Visit:
    """Our client's calls through one Prism, counted."""

    def __init__(self, client: OurClient, emulator: Emulator, prism: Prism) -> None:
        self._client = client
        self._emulator = emulator
        self._prism = prism
        self._app = {"app_id": emulator.app_id, "app_secret": emulator.app_secret}
        self._config = {**self._app, "base_url": prism.root_url}
        self.calls = 0

    def call(self, method: str, *arguments: Any, **keywords: Any) -> dict[str, Any]:
        """A call that must succeed."""
        self.calls += 1
        return self._client.call(self._config, method, *arguments, **keywords)

    def refusal(self, method: str, *arguments: Any, **keywords: Any) -> dict[str, Any]:
        """The error document of a call that must fail."""
        self.calls += 1
        return self._client.refusal(self._config, method, *arguments, **keywords)

    def past_prism(self, method: str, *arguments: Any, **keywords: Any) -> dict[str, Any]:
        """The same call at the emulator itself."""
        config = {**self._app, "base_url": self._emulator.base_url}
        return self._client.call(config, method, *arguments, **keywords)

    def code(self) -> dict[str, Any]:
        """A token for a fresh code."""
        keywords = {"code": self._emulator.code(), "redirect_uri": REDIRECT_URI}
        return self.call("oauth_token", "authorization_code", **keywords)

    def verdict(self) -> None:
        """Every call came by here, and nothing was wrong with any of them."""
        self._prism.verdict(self.calls)


def check_prism_proxy(session: OracleSession) -> str:
    """our requests and the emulator's answers are as described

    Every operation through the excerpt as it is, every grant through the one with its own schemas.
    """
    with ExitStack() as stack:
        client = stack.enter_context(session.client())
        emulator = stack.enter_context(session.emulator())

        def proxy(grant: str | None = None) -> Prism:
            return stack.enter_context(Prism(document.under_v5(grant), session.folder, emulator.root_url))

        prisms = [proxy(), *(proxy(grant) for grant in document.SUBTYPES)]
        # All were started before the first is waited for.
        visits = [Visit(client, emulator, prism) for prism in prisms]
        plain, code, refresh, client_credentials = visits
        _everything(plain)
        refreshed = refresh.call("oauth_token", "refresh_token", refresh_token=code.code()["refresh_token"])
        demand("refresh_token_expires_at" in refreshed, "the refreshed token lacks refresh_token_expires_at")
        client_credentials.call("oauth_token", "client_credentials", scope="user_accounts:read,pins:read")
        for visit in visits:
            visit.verdict()
        _can_fail(emulator, plain)
    return f"{sum(visit.calls for visit in visits)} calls, both ways"


def _everything(through: Visit) -> None:
    first = through.code()
    second = through.call("oauth_token", "refresh_token", refresh_token=first["refresh_token"])
    demand(second.get("refresh_token_rotated") is True, "the refresh token was not rotated")
    demand(second["refresh_token"] != first["refresh_token"], "the rotated refresh token is the old one")
    app = through.call("oauth_token", "client_credentials", scope="user_accounts:read")
    demand("refresh_token" not in app, "client_credentials gave a refresh token")
    wrong = through.refusal("oauth_token", "refresh_token", refresh_token="pinr.not-one-of-ours")
    demand((wrong["kind"], wrong["code"]) == ("invalid_grant", 283), f"a wrong token: {wrong['kind']}")
    conversion = through.call("conversion_token", second["access_token"])
    demand(conversion.get("token_type") == "conversion", "the conversion token is of another type")
    through.call("revoke", second["refresh_token"], token_type_hint="refresh_token")
    revoked = through.refusal("oauth_token", "refresh_token", refresh_token=second["refresh_token"])
    demand(revoked["kind"] == "invalid_grant", f"a revoked token: {revoked['kind']}")


def _can_fail(emulator: Emulator, through: Visit) -> None:
    """An answer without token_type is noticed. Our client alone takes it, so that it is Prism who objects."""
    answer = {"access_token": "made-up", "expires_in": 1, "scope": ""}
    request = {"scope": "user_accounts:read"}
    emulator.script({"body_json": answer, "times": 2})
    taken = through.past_prism("oauth_token", "client_credentials", **request)
    demand(taken["access_token"] == "made-up", "our client did not take an answer without token_type")
    refused = through.refusal("oauth_token", "client_credentials", **request)
    demand(refused["http_status"] == 500, "Prism did not notice an answer without token_type")
