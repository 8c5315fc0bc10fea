"""Calls that are awaited: they overlap, are cancelled, and leave the event loop alone."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from asking import LIMIT, ask_async, wait_until
from local_server import SilentServer
from pinterest_oauth import (
    AsyncClient,
    InvalidArgumentError,
    InvalidGrantError,
    Token,
)

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

MANY = 100

ENDING = """
import asyncio, sys
from pinterest_oauth import AsyncClient
client = AsyncClient(app_id="1", app_secret="s", base_url=sys.argv[1], trust_env=False, timeout=600)
async def main():
    task = asyncio.ensure_future(client.oauth_token("client_credentials"))
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    return task
{ending}
"""
ENDINGS = {
    "asyncio.run cancels what is left": "asyncio.run(main())",
    "the loop is closed under the call": """
loop = asyncio.new_event_loop()
task = loop.run_until_complete(main())
task._log_destroy_pending = False
loop.close()
""",
}


@pytest.fixture
def client(emulator: Emulator) -> AsyncClient:
    return AsyncClient(**{**emulator.settings(), "timeout": LIMIT})


def unanswered(emulator: Emulator) -> int:
    return sum(request["answered"] is None for request in emulator.requests())


async def until_unanswered(emulator: Emulator, count: int) -> None:
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, wait_until, lambda: unanswered(emulator) == count)


def test_an_awaited_call_gives_a_token(emulator: Emulator, client: AsyncClient) -> None:
    async def main() -> Token:
        code = emulator.authorize()["code"]
        token = await client.oauth_token(
            "authorization_code", code=code, redirect_uri="http://localhost:8085/"
        )
        token = await client.refresh(token)
        await client.revoke(token.access_token)
        return token

    assert asyncio.run(main()).refresh_token_rotated


def test_a_hundred_calls_are_under_way_at_once(emulator: Emulator, client: AsyncClient) -> None:
    emulator.script({"action": "hang", "times": MANY})

    async def main() -> list[Any]:
        calls = [asyncio.ensure_future(client.oauth_token("client_credentials")) for _ in range(MANY)]
        await until_unanswered(emulator, MANY)
        for call in calls:
            call.cancel()
        return await asyncio.gather(*calls, return_exceptions=True)

    ended = asyncio.run(main())
    assert {type(outcome) for outcome in ended} == {asyncio.CancelledError}
    assert len({request["connection"] for request in emulator.requests()}) == MANY


def test_a_hundred_calls_get_their_own_late_answers(emulator: Emulator, client: AsyncClient) -> None:
    emulator.script({"action": "pinterest", "delay_ms": 200, "times": MANY})

    async def main() -> None:
        await asyncio.gather(*(ask_async(client, asker) for asker in range(1, MANY + 1)))

    asyncio.run(main())
    assert emulator.record()["total"] == MANY
    assert emulator.record()["connections"] > 1


def test_the_event_loop_runs_on_while_a_call_waits(emulator: Emulator, client: AsyncClient) -> None:
    emulator.script({"action": "hang"})

    async def main() -> None:
        call = asyncio.ensure_future(client.oauth_token("client_credentials"))
        await until_unanswered(emulator, 1)
        await ask_async(client, 1)
        assert not call.done()
        call.cancel()

    asyncio.run(main())


def test_a_cancelled_call_closes_its_connection() -> None:
    with SilentServer() as server:
        client = AsyncClient(
            app_id="1", app_secret="s", base_url=server.base_url, trust_env=False, timeout=600
        )

        async def main() -> None:
            call = asyncio.ensure_future(client.oauth_token("client_credentials"))
            loop = asyncio.get_running_loop()
            assert await loop.run_in_executor(None, server.arrived.wait, LIMIT)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            assert await loop.run_in_executor(None, server.closed.wait, LIMIT)

        asyncio.run(main())


def test_a_cancelled_call_is_not_sent_again(emulator: Emulator, client: AsyncClient) -> None:
    emulator.script({"action": "hang"})

    async def main() -> None:
        call = asyncio.ensure_future(client.oauth_token("client_credentials"))
        await until_unanswered(emulator, 1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await ask_async(client, 1)

    asyncio.run(main())
    assert emulator.record()["total"] == 2


def test_wait_for_ends_a_call(emulator: Emulator, client: AsyncClient) -> None:
    emulator.script({"action": "hang"})

    async def main() -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(client.oauth_token("client_credentials"), 0.5)

    asyncio.run(main())


def test_errors_are_raised_where_the_call_is_awaited(emulator: Emulator, client: AsyncClient) -> None:
    async def main() -> None:
        wrong = client.oauth_token("nonsense")  # type: ignore[call-overload]
        unknown = client.oauth_token("client_credentials", foo=1)  # type: ignore[call-overload]
        refused = client.oauth_token("refresh_token", refresh_token="pinr.made-up")
        assert inspect.iscoroutine(wrong)
        with pytest.raises(InvalidArgumentError, match="grant_type"):
            await wrong
        with pytest.raises(InvalidArgumentError, match="foo"):
            await unknown
        with pytest.raises(InvalidGrantError):
            await refused

    asyncio.run(main())
    assert emulator.record()["total"] == 1


def test_a_call_that_nobody_awaits_sends_nothing_and_is_told(emulator: Emulator, client: AsyncClient) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        call = client.oauth_token("client_credentials")
        del call
    assert "AsyncClient.oauth_token" in str(told[0].message)
    assert emulator.record()["connections"] == 0


def test_what_sends_nothing_is_not_awaited(client: AsyncClient) -> None:
    page = client.authorize_url("http://localhost:8085/")
    assert client.redirect(f"?code=c&state={page.state}", state=page.state) == "c"


def test_one_client_serves_event_loops_in_many_threads(client: AsyncClient) -> None:
    wrong: list[BaseException] = []

    def work(asker: int) -> None:
        async def main() -> None:
            await asyncio.gather(*(ask_async(client, asker, turn) for turn in range(1, 21)))

        try:
            asyncio.run(main())
        except BaseException as problem:
            wrong.append(problem)

    threads = [threading.Thread(target=work, args=[asker]) for asker in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert wrong == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_process_ends_quietly_with_a_call_under_way(emulator: Emulator, ending: str) -> None:
    emulator.script({"action": "hang"})
    program = ENDING.format(ending=ENDINGS[ending])
    with subprocess.Popen(
        [sys.executable, "-c", program, emulator.base_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        wait_until(lambda: emulator.record()["total"] == 1)
        output = child.communicate(b"\n", timeout=LIMIT / 2)
    assert output == (b"", b"")
    assert child.returncode == 0
