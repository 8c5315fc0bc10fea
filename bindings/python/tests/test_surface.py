"""What the package offers, and what that costs those who only import it."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import Any

import pytest

import pinterest_oauth
from pinterest_oauth import AsyncClient, AuthorizeUrl, Client, InvalidArgumentError, Token, oauth_token
from pinterest_oauth.emulator import Emulator

needs_signature = pytest.mark.skipif(
    sys.version_info < (3, 10), reason="Python 3.9 drops the signatures of classes that use its stable ABI"
)
METHODS = ["oauth_token", "refresh", "revoke", "conversion_token", "authorize_url", "redirect"]


def keywords(function: Any) -> list[str]:
    parameters = inspect.signature(function).parameters.values()
    return [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]


def test_a_code_becomes_a_token_that_is_refreshed(emulator: Emulator, client: Client) -> None:
    page = client.authorize_url("http://localhost:8085/", scope=["pins:read", "boards:read"])
    answer = emulator.authorize(scope="pins:read,boards:read", state=page.state)
    code = client.redirect(answer["redirect"], state=page.state)
    token = client.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")
    assert token.scopes == ("pins:read", "boards:read")
    assert token.refresh_token_rotated
    emulator.advance(3600)
    refreshed = client.refresh(token)
    assert refreshed.access_token != token.access_token
    assert refreshed.refresh_token != token.refresh_token


def test_the_other_two_calls_work(emulator: Emulator, client: Client) -> None:
    token = client.oauth_token("client_credentials", scope="ads:read,ads:write")
    assert client.conversion_token(token.access_token).access_token
    client.revoke(token.access_token, token_type_hint="access_token")


def test_one_call_needs_no_client(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = emulator.settings()
    assert oauth_token("client_credentials", scope="pins:read", **settings).scope == "pins:read"
    monkeypatch.setenv("PINTEREST_API_URI", emulator.base_url)
    monkeypatch.setenv("PINTEREST_APP_ID", emulator.app_id)
    monkeypatch.setenv("PINTEREST_APP_SECRET", emulator.app_secret)
    assert oauth_token("client_credentials", scope="pins:read", timeout=20).access_token


def test_a_token_reads_back_what_it_writes() -> None:
    text = '{"access_token":"a","big":123456789012345678901234567890,"scope":"x y","new":{"deep":[1.5,null]}}'
    token = Token.from_json(text)
    assert Token.from_json(token.to_json()) == token
    assert token.extra == {"big": 123456789012345678901234567890, "new": {"deep": [1.5, None]}}
    assert token.to_dict()["scopes"] == ["x", "y"]
    assert token != Token.from_json('{"access_token":"b"}')
    assert token != text


def test_a_token_cannot_be_changed() -> None:
    token = Token.from_json('{"access_token":"a","new":{}}')
    with pytest.raises(AttributeError):
        token.access_token = "b"  # type: ignore[misc]
    token.extra["new"]["more"] = 1
    assert token.extra == {"new": {}}


@pytest.mark.parametrize("method", METHODS)
def test_both_clients_take_the_same_arguments(method: str) -> None:
    assert inspect.signature(getattr(Client, method)) == inspect.signature(getattr(AsyncClient, method))


@pytest.mark.parametrize("method", METHODS)
def test_every_keyword_of_a_method_is_known_to_the_core(client: Client, method: str) -> None:
    for name in keywords(getattr(Client, method)):
        with pytest.raises(InvalidArgumentError) as raised:
            getattr(client, method)(*([] if name == "token" else ["x"]), **{name: object()})
        assert raised.value.field == name
        assert "type that cannot" in str(raised.value) or "seconds" in str(raised.value)


@needs_signature
def test_the_function_takes_the_keywords_of_client_and_of_its_method() -> None:
    both = keywords(Client) + keywords(Client.oauth_token)
    assert sorted(set(both)) == sorted(keywords(oauth_token))


@needs_signature
def test_every_keyword_of_a_client_is_known_to_the_core() -> None:
    good = {"app_id": "1", "app_secret": "s", "environment": "sandbox", "timeout": 5, "connect_timeout": 2.5}
    more = {"base_url": "https://a.example", "oauth_url": "https://a.example", "allow_http": False}
    rest = {"proxy": "http://127.0.0.1:1", "no_proxy": "b.example", "trust_env": False, "ca_file": None}
    settings: dict[str, Any] = {**good, **more, **rest}
    assert sorted(settings) == sorted(keywords(Client))
    Client(**settings)


def test_everything_public_has_help() -> None:
    for name in pinterest_oauth.__all__:
        thing = getattr(pinterest_oauth, name)
        assert name.startswith("__") or thing.__doc__, name
    for cls in (Client, AsyncClient, Token, AuthorizeUrl):
        for name, member in vars(cls).items():
            assert name.startswith("_") or member.__doc__, f"{cls.__name__}.{name}"


@needs_signature
def test_every_keyword_is_explained_in_the_help() -> None:
    for function in [oauth_token, *(getattr(Client, method) for method in METHODS)]:
        explained = inspect.getdoc(function) or ""
        own = [
            name for name in keywords(function) if function is not oauth_token or name not in keywords(Client)
        ]
        assert [name for name in own if f"    {name}: " not in explained] == []
    explained = inspect.getdoc(Client) or ""
    assert [name for name in keywords(Client) if f"    {name}: " not in explained] == []


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ["asyncio", "dataclasses", "enum", "http", "inspect", "json", "logging", "ssl", "typing"]
    program = f"""
import sys
before = set(sys.modules)
import pinterest_oauth
print(sorted((set(sys.modules) - before) & set({heavy})))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert ran.stdout == "[]\n", ran.stderr
