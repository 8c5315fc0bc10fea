"""Inputs that cannot be used: the error names the field, and nothing is sent."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from pinterest_oauth import AsyncClient, Client, InvalidArgumentError, InvalidConfigError, Token, oauth_token
from pinterest_oauth.emulator import Emulator

TOKEN = Token.from_json('{"access_token":"a"}')
LOOP: list[Any] = []
LOOP.append(LOOP)

CODE, REFRESH, APP = "authorization_code", "refresh_token", "client_credentials"
PAGE = "http://localhost:8085/"


def with_code(**fields: Any) -> dict[str, Any]:
    return {"code": "c", "redirect_uri": PAGE, **fields}


ARGUMENTS: list[tuple[str, str, list[Any], dict[str, Any]]] = [
    ("grant_type", "oauth_token", [], {}),
    ("grant_type", "oauth_token", [None], {}),
    ("grant_type", "oauth_token", [""], {}),
    ("grant_type", "oauth_token", ["password"], {}),
    ("grant_type", "oauth_token", [b"refresh_token"], {}),
    ("grant_type", "oauth_token", [7], {}),
    ("code", "oauth_token", [CODE], {}),
    ("redirect_uri", "oauth_token", [CODE], {"code": "c"}),
    ("code", "oauth_token", [CODE], with_code(code="")),
    ("code", "oauth_token", [CODE], with_code(code="a\0b")),
    ("code", "oauth_token", [CODE], with_code(code="\ud800")),
    ("code", "oauth_token", [CODE], with_code(code="c" * 20_000)),
    ("code", "oauth_token", [CODE], with_code(code=["c"])),
    ("code", "oauth_token", [CODE], with_code(code=TOKEN)),
    ("refresh_token", "oauth_token", [CODE], with_code(refresh_token="r")),
    ("scope", "oauth_token", [CODE], with_code(scope="pins:read")),
    ("continuous_refresh", "oauth_token", [CODE], with_code(continuous_refresh="yes")),
    ("continuous_refresh", "oauth_token", [CODE], with_code(continuous_refresh=1)),
    ("refresh_token", "oauth_token", [REFRESH], {}),
    ("refresh_token", "oauth_token", [REFRESH], {"refresh_token": 3}),
    ("token", "oauth_token", [REFRESH], {"token": TOKEN}),
    ("token", "oauth_token", [REFRESH], {"token": "pinr.a"}),
    ("token", "refresh", [TOKEN], {}),
    ("grant_type", "refresh", [TOKEN], {"grant_type": "x"}),
    ("scope", "oauth_token", [APP], {"scope": {"pins:read"}}),
    ("scope", "oauth_token", [APP], {"scope": ["pins:read", 1]}),
    ("scope", "oauth_token", [APP], {"scope": LOOP}),
    ("scope", "oauth_token", [APP], {"scope": ["\udfff"]}),
    ("extra", "oauth_token", [APP], {"extra": "a=b"}),
    ("extra", "oauth_token", [APP], {"extra": {1: "b"}}),
    ("extra", "oauth_token", [APP], {"extra": TOKEN}),
    ("extra.a", "oauth_token", [APP], {"extra": {"a": ["b"]}}),
    ("extra.a", "oauth_token", [APP], {"extra": {"a": 1 << 80}}),
    ("extra.a", "oauth_token", [APP], {"extra": {"a": float("nan")}}),
    ("extra.code", "oauth_token", [APP], {"extra": {"code": "c"}}),
    ("timeout", "oauth_token", [APP], {"timeout": "3"}),
    ("timeout", "oauth_token", [APP], {"timeout": True}),
    ("timeout", "oauth_token", [APP], {"timeout": float("nan")}),
    ("timeout", "oauth_token", [APP], {"timeout": float("inf")}),
    ("timeout", "oauth_token", [APP], {"timeout": 0}),
    ("timeout", "oauth_token", [APP], {"timeout": -1}),
    ("timeout", "oauth_token", [APP], {"timeout": 601}),
    ("timeout", "oauth_token", [APP], {"timeout": 10**400}),
    ("timeout", "oauth_token", [APP], {"timeout_ms": 3}),
    ("redirect_url", "oauth_token", [APP], {"redirect_url": PAGE}),
    ("token", "revoke", [None], {}),
    ("token", "revoke", [TOKEN], {}),
    ("token_type_hint", "revoke", ["a"], {"token_type_hint": "bearer"}),
    ("hint", "revoke", ["a"], {"hint": "x"}),
    ("access_token", "conversion_token", [""], {}),
    ("access_token", "conversion_token", ["a\nb"], {}),
    ("redirect_uri", "authorize_url", [None], {}),
    ("state", "authorize_url", [PAGE], {"state": ""}),
    ("extra.state", "authorize_url", [PAGE], {"extra": {"state": "s"}}),
    ("state", "redirect", ["https://a.example/?code=c"], {}),
    ("url", "redirect", ["https://a.example/?state=s"], {"state": "s"}),
]

SETTINGS: list[tuple[type[Exception], str, dict[str, Any]]] = [
    (InvalidConfigError, "base_url", {"base_url": "no url"}),
    (InvalidConfigError, "base_url", {"base_url": "http://a.example"}),
    (InvalidConfigError, "base_url", {"base_url": "https://user:pass@a.example"}),
    (InvalidConfigError, "oauth_url", {"oauth_url": "ftp://a.example"}),
    (InvalidConfigError, "environment", {"environment": "test"}),
    (InvalidConfigError, "ca_file", {"ca_file": "/does/not/exist"}),
    (InvalidConfigError, "ca_file", {"ca_file": Path("/does/not/exist")}),
    (InvalidConfigError, "proxy", {"proxy": "no url"}),
    (InvalidConfigError, "timeout", {"timeout": 0}),
    (InvalidConfigError, "connect_timeout", {"connect_timeout": 0}),
    (InvalidArgumentError, "timeout", {"timeout": "soon"}),
    (InvalidArgumentError, "connect_timeout", {"connect_timeout": float("nan")}),
    (InvalidArgumentError, "app_id", {"app_id": 1234567}),
    (InvalidArgumentError, "app_secret", {"app_secret": b"s"}),
    (InvalidArgumentError, "ca_file", {"ca_file": b"/ca.pem"}),
    (InvalidArgumentError, "allow_http", {"allow_http": "yes"}),
    (InvalidArgumentError, "trust_env", {"trust_env": 0}),
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


def test_absent_credentials_are_named(emulator: Emulator) -> None:
    for field in ("app_id", "app_secret"):
        client = Client(**{**emulator.settings(), field: None})
        with pytest.raises(InvalidConfigError) as raised:
            client.oauth_token("client_credentials")
        assert raised.value.field == field
    assert emulator.record()["connections"] == 0


@pytest.mark.parametrize("text", ["", "[]", "{", '{"access_token":""}', "{}", None, b"{}", "\udc00"])
def test_a_token_document_that_is_none_is_refused(text: Any) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        Token.from_json(text)
    assert raised.value.field == "token"


def test_odd_but_right_values_are_accepted(emulator: Emulator, client: Client) -> None:
    class Text(str):
        __slots__ = ()

    client.oauth_token(
        Text("client_credentials"),
        scope=(Text("pins:read"),),
        timeout=20,
        extra=MappingProxyType({"a": True, "b": 2}),
    )
    form = dict(emulator.requests()[0]["form"])
    assert (form["a"], form["b"]) == ("true", "2")
