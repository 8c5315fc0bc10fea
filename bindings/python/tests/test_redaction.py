"""Secrets come out where they are asked for by name, and nowhere else."""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import pprint
import sys
import traceback
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from pinterest_oauth import (
    AsyncClient,
    AsyncTokenManager,
    Client,
    NotSavedError,
    PinterestOAuthError,
    Token,
    UnknownAccountError,
)
from pinterest_oauth.emulator import Emulator
from world import World

CANARY = "c4nary"
SECRET = f"app-{CANARY}-secret"
TOKEN_TEXT = json.dumps(
    {"access_token": f"pina_{CANARY}", "refresh_token": f"pinr.{CANARY}", "new": CANARY, "scope": "pins:read"}
)


@pytest.fixture
def token() -> Token:
    return Token.from_json(TOKEN_TEXT)


@pytest.fixture
def shy(emulator: Emulator) -> Client:
    return Client(**{**emulator.settings(), "app_secret": SECRET})


def test_a_token_shows_no_secret_in_any_form_of_text(token: Token) -> None:
    shown = [
        repr(token),
        str(token),
        f"{token}",
        f"{token!r}",
        "%s %r" % (token, token),  # noqa: UP031
        pprint.pformat([token]),
    ]
    assert [text for text in shown if CANARY in text] == []
    assert "[redacted]" in repr(token)
    assert "pins:read" in repr(token)


def test_a_token_has_no_dictionary_to_look_into(token: Token) -> None:
    with pytest.raises(TypeError):
        vars(token)
    assert not hasattr(token, "__dict__")
    with pytest.raises(TypeError):
        hash(token)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_token_is_not_pickled(token: Token, protocol: int) -> None:
    with pytest.raises(TypeError, match="to_json") as raised:
        pickle.dumps({"token": token}, protocol)
    assert CANARY not in str(raised.value)


def test_a_token_is_not_pickled_by_any_other_door(token: Token) -> None:
    with pytest.raises(TypeError, match="to_json"):
        token.__reduce__()
    state = getattr(token, "__getstate__", lambda: None)()
    assert state is None


def test_a_copy_of_a_token_is_the_token(token: Token) -> None:
    assert copy.copy(token) is token
    assert copy.deepcopy([token])[0] is token


def test_a_token_is_no_json(token: Token) -> None:
    with pytest.raises(TypeError) as raised:
        json.dumps({"token": token})
    assert CANARY not in str(raised.value)


def test_a_client_shows_nothing_of_itself() -> None:
    for client in (
        Client(app_secret=SECRET, trust_env=False),
        AsyncClient(app_secret=SECRET, trust_env=False),
    ):
        assert CANARY not in repr(client) + str(client)
        with pytest.raises(TypeError):
            vars(client)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError) as raised:
                pickle.dumps(client, protocol)
            assert CANARY not in str(raised.value)


def test_an_authorize_url_hides_its_state_until_asked() -> None:
    client = Client(app_id="1", trust_env=False)
    page = client.authorize_url("http://localhost:8085/", state=f"state-{CANARY}")
    assert CANARY not in repr(page) + str(page)
    assert CANARY in page.url
    assert CANARY in page.state


def everything(error: PinterestOAuthError) -> str:
    """All that logs, crash reporters and pickles would see of an error."""
    log = io.StringIO()
    logger = logging.Logger("all")
    logger.addHandler(logging.StreamHandler(log))
    logger.error("failed %s %r", error, error, exc_info=error)
    frames = traceback.TracebackException.from_exception(error, capture_locals=True)
    own = [frame for frame in frames.stack if "pinterest_oauth" in frame.filename]
    local = [value for frame in own for value in (frame.locals or {}).values()]
    shown = [repr(error), str(error), repr(vars(error)), repr(error.args), error.to_json(), *local]
    return log.getvalue() + "".join(shown) + repr(pickle.dumps(error))


def test_an_error_that_echoes_the_request_shows_nothing_of_it(emulator: Emulator, shy: Client) -> None:
    basic = b64encode(f"{emulator.app_id}:{SECRET}".encode()).decode()
    echo = f"bad pinr.{CANARY} {SECRET} {basic} pina_{CANARY}"
    body = {"code": 283, "message": echo, "refresh_token": f"pinr.{CANARY}", "more": [echo]}
    emulator.script({"status": 401, "headers": [["x-echo", echo]], "body_json": body})
    with pytest.raises(PinterestOAuthError) as raised:
        shy.oauth_token("refresh_token", refresh_token=f"pinr.{CANARY}")
    assert raised.value.kind == "invalid_grant"
    shown = everything(raised.value)
    assert CANARY not in shown
    assert basic not in shown


@pytest.mark.parametrize(
    "arguments",
    [
        {"grant_type": "refresh_token", "refresh_token": f"pinr.{CANARY}\n"},
        {"grant_type": "refresh_token", "code": CANARY, "redirect_uri": CANARY},
        {"grant_type": CANARY},
        {"grant_type": "client_credentials", "scope": {CANARY}},
        {"grant_type": "refresh_token", "token": CANARY},
        {"grant_type": "client_credentials", "extra": {"a": [CANARY]}},
    ],
)
def test_a_refused_input_is_not_repeated(shy: Client, arguments: dict[str, Any]) -> None:
    with pytest.raises(PinterestOAuthError) as raised:
        shy.oauth_token(**arguments)
    assert CANARY not in everything(raised.value)


def test_a_refused_setting_is_not_repeated() -> None:
    unusable: list[dict[str, Any]] = [
        {"proxy": f"//u:{CANARY}"},
        {"base_url": f"https://u:{CANARY}@a.example"},
    ]
    for settings in unusable:
        with pytest.raises(PinterestOAuthError) as raised:
            Client(trust_env=False, **settings)
        assert CANARY not in everything(raised.value)


def test_no_frame_of_the_library_lies_between_caller_and_error(shy: Client) -> None:
    try:
        shy.oauth_token("refresh_token", refresh_token=f"pinr.{CANARY}")
    except PinterestOAuthError as error:
        frames = list(traceback.walk_tb(error.__traceback__))
        assert [frame.f_code.co_name for frame, _ in frames] == [sys._getframe().f_code.co_name]
    else:
        pytest.fail("no error")


def test_a_call_prints_nothing(emulator: Emulator, capfd: pytest.CaptureFixture[str], shy: Client) -> None:
    logging.basicConfig(level=logging.DEBUG)
    with pytest.raises(PinterestOAuthError):
        shy.oauth_token("refresh_token", refresh_token=f"pinr.{CANARY}")
    Client(**emulator.settings()).oauth_token("client_credentials")
    assert capfd.readouterr() == ("", "")


def test_a_token_manager_and_its_accounts_show_nothing_of_their_tokens(world: World) -> None:
    canary = Token.from_json(TOKEN_TEXT)
    manager = world.manager(app_secret=SECRET)
    account = manager.account("shop-42")
    account.import_token(canary)
    theirs = AsyncTokenManager(**world.settings).account("shop-42")
    assert CANARY in account.access_token()
    status, due, doctor = account.status(), manager.refresh_due(), manager.doctor()
    reports = [status, due, doctor, manager.accounts()]
    shown = [repr(thing) + str(thing) for thing in (manager, account, theirs, *reports)]
    shown += [pprint.pformat(reports), repr(pickle.dumps(reports)), json.dumps(vars(status), default=vars)]
    assert CANARY not in "".join(shown)
    assert "'shop-42'" in repr(account) and "'shop-42'" in repr(theirs)
    for thing in (manager, account, theirs):
        with pytest.raises(TypeError):
            vars(thing)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError, match="TokenManager") as raised:
                pickle.dumps(thing, protocol)
            assert CANARY not in str(raised.value)
        with pytest.raises(TypeError):
            json.dumps(thing)


def test_what_an_account_refuses_is_not_repeated(world: World) -> None:
    account: Any = world.manager(app_secret=SECRET).account()
    refusals: list[Callable[[], object]] = [
        lambda: account.login(CANARY, [CANARY]),
        lambda: account.login(f"{CANARY}\n", "http://localhost:8085/"),
        lambda: account.import_token(CANARY),
        lambda: account.rejected(CANARY),
        lambda: account.rejected(CANARY, code=3),
        lambda: account.login(CANARY, "http://localhost:8085/"),
    ]
    for refused in refusals:
        with pytest.raises(PinterestOAuthError) as raised:
            refused()
        assert CANARY not in everything(raised.value)


def test_no_frame_of_the_library_lies_between_an_account_and_its_error(world: World) -> None:
    try:
        world.manager().account().access_token()
    except UnknownAccountError as error:
        frames = list(traceback.walk_tb(error.__traceback__))
        assert [frame.f_code.co_name for frame, _ in frames] == [sys._getframe().f_code.co_name]
    else:
        pytest.fail("no error")


def test_a_token_that_was_not_saved_is_an_attribute_and_nothing_else(token: Token) -> None:
    error = NotSavedError("no disk took it")
    assert error.token is None
    error.token = token
    assert error.token.access_token == f"pina_{CANARY}"
    assert CANARY not in everything(error)
    assert "token" not in vars(error)
    assert json.loads(error.to_json())["kind"] == "not_saved"
    assert pickle.loads(pickle.dumps(error)).kind == "not_saved"
