"""Inputs that only Python can get wrong: the error names the argument, and nothing is sent.

What is wrong in every language is a conformance case, in tests/conformance/cases/bad-input and config.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from pinterest_oauth import AsyncClient, Client, InvalidArgumentError, InvalidConfigError, Token, oauth_token
from pinterest_oauth.emulator import Emulator

TOKEN = Token.from_json('{"access_token":"a","refresh_token":"r"}')
LOOP: list[Any] = []
LOOP.append(LOOP)

CODE, REFRESH, APP = "authorization_code", "refresh_token", "client_credentials"
PAGE = "http://localhost:8085/"


def with_code(**fields: Any) -> dict[str, Any]:
    return {"code": "c", "redirect_uri": PAGE, **fields}


ARGUMENTS: list[tuple[str, str, list[Any], dict[str, Any]]] = [
    ("grant_type", "oauth_token", [None], {}),
    ("grant_type", "oauth_token", [b"refresh_token"], {}),
    ("grant_type", "oauth_token", [APP], {"grant_type": APP}),
    ("arguments", "oauth_token", [CODE, "c"], {"redirect_uri": PAGE}),
    ("language", "oauth_token", [APP], {"language": "php"}),
    ("code", "oauth_token", [CODE], with_code(code="\ud800")),
    ("code", "oauth_token", [CODE], with_code(code=["c"])),
    ("code", "oauth_token", [CODE], with_code(code=TOKEN)),
    ("continuous_refresh", "oauth_token", [CODE], with_code(continuous_refresh=1)),
    ("token", "oauth_token", [REFRESH], {"token": "pinr.a"}),
    ("token", "refresh", [], {}),
    ("token", "refresh", ["pinr.a"], {}),
    ("grant_type", "refresh", [TOKEN], {"grant_type": "x"}),
    ("timeout", "refresh", [TOKEN], {"timeout": float("nan")}),
    ("scope", "oauth_token", [APP], {"scope": {"pins:read"}}),
    ("scope", "oauth_token", [APP], {"scope": ["pins:read", 1]}),
    ("scope", "oauth_token", [APP], {"scope": LOOP}),
    ("scope", "oauth_token", [APP], {"scope": ["\udfff"]}),
    ("extra", "oauth_token", [APP], {"extra": {1: "b"}}),
    ("extra", "oauth_token", [APP], {"extra": TOKEN}),
    ("extra.a", "oauth_token", [APP], {"extra": {"a": 1 << 80}}),
    ("extra.a", "oauth_token", [APP], {"extra": {"a": float("nan")}}),
    ("timeout", "oauth_token", [APP], {"timeout": True}),
    ("timeout", "oauth_token", [APP], {"timeout": float("nan")}),
    ("timeout", "oauth_token", [APP], {"timeout": float("inf")}),
    ("timeout", "oauth_token", [APP], {"timeout": 10**400}),
    ("token", "revoke", [TOKEN], {}),
    ("language", "redirect", ["?code=c&state=s"], {"state": "s", "language": "php"}),
]

SETTINGS: list[tuple[type[Exception], str, dict[str, Any]]] = [
    (InvalidConfigError, "base_url", {"base_url": "no url"}),
    (InvalidConfigError, "ca_file", {"ca_file": Path("/does/not/exist")}),
    (InvalidArgumentError, "timeout", {"timeout": "soon"}),
    (InvalidArgumentError, "connect_timeout", {"connect_timeout": float("nan")}),
    (InvalidArgumentError, "app_secret", {"app_secret": b"s"}),
    (InvalidArgumentError, "ca_file", {"ca_file": b"/ca.pem"}),
    (InvalidArgumentError, "allow_http", {"allow_http": "yes"}),
    (InvalidArgumentError, "trust_env", {"trust_env": 0}),
    (InvalidArgumentError, "language", {"language": "php"}),
    (InvalidArgumentError, "app_key", {"app_key": "1"}),
]


@pytest.mark.parametrize(("field", "method", "positional", "keywords"), ARGUMENTS)
def test_a_bad_argument_is_named_and_nothing_is_sent(
    emulator: Emulator,
    client: Client,
    field: str,
    method: str,
    positional: list[Any],
    keywords: dict[str, Any],
) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        getattr(client, method)(*positional, **keywords)
    assert raised.value.field == field
    assert raised.value.what_now == f"Fix `{field}`."
    assert raised.value.outcome == "not_sent"
    assert isinstance(raised.value, ValueError)
    assert isinstance(raised.value, TypeError)
    assert emulator.record()["connections"] == 0


@pytest.mark.parametrize("use", [Client, AsyncClient, partial(oauth_token, "client_credentials")])
@pytest.mark.parametrize(("error", "field", "settings"), SETTINGS)
def test_a_bad_setting_is_named(use: Any, error: Any, field: str, settings: dict[str, Any]) -> None:
    with pytest.raises(error) as raised:
        use(**settings)
    assert raised.value.field == field


@pytest.mark.parametrize("text", [None, b"{}", "\udc00"])
def test_a_token_is_read_from_text_alone(text: Any) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        Token.from_json(text)
    assert raised.value.field == "token"


@pytest.mark.parametrize("seconds", ["60", None, float("nan"), float("inf"), 10**400])
def test_a_time_that_is_no_number_of_seconds_is_refused(seconds: Any) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        TOKEN.expires_within(seconds)
    assert raised.value.field == "seconds"


def test_odd_but_right_values_are_accepted(emulator: Emulator, client: Client) -> None:
    class Text(str):
        __slots__ = ()

    grant: Any = Text("client_credentials")
    client.oauth_token(
        grant,
        scope=(Text("pins:read"),),
        timeout=20,
        extra=MappingProxyType({"a": True, "b": 2}),
    )
    form = dict(emulator.requests()[0]["form"])
    assert (form["a"], form["b"]) == ("true", "2")
