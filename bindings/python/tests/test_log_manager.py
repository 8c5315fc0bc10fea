"""The logger `pinterest_oauth`: what token managers did, without secrets."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from pinterest_oauth import AsyncTokenManager, PinterestOAuthError, ReauthorizationRequiredError, Token
from world import DAY, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pinterest_oauth import Account

REFUSED: Any = {"status": 401, "body_json": {"code": 283, "message": "refused"}, "times": 100}
CANARY = "c4nary-of-the-log"

LEAVES = """
import asyncio, logging, sys
from pinterest_oauth import AsyncTokenManager
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(message)s")
store, clock = sys.argv[1:]
async def main():
    account = AsyncTokenManager(store=store, clock_offset_file=clock).account("shop-42")
    asked = asyncio.ensure_future(account.access_token())
    await asyncio.sleep(0)
    asked.cancel()
    await asyncio.wait([asked])
    logging.info("nobody waits: %s", asked.cancelled())
asyncio.run(main())
"""

SILENT = """
import sys
from pinterest_oauth import TokenManager
store, clock = sys.argv[1:]
TokenManager(store=store, clock_offset_file=clock).account("shop-42").refresh(force=True)
print("logging" in sys.modules)
"""


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture, world: World) -> Iterator[pytest.LogCaptureFixture]:
    # What other tests left is written before.
    world.manager().accounts()
    with caplog.at_level(logging.INFO, "pinterest_oauth"):
        caplog.clear()
        yield caplog


def said(log: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    """Level, account and event of each line."""
    records: list[Any] = [record for record in log.records if record.name == "pinterest_oauth"]
    return [(record.levelname, record.account, record.event) for record in records]


def ran(world: World, program: str) -> str:
    command = [sys.executable, "-c", program, str(world.folder / "tokens"), str(world.clock)]
    output = subprocess.run(command, capture_output=True, text=True, timeout=60, env=world.environment)
    assert output.stderr == ""
    return output.stdout


def refreshed_by(what: str, world: World, account: Account) -> None:
    if what == "account":
        account.access_token()
    elif what == "manager":
        assert world.manager().refresh_due().refreshed == 1
    elif what == "async account":
        asyncio.run(asynchronous(world).account("shop-42").access_token())
    else:
        assert asyncio.run(asynchronous(world).refresh_due()).refreshed == 1


def asynchronous(world: World) -> AsyncTokenManager:
    return AsyncTokenManager(**world.settings)


@pytest.mark.parametrize("what", ["account", "manager", "async account", "async manager"])
def test_a_refresh_is_one_line_with_the_account(
    world: World, log: pytest.LogCaptureFixture, what: str
) -> None:
    account = world.logged_in()
    world.passes(31 * DAY)
    refreshed_by(what, world, account)
    assert said(log) == [("INFO", "shop-42", "refreshed")]
    assert log.messages[0].startswith("shop-42: refreshed: a new token is stored, valid for 30 days")
    account.access_token()
    account.status()
    assert len(log.messages) == 1


def test_a_line_has_its_facts_for_handlers_that_want_them(
    world: World, log: pytest.LogCaptureFixture
) -> None:
    world.logged_in().refresh(force=True)
    record: Any = log.records[0]
    assert {"account", "event", "request_id", "at"} <= set(vars(record))
    assert record.getMessage().endswith(f", request id {record.request_id}")
    assert isinstance(record.at, int)


def test_a_first_refusal_is_a_warning_long_before_a_login_is_needed(
    world: World, log: pytest.LogCaptureFixture
) -> None:
    account = world.logged_in()
    world.passes(25 * DAY)
    world.emulator.script(REFUSED)
    with pytest.raises(PinterestOAuthError):
        account.refresh(force=True)
    assert said(log) == [("WARNING", "shop-42", "doubtful")]
    world.passes(1 * DAY)
    with pytest.raises(ReauthorizationRequiredError):
        account.refresh(force=True)
    assert said(log)[1:] == [("ERROR", "shop-42", "needs_login")]


def test_a_refresh_that_fails_is_a_warning_also_where_its_caller_has_a_token(
    world: World, log: pytest.LogCaptureFixture
) -> None:
    account = world.logged_in()
    world.passes(25 * DAY)
    world.emulator.script({"status": 503, "times": 100})
    with pytest.raises(PinterestOAuthError):
        account.refresh(force=True)
    assert said(log) == [("WARNING", "shop-42", "refresh_failed")]


def test_a_program_that_ends_has_the_line_of_a_refresh_that_it_did_not_wait_for(world: World) -> None:
    world.logged_in()
    world.passes(25 * DAY)
    world.emulator.script({"action": "pinterest", "delay_ms": 300})
    assert ran(world, LEAVES).startswith("INFO nobody waits: True\nINFO shop-42: refreshed: ")


def test_nothing_is_imported_where_nobody_listens(world: World) -> None:
    world.logged_in()
    assert ran(world, SILENT) == "False\n"


def test_no_secret_is_in_a_line(world: World, log: pytest.LogCaptureFixture) -> None:
    account = world.manager().account("shop-42")
    canary = {"access_token": f"pina_{CANARY}", "refresh_token": f"pinr.{CANARY}", "expires_in": 60}
    account.import_token(Token.from_dict(canary))
    echo: Any = {"headers": [("x-pinterest-rid", f"pinr.{CANARY}")], "body_json": canary}
    refused: Any = {**REFUSED, "body_json": {"code": 283, "message": f"pinr.{CANARY}"}}
    world.emulator.script(echo, refused)
    account.refresh(force=True)
    with pytest.raises(PinterestOAuthError):
        account.refresh(force=True)
    assert [level for level, _, _ in said(log)] == ["INFO", "WARNING"]
    assert CANARY not in "".join(f"{record.getMessage()} {vars(record)}" for record in log.records)
