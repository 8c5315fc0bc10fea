"""Values that programs have at hand: tokens as dict and bytes, hidden secrets, clients in `with`."""

from __future__ import annotations

import asyncio
import collections
import json
import types
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from asking import LIMIT
from local_server import KeepingServer
from pinterest_oauth import AsyncClient, Client, InvalidArgumentError, InvalidConfigError, Token, oauth_token
from pinterest_oauth.openapi_client import ApiClient, Configuration
from pinterest_oauth.openapi_client.api.oauth_api import OauthApi

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

CANARY = "c4nary-of-a-value"
STORED = {
    "access_token": "pina_a",
    "refresh_token": "pinr.b",
    "scope": "x y",
    "expires_at": 2_000_000_000,
    "extra": {"big": 123456789012345678901234567890, "deep": [1.5, None, "é"]},
}
LOOP: dict[str, Any] = {"access_token": CANARY}
LOOP["loop"] = LOOP
DEEP: list[Any] = []
for _ in range(100_000):
    DEEP = [DEEP]


class Raising:
    def get_secret_value(self) -> str:
        raise LookupError(CANARY)


class NoText:
    def get_secret_value(self) -> int:
        return 1


class Broken(collections.UserDict[str, Any]):
    def items(self) -> Any:
        raise LookupError(CANARY)


def test_a_token_is_read_from_its_dict() -> None:
    token = Token.from_dict(STORED)
    assert token == Token.from_json(json.dumps(STORED, ensure_ascii=False))
    assert Token.from_dict(token.to_dict()) == token
    assert token.extra == STORED["extra"]


@pytest.mark.parametrize("mapping", [types.MappingProxyType, collections.OrderedDict, collections.UserDict])
def test_any_mapping_will_do(mapping: Any) -> None:
    assert Token.from_dict(mapping(STORED)) == Token.from_dict(STORED)


def test_a_secret_in_a_dict_may_hide_itself() -> None:
    hidden = {**STORED, "access_token": SecretStr("pina_a"), "refresh_token": SecretStr("pinr.b")}
    assert Token.from_dict(hidden) == Token.from_dict(STORED)


@pytest.mark.parametrize(
    "document",
    [
        None,
        CANARY,
        [("access_token", CANARY)],
        {},
        {"refresh_token": CANARY},
        {"access_token": ""},
        {"access_token": CANARY, 1: "a"},
        {"access_token": CANARY, "set": {1}},
        {"access_token": CANARY, "bytes": b"a"},
        {"access_token": CANARY, "nan": float("nan")},
        {"access_token": CANARY, "deep": DEEP},
        {"access_token": CANARY, "secret": Raising()},
        {"access_token": "\ud800", "scope": CANARY},
        LOOP,
        Broken({"access_token": CANARY}),
    ],
    ids=lambda document: type(document).__name__,
)
def test_a_dict_that_is_no_token_is_refused_and_not_shown(document: Any) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        Token.from_dict(document)
    assert (raised.value.field, raised.value.outcome) == ("token", "not_sent")
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)
    assert CANARY not in str(raised.value)


@pytest.mark.parametrize("kind", [bytes, bytearray])
def test_a_token_is_read_from_bytes(kind: Any) -> None:
    token = Token.from_dict(STORED)
    text = token.to_json()
    assert "é" in text
    assert Token.from_json(kind(text.encode())) == token


def test_every_secret_argument_may_hide_itself(emulator: Emulator) -> None:
    settings = {**emulator.settings(), "app_secret": SecretStr(emulator.app_secret)}
    client = Client(**settings)
    page = client.authorize_url("http://localhost:8085/")
    back = emulator.authorize(scope="ads:write", state=page.state)["redirect"]
    code = Client.redirect(SecretStr(back), state=SecretStr(page.state))
    token = client.oauth_token(
        "authorization_code", code=SecretStr(code), redirect_uri="http://localhost:8085/"
    )
    refresh_token = SecretStr(token.refresh_token or "")
    token = client.oauth_token(
        "refresh_token", refresh_token=refresh_token, extra={"further": SecretStr("f")}
    )
    assert dict(emulator.requests()[-1]["form"])["further"] == "f"
    assert client.conversion_token(SecretStr(token.access_token)).access_token
    assert client.revoke(SecretStr(token.access_token)).status == 200
    assert oauth_token("client_credentials", **settings).access_token
    configuration = Configuration(emulator.base_url, username=emulator.app_id, trust_env=False)
    configuration.password = SecretStr(emulator.app_secret)
    assert OauthApi(ApiClient(configuration)).oauth_token(body={"grant_type": "client_credentials"}).body
    asyncio.run(AsyncClient(**settings).revoke(SecretStr(token.access_token)))
    with pytest.raises(ConnectionError):
        Client(**settings, proxy=SecretStr("http://127.0.0.1:1")).oauth_token("client_credentials")


@pytest.mark.parametrize("value", [Raising(), NoText()])
def test_a_secret_that_gives_no_text_is_refused(client: Client, value: Any) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        client.oauth_token("refresh_token", refresh_token=value)
    assert raised.value.field == "refresh_token"
    assert raised.value.__context__ is None
    assert CANARY not in str(raised.value)


def test_a_refresh_takes_a_token_and_says_what_takes_a_text(client: Client) -> None:
    call: Any = client.refresh
    with pytest.raises(InvalidArgumentError, match=r"Token\.from_json .*oauth_token"):
        call("pinr.a")
    token = Token.from_dict(STORED)
    for name, value in {"scope": "pins:read", "continuous_refresh": True, "extra": {"a": "b"}}.items():
        with pytest.raises(InvalidArgumentError, match="oauth_token") as raised:
            call(token, **{name: value})
        assert raised.value.field == name


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_a_client_without_credentials_says_so_before_anything_is_sent(
    emulator: Emulator, kind: type[Client | AsyncClient]
) -> None:
    settings = emulator.settings()
    kind(**settings).check()
    for name in ("app_id", "app_secret"):
        client = kind(**{**settings, name: None, "trust_env": False})
        with pytest.raises(InvalidConfigError, match=name) as raised:
            client.check()
        assert (raised.value.field, raised.value.outcome) == (name, "not_sent")
    call: Any = kind(**settings).check
    with pytest.raises(InvalidArgumentError, match="deep is not a parameter of check"):
        call(deep=True)
    assert not emulator.requests()


def test_a_client_is_used_in_with_and_closed_as_often_as_one_likes(emulator: Emulator) -> None:
    with Client(**emulator.settings()) as client:
        assert isinstance(client, Client)
        client.oauth_token("client_credentials")
    client.close()
    client.close()
    assert client.oauth_token("client_credentials").access_token


def test_an_async_client_is_used_in_async_with(emulator: Emulator) -> None:
    async def main() -> None:
        async with AsyncClient(**emulator.settings()) as client:
            assert isinstance(client, AsyncClient)
            await client.oauth_token("client_credentials")
        await client.aclose()
        await client.aclose()
        assert (await client.oauth_token("client_credentials")).access_token

    asyncio.run(main())


def at(server: KeepingServer) -> dict[str, Any]:
    return {"app_id": "1", "app_secret": "s", "base_url": server.base_url, "trust_env": False}


def test_the_end_of_with_closes_the_connection() -> None:
    with KeepingServer() as server:
        with Client(**at(server)) as client:
            client.oauth_token("client_credentials")
            assert not server.closed.is_set()
        assert server.closed.wait(LIMIT)


def test_the_end_of_async_with_closes_the_connection() -> None:
    async def main(server: KeepingServer) -> None:
        async with AsyncClient(**at(server)) as client:
            await client.oauth_token("client_credentials")
        assert await asyncio.get_running_loop().run_in_executor(None, server.closed.wait, LIMIT)

    with KeepingServer() as server:
        asyncio.run(main(server))


def test_a_client_that_nobody_has_any_more_is_closed() -> None:
    with KeepingServer() as server:
        client = Client(**at(server))
        client.oauth_token("client_credentials")
        del client
        assert server.closed.wait(LIMIT)


def test_what_is_raised_in_with_goes_on() -> None:
    with pytest.raises(LookupError), Client(app_id="1", trust_env=False):
        raise LookupError
