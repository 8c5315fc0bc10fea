"""The token manager on event loops: callers come and go, what was sent is stored."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import pinterest_oauth
from asking import LIMIT, wait_until
from pinterest_oauth import (
    AsyncTokenManager,
    InsufficientScopeError,
    InvalidArgumentError,
    StoreUnavailableError,
    Token,
    UnknownAccountError,
)
from world import DAY, PAGE, World

if TYPE_CHECKING:
    from pathlib import Path

SLOW: Any = {"action": "pinterest", "delay_ms": 1000}

LEAVING = """
import asyncio, sys
from pinterest_oauth import AsyncTokenManager
account = AsyncTokenManager(store=sys.argv[1], clock_offset_file=sys.argv[2]).account("shop-42")
async def main():
    task = asyncio.ensure_future(account.access_token())
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
asyncio.run(main())
"""


def awaited(world: World) -> AsyncTokenManager:
    return AsyncTokenManager(**world.settings)


async def until_sent(world: World, count: int) -> None:
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, wait_until, lambda: world.emulator.record()["total"] == count)


def test_everything_is_awaited_that_may_wait(world: World) -> None:
    async def main() -> None:
        manager = awaited(world)
        account = manager.account("shop-42")
        with pytest.raises(UnknownAccountError):
            await account.access_token()
        token = await account.login(world.code(), PAGE)
        assert await account.access_token() == token.access_token == account.access_token_now()
        assert await account.access_token(["pins:read"]) == token.access_token
        with pytest.raises(InsufficientScopeError):
            await account.access_token("ads:read")
        assert await account.token() == await account.export() == token
        status = await account.status()
        assert [status] == await manager.accounts()
        assert (await manager.doctor()).accounts == 1
        assert (await manager.refresh_due(parallel=1)).accounts == 1
        world.passes(120)
        other = await account.rejected(token.access_token)
        assert other == await account.access_token() != token.access_token
        world.passes(120)
        assert (await account.refresh(force=True)).access_token != other
        await account.import_token(token)
        assert await account.access_token() == token.access_token
        await account.rename("new")
        assert (account.name, account.unsaved()) == ("shop-42", None)
        assert (await manager.account("new").remove()).token
        assert await manager.app("pins:read").access_token()

    asyncio.run(main())


def test_a_hundred_tasks_wait_for_one_refresh(world: World) -> None:
    old = world.logged_in().access_token()
    world.passes(31 * DAY)
    world.emulator.script(SLOW)

    async def main() -> list[str]:
        account = awaited(world).account("shop-42")
        return await asyncio.gather(*(account.access_token() for _ in range(100)))

    got = set(asyncio.run(main()))
    assert len(got) == 1 and old not in got
    assert world.refreshes() == 1


def test_the_event_loop_runs_on_while_a_refresh_waits(world: World) -> None:
    world.logged_in()
    world.passes(31 * DAY)
    world.emulator.script(SLOW)

    async def main() -> None:
        task = asyncio.ensure_future(awaited(world).account("shop-42").access_token())
        await until_sent(world, 2)
        assert not task.done()
        assert await task

    asyncio.run(main())


@pytest.mark.parametrize("leaving", ["cancel", "wait_for"])
def test_a_cancelled_task_leaves_the_refresh_running(world: World, leaving: str) -> None:
    account = world.logged_in()
    old = account.access_token()
    world.passes(31 * DAY)
    world.emulator.script(SLOW)

    async def main() -> None:
        call = awaited(world).account("shop-42").access_token()
        if leaving == "wait_for":
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(call, 0.5)
            return
        task = asyncio.ensure_future(call)
        await until_sent(world, 2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert pinterest_oauth.finish(LIMIT)
    new = account.access_token_now()
    assert new is not None and new != old
    assert account.access_token() == new
    assert world.refreshes() == 1


def test_a_cancelled_login_is_stored(world: World) -> None:
    world.emulator.script(SLOW)

    async def main() -> None:
        task = asyncio.ensure_future(awaited(world).account("shop-42").login(world.code(), PAGE))
        await until_sent(world, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert pinterest_oauth.finish(LIMIT)
    assert world.manager().account("shop-42").access_token()


def test_a_process_that_ends_stores_what_it_has_sent(world: World) -> None:
    account = world.logged_in()
    old = account.access_token()
    world.passes(31 * DAY)
    world.emulator.script(SLOW)
    command = [sys.executable, "-X", "dev", "-c", LEAVING, str(world.folder / "tokens"), str(world.clock)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=world.environment,
    ) as child:
        wait_until(lambda: world.emulator.record()["total"] == 2)
        output = child.communicate(b"\n", timeout=LIMIT / 2)
    assert output == (b"", b"")
    assert child.returncode == 0
    assert account.export().access_token != old
    assert world.refreshes() == 1


def test_errors_are_raised_where_the_call_is_awaited(world: World) -> None:
    async def main() -> None:
        account: Any = awaited(world).account()
        for call, field in (
            (account.access_token(5), "scopes"),
            (account.import_token("a"), "token"),
            (account.rejected(None), "access_token"),
            (account.rename(5), "new_name"),
            (account.login("c"), "redirect_uri"),
        ):
            assert inspect.iscoroutine(call)
            with pytest.raises(InvalidArgumentError) as raised:
                await call
            assert raised.value.field == field
        with pytest.raises(InvalidArgumentError):
            awaited(world).account("")

    asyncio.run(main())
    assert world.emulator.record()["total"] == 0


def test_a_call_that_nobody_awaits_does_nothing_and_is_told(world: World) -> None:
    with pytest.warns(RuntimeWarning, match="AsyncAccount.refresh"):
        call = awaited(world).account().refresh()
        del call
    assert world.emulator.record()["total"] == 0


def test_one_manager_serves_event_loops_one_after_the_other(world: World, tmp_path: Path) -> None:
    world.logged_in()
    account = awaited(world).account("shop-42")
    tokens: list[Token] = [asyncio.run(account.token()) for _ in range(3)]
    assert tokens[0] == tokens[1] == tokens[2]
    with pytest.raises(StoreUnavailableError):
        AsyncTokenManager(**{**world.settings, "store": world.clock})
