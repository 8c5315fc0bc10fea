"""Processes that fork: every answer belongs to its asker, nobody hangs, the parent goes on."""

from __future__ import annotations

import asyncio
import os
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from asking import LIMIT, ask, ask_async, askers_by_connection, forked, succeeded, wait_until
from pinterest_oauth import AsyncClient, Client

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pinterest_oauth.emulator import Emulator

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")

CHILDREN = 4


def all_at_once(works: Sequence[Callable[[], None]], own: Callable[[], None]) -> None:
    """Children that start together, and the parent with them."""
    waiting, start = os.pipe()

    def after_the_start(work: Callable[[], None]) -> None:
        os.close(start)
        os.read(waiting, 1)
        work()

    children = [forked(partial(after_the_start, work)) for work in works]
    os.close(start)
    own()
    os.close(waiting)
    succeeded(*children)


def test_a_client_used_before_the_fork_serves_parent_and_children_at_once(
    emulator: Emulator, settings: dict[str, Any]
) -> None:
    client = Client(**settings)
    ask(client, 100, 3)
    works = [partial(ask, client, asker, 20) for asker in range(1, CHILDREN + 1)]
    all_at_once(works, partial(ask, client, 100, 20))
    ask(client, 100, 3)
    assert [askers for askers in askers_by_connection(emulator).values() if len(askers) > 1] == []
    assert emulator.record()["total"] == 26 + 20 * CHILDREN


def test_a_client_not_used_before_the_fork_serves_all_as_well(settings: dict[str, Any]) -> None:
    client = Client(**settings)
    works = [partial(ask, client, asker, 5) for asker in range(1, CHILDREN + 1)]
    all_at_once(works, partial(ask, client, 100, 5))


def test_a_call_in_another_thread_survives_the_fork_and_so_do_the_children(
    emulator: Emulator, settings: dict[str, Any]
) -> None:
    client = Client(**{**settings, "timeout": LIMIT})
    ask(client, 100, 1)
    emulator.script({"action": "pinterest", "delay_ms": 1500})
    wrong: list[BaseException] = []

    def slow() -> None:
        try:
            ask(client, 101, 1)
        except BaseException as problem:
            wrong.append(problem)

    thread = threading.Thread(target=slow)
    thread.start()
    wait_until(lambda: emulator.record()["total"] == 2)
    works = [partial(ask, client, asker, 5) for asker in range(1, CHILDREN + 1)]
    all_at_once(works, partial(ask, client, 100, 5))
    thread.join(LIMIT)
    assert wrong == []
    assert emulator.record()["total"] == 2 + 5 + 5 * CHILDREN


def test_children_have_children(settings: dict[str, Any]) -> None:
    client = Client(**settings)

    def family(depth: int) -> None:
        ask(client, depth, 3)
        if depth > 1:
            child = forked(lambda: family(depth - 1))
            ask(client, depth, 3)
            succeeded(child)
        ask(client, depth, 3)

    family(4)


def test_a_child_awaits_calls_while_the_parents_are_under_way(
    emulator: Emulator, settings: dict[str, Any]
) -> None:
    client = AsyncClient(**{**settings, "timeout": LIMIT})
    emulator.script({"action": "pinterest", "delay_ms": 1500, "times": 5})
    wrong: list[BaseException] = []

    async def many(asker: int) -> None:
        await asyncio.gather(*(ask_async(client, asker, turn) for turn in range(1, 6)))

    def await_many(asker: int) -> None:
        asyncio.run(many(asker))

    def slow() -> None:
        try:
            await_many(100)
        except BaseException as problem:
            wrong.append(problem)

    thread = threading.Thread(target=slow)
    thread.start()
    wait_until(lambda: emulator.record()["total"] == 5)
    succeeded(*(forked(partial(await_many, asker)) for asker in (1, 2)))
    thread.join(LIMIT)
    assert wrong == []
    await_many(100)


def test_threads_fork_while_others_call(client: Client) -> None:
    wrong: list[BaseException] = []

    def work(asker: int) -> None:
        try:
            for _ in range(3):
                child = forked(partial(ask, client, asker + 50, 3))
                ask(client, asker, 10)
                succeeded(child)
        except BaseException as problem:
            wrong.append(problem)

    threads = [threading.Thread(target=work, args=[asker]) for asker in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert wrong == []
