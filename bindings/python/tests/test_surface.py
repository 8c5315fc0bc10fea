"""What the package offers, and what that costs those who only import it."""

from __future__ import annotations

import inspect
import pydoc
import subprocess
import sys
from typing import Any

import pytest

import pinterest_oauth
from pinterest_oauth import (
    Account,
    AsyncAccount,
    AsyncClient,
    AsyncTokenManager,
    AuthorizeUrl,
    Client,
    InternalError,
    InvalidArgumentError,
    Login,
    LoginBegin,
    LoginStarted,
    Token,
    TokenManager,
    oauth_token,
)
from pinterest_oauth.emulator import Emulator

METHODS = ["oauth_token", "refresh", "revoke", "conversion_token", "authorize_url", "redirect", "check"]


def keywords(function: Any) -> list[str]:
    parameters = inspect.signature(function).parameters.values()
    return [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]


def test_a_code_becomes_a_token_that_is_refreshed(emulator: Emulator, client: Client) -> None:
    page = client.authorize_url("http://localhost:8085/", scope=["pins:read", "boards:read"])
    answer = emulator.authorize(scope="pins:read,boards:read", state=page.state)
    code = Client.redirect(answer["redirect"], state=page.state)
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
    answer = client.revoke(token.access_token, token_type_hint="access_token")
    assert (answer.method, answer.path, answer.status) == ("POST", "/v5/oauth/token/revoke", 200)
    assert answer.attempts == 1


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


def test_a_token_tells_how_its_call_went_and_forgets_it_when_stored(
    emulator: Emulator, client: Client
) -> None:
    emulator.script(
        {"status": 201, "headers": [["x-pinterest-rid", "77"]], "body_json": {"access_token": "a"}}
    )
    token = client.oauth_token("client_credentials")
    assert token.answer is not None
    assert (token.answer.status, token.answer.request_id) == (201, "77")
    assert token.answer == token.answer
    assert "request_id='77'" in repr(token.answer)
    assert "answer" not in token.to_dict()
    assert Token.from_json(token.to_json()).answer is None
    with pytest.raises(AttributeError):
        token.answer = None  # type: ignore[misc]


def test_a_token_expires_by_the_clock_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    token, unknown = (
        Token.from_json('{"access_token":"a","expires_at":1000}'),
        Token.from_json('{"access_token":"a"}'),
    )
    for now, expired in ((999.5, False), (1000.0, True), (1001.0, True)):
        monkeypatch.setattr("time.time", lambda now=now: now)
        assert token.is_expired() is expired
        assert unknown.is_expired() is None
    monkeypatch.setattr("time.time", lambda: 900.0)
    assert [token.expires_within(seconds) for seconds in (99.9, 100, 101)] == [False, True, True]
    assert unknown.expires_within(10**9) is None


def test_both_clients_take_the_same_arguments() -> None:
    for method in METHODS:
        ours, theirs = (inspect.signature(getattr(cls, method)).parameters for cls in (Client, AsyncClient))
        assert ours == theirs, method


def test_both_token_managers_and_their_accounts_take_the_same_arguments() -> None:
    for ours, theirs in ((TokenManager, AsyncTokenManager), (Account, AsyncAccount)):
        names = [name for name in vars(ours) if not name.startswith("_") and callable(getattr(ours, name))]
        assert names == [name for name in vars(theirs) if name in names]
        for name in names:
            one, other = (inspect.signature(getattr(cls, name)).parameters for cls in (ours, theirs))
            assert one == other, name


def problem(cls: Any, name: str) -> str:
    """What is wrong with a list in a list as that keyword."""
    settings: dict[str, Any] = {"app_id": "1", "trust_env": False, name: [[1]]}
    with pytest.raises(InvalidArgumentError) as raised:
        cls(**settings)
    assert raised.value.field == name
    return raised.value.message


@pytest.mark.parametrize("cls", [Client, AsyncClient, TokenManager, AsyncTokenManager])
def test_every_keyword_is_known_to_the_core(cls: Any) -> None:
    own = keywords(TokenManager) if "Manager" in cls.__name__ else []
    for name in (*keywords(Client), *own):
        assert problem(cls, name).startswith(f"{name} must be "), name
    assert not problem(cls, "unheard_of").startswith("unheard_of must be ")


def test_reports_are_there_by_name_and_nothing_else_is() -> None:
    assert pinterest_oauth.Status.__module__ == "pinterest_oauth"
    assert {"Status", "DueReport", "DoctorReport", "Removed", "LoginEnd", "LoginEvent", "User"} <= set(
        dir(pinterest_oauth)
    )
    with pytest.raises(AttributeError, match="Statuses"):
        pinterest_oauth.Statuses  # noqa: B018


def test_help_and_inspect_see_functions_as_they_are_declared(client: Client) -> None:
    assert str(inspect.signature(Client.refresh)).startswith("(self, token: ")
    assert str(inspect.signature(client.refresh)).startswith("(token: ")
    assert str(inspect.signature(Client)).startswith("(*, app_id: ")
    assert str(inspect.signature(Client.redirect)).startswith("(url: ")
    assert Client.refresh.__qualname__ == "Client.refresh"
    assert client.refresh.__name__ == "refresh"
    for thing in (Client, Client.refresh, oauth_token):
        text = pydoc.plain(pydoc.render_doc(thing))
        assert "token" in text
        assert "Args:" in text


def test_a_client_that_was_never_set_up_says_so() -> None:
    class Careless(Client):
        def __init__(self) -> None:
            pass

    with pytest.raises(InternalError, match="__init__"):
        Careless().oauth_token("client_credentials")
    with pytest.raises(TypeError):
        Client.oauth_token("client_credentials", "client_credentials")  # type: ignore[call-overload]
    client = Client(app_id="1", trust_env=False)
    with pytest.raises(InvalidArgumentError, match="set up already"):
        client.__init__(app_id="2")  # type: ignore[misc]


@pytest.mark.parametrize("method", METHODS)
def test_every_keyword_of_a_method_is_known_to_the_core(client: Client, method: str) -> None:
    token = Token.from_json('{"access_token":"a","refresh_token":"r"}')
    for name in keywords(getattr(Client, method)):
        with pytest.raises(InvalidArgumentError) as raised:
            getattr(client, method)(
                *([] if name == "token" else [token, "x"][method != "refresh" :][:1]), **{name: object()}
            )
        assert raised.value.field == name
        assert "type that cannot" in str(raised.value)


def test_everything_public_has_help() -> None:
    public = [name for name in dir(pinterest_oauth) if not name.startswith("_")]
    for name in public:
        assert getattr(pinterest_oauth, name).__doc__, name
    managers = (TokenManager, AsyncTokenManager, Account, AsyncAccount)
    logins = (Login, LoginBegin, LoginStarted)
    for cls in (Client, AsyncClient, Token, AuthorizeUrl, *managers, *logins):
        for name, member in vars(cls).items():
            assert name.startswith("_") or member.__doc__, f"{cls.__name__}.{name}"


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
