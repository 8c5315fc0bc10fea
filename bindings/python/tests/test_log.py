"""The logger `pinterest_oauth`: one line per call at level DEBUG, without secrets."""

from __future__ import annotations

import asyncio
import logging
import re
import subprocess
import sys
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from pinterest_oauth import AsyncClient, Client, InvalidArgumentError, PinterestOAuthError, Token
from pinterest_oauth.openapi_client import ApiClient, Configuration
from pinterest_oauth.openapi_client.api.oauth_api import OauthApi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pinterest_oauth.emulator import Emulator
    from pinterest_oauth.types import Fault

CANARY = "c4nary-of-the-log"
SECRET = f"secret-{CANARY}"
TOKEN = Token.from_dict({"access_token": f"pina_{CANARY}", "refresh_token": f"pinr.{CANARY}"})
GIVEN = {"access_token": f"pina_{CANARY}", "refresh_token": f"pinr.{CANARY}"}
RID = [("x-pinterest-rid", "77")]
NOTHING_LISTENS = """
import sys
from pinterest_oauth import Client
client = Client(app_id="1", app_secret="s", base_url=sys.argv[1], trust_env=False)
client.revoke("pina_some")
print("logging" in sys.modules)
import logging
logging.basicConfig(level=logging.DEBUG, stream=sys.stdout, format="%(name)s %(levelname)s %(filename)s")
client.revoke("pina_some")
"""


class Breaking(logging.Handler):
    """A handler of a host that fails, or is interrupted."""

    def __init__(self, problem: BaseException) -> None:
        super().__init__()
        self.problem = problem

    def handle(self, record: logging.LogRecord) -> bool:
        raise self.problem


@pytest.fixture
def listening(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG, "pinterest_oauth"):
        yield caplog


@pytest.fixture
def client(emulator: Emulator) -> Client:
    return Client(**{**emulator.settings(), "app_secret": SECRET})


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was written, without how long each call took."""
    own = [record for record in caplog.records if record.name == "pinterest_oauth"]
    assert {record.levelname for record in own} <= {"DEBUG"}
    return [re.sub(r" in \d+ ms", "", record.getMessage()) for record in own]


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ({"headers": RID, "body_json": GIVEN}, "200, request id 77, attempts 1: ok"),
        ({"body_json": GIVEN}, "200, request id None, attempts 1: ok"),
        (
            {"status": 401, "headers": RID, "body_json": {"code": 283, "message": CANARY}},
            "401, request id 77, attempts 1: invalid_grant, rejected",
        ),
        ({"status": 503}, "503, request id None, attempts 1: server_error, unknown"),
        ({"action": "close"}, "no answer, request id None, attempts 1: connect, unknown"),
    ],
)
def test_every_call_leaves_one_line(
    emulator: Emulator, client: Client, listening: pytest.LogCaptureFixture, fault: Fault, line: str
) -> None:
    emulator.script(fault, fault)
    calls: list[Callable[[], Token]] = [lambda: client.refresh(TOKEN), lambda: asyncio.run(awaited(emulator))]
    for call in calls:
        try:
            call()
        except PinterestOAuthError as error:
            assert f": {error.kind}, {error.outcome}" in line
    assert lines(listening) == [f"POST /v5/oauth/token {line}"] * 2


def test_a_revocation_leaves_a_line_too(
    emulator: Emulator, client: Client, listening: pytest.LogCaptureFixture
) -> None:
    emulator.script({"body_json": {}})
    client.revoke(f"pina_{CANARY}")
    assert lines(listening) == ["POST /v5/oauth/token/revoke 200, request id None, attempts 1: ok"]


async def awaited(emulator: Emulator) -> Token:
    client = AsyncClient(**{**emulator.settings(), "app_secret": SECRET})
    return await client.refresh(TOKEN)


def test_a_line_has_its_facts_for_handlers_that_want_them(
    emulator: Emulator, client: Client, listening: pytest.LogCaptureFixture
) -> None:
    emulator.script({"headers": RID, "body_json": GIVEN})
    token = client.refresh(TOKEN)
    record: Any = listening.records[0]
    assert (record.answer, record.outcome) == (token.answer, "ok")
    assert (record.filename, record.funcName) == ("test_log.py", sys._getframe().f_code.co_name)


def test_no_secret_is_in_a_line(
    emulator: Emulator, client: Client, listening: pytest.LogCaptureFixture
) -> None:
    basic = b64encode(f"{emulator.app_id}:{SECRET}".encode()).decode()
    echo = f"pinr.{CANARY} {SECRET} {basic}"
    faults: list[Fault] = [
        {"headers": [("x-pinterest-rid", echo)], "body_json": GIVEN},
        {"status": 401, "headers": [("x-pinterest-rid", echo)], "body_json": {"code": 2, "message": echo}},
        {"status": 429, "headers": [("x-ratelimit-limit", f'1;name="{echo}"')], "body": echo},
    ]
    emulator.script(*faults)
    for _ in faults:
        with suppress(PinterestOAuthError):
            client.refresh(TOKEN)
    written = "".join(f"{record.getMessage()} {vars(record)}" for record in listening.records)
    assert len(lines(listening)) == len(faults)
    assert CANARY not in written
    assert basic not in written


def test_what_sends_nothing_leaves_no_line(client: Client, listening: pytest.LogCaptureFixture) -> None:
    page = client.authorize_url("http://localhost:8085/")
    client.redirect(f"?code=c&state={page.state}", state=page.state)
    with pytest.raises(InvalidArgumentError):
        client.revoke("")
    assert lines(listening) == []


def test_the_shape_of_the_generated_client_leaves_the_same_line(
    emulator: Emulator, listening: pytest.LogCaptureFixture
) -> None:
    configuration = Configuration(emulator.base_url, trust_env=False)
    configuration.username, configuration.password = emulator.app_id, emulator.app_secret
    api = OauthApi(ApiClient(configuration))
    api.oauth_token(body={"grant_type": "client_credentials"})
    (line,) = lines(listening)
    assert line.startswith("POST /v5/oauth/token 200, ")


def test_nothing_is_imported_where_nobody_listens_and_a_listener_that_comes_later_is_heard(
    emulator: Emulator,
) -> None:
    emulator.script({"body_json": {}}, {"body_json": {}})
    command = [sys.executable, "-c", NOTHING_LISTENS, emulator.base_url]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (ran.stdout, ran.stderr) == ("False\npinterest_oauth DEBUG <string>\n", "")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_handler_that_fails_loses_no_token(emulator: Emulator, listening: Any) -> None:
    logger, handler = logging.getLogger("pinterest_oauth"), Breaking(LookupError())
    logger.addHandler(handler)
    try:
        client = Client(**emulator.settings())
        token = client.oauth_token("client_credentials", scope="pins:read")
        assert asyncio.run(AsyncClient(**emulator.settings()).oauth_token("client_credentials"))
        with pytest.raises(PinterestOAuthError):
            client.oauth_token("refresh_token", refresh_token="pinr.made-up")
    finally:
        logger.removeHandler(handler)
    assert token.scope == "pins:read"


def test_a_handler_that_is_interrupted_ends_the_call_and_loses_no_token(
    client: Client, emulator: Emulator
) -> None:
    logger, handler = logging.getLogger("pinterest_oauth"), Breaking(KeyboardInterrupt())
    emulator.script({"body_json": GIVEN})
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        with pytest.raises(KeyboardInterrupt) as raised:
            client.refresh(TOKEN)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    assert raised.value.pinterest_token.access_token == GIVEN["access_token"]  # type: ignore[attr-defined]
