"""The excerpt of Pinterest's description as each oracle needs it.

Its text is taken as it is, but for what is named here. Every replacement must hit exactly once, so that a
newer excerpt cannot slip through unchanged.
"""

from __future__ import annotations

import json
from typing import Any

from harness.failure import demand
from harness.places import TESTS

DESCRIPTION = TESTS / "oracles" / "openapi-5.23.yaml"
PATHS = ("/oauth/token", "/oauth/token/revoke", "/oauth/conversion_token")
# What the discriminators' mappings say. Prism does not follow a mapping.
SUBTYPES = {
    "authorization_code": ("OauthAccessTokenRequestCode", "OauthAccessTokenResponseCode"),
    "refresh_token": ("OauthAccessTokenRequestRefresh", "OauthAccessTokenResponseRefresh"),
    "client_credentials": (
        "OauthAccessTokenRequestClientCredentials",
        "OauthAccessTokenResponseClientCredentials",
    ),
}
REQUEST = "              $ref: '#/components/schemas/OauthAccessTokenRequest'\n"
RESPONSE = "                $ref: '#/components/schemas/OauthAccessTokenResponse'\n"
REVOCATION = "              $ref: '#/components/schemas/TokenRevocationRequest'\n"


def text() -> str:
    """The excerpt, unchanged."""
    return DESCRIPTION.read_text(encoding="utf-8")


def under_v5(grant: str | None = None) -> str:
    """For Prism, which leaves the path of `servers` aside: `/v5` stands in the paths themselves.

    With a grant, the token operation asks for and answers that grant's own schemas, not their common base.
    """
    changed = text()
    for path in PATHS:
        changed = _replaced(changed, f"\n  {path}:\n", f"\n  /v5{path}:\n")
    if grant is not None:
        request, response = SUBTYPES[grant]
        # In an allOf of one: Prism drops form fields that a schema's own `properties` do not name, and these
        # subtypes name theirs further down.
        changed = _replaced(changed, REQUEST, f"              allOf: [{_reference(request)}]\n")
        changed = _replaced(changed, RESPONSE, f"                allOf: [{_reference(response)}]\n")
    return changed


def with_examples(token: list[dict[str, Any]], revocation: list[dict[str, Any]]) -> str:
    """For Schemathesis, which cannot guess a code or a token: request bodies that succeed, as examples."""
    changed = _replaced(text(), REQUEST, REQUEST + _examples(token))
    return _replaced(changed, REVOCATION, REVOCATION + _examples(revocation))


def _examples(bodies: list[dict[str, Any]]) -> str:
    named = {f"body{number}": {"value": body} for number, body in enumerate(bodies)}
    # JSON is YAML.
    return f"            examples: {json.dumps(named)}\n"


def _reference(schema: str) -> str:
    return f"{{$ref: '#/components/schemas/{schema}'}}"


def _replaced(whole: str, old: str, new: str) -> str:
    demand(whole.count(old) == 1, f"{DESCRIPTION.name} has {old.strip()} {whole.count(old)} times, not once")
    return whole.replace(old, new)
