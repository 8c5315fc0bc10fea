"""multiprocessing, in each of its ways to start a process."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Any

import pytest

import pool_work

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

ASKERS = list(range(1, 13))


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_pool_makes_calls_with_clients_of_its_own(
    emulator: Emulator, settings: dict[str, Any], method: str
) -> None:
    context = multiprocessing.get_context(method)
    with context.Pool(3, initializer=pool_work.connect, initargs=[settings]) as pool:
        assert pool.map_async(pool_work.work, ASKERS, chunksize=1).get(60) == ASKERS


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork")
def test_a_forked_pool_uses_the_client_of_its_parent(emulator: Emulator, settings: dict[str, Any]) -> None:
    pool_work.connect(settings)
    pool_work.work(100)
    with multiprocessing.get_context("fork").Pool(3) as pool:
        answer = pool.map_async(pool_work.work, ASKERS, chunksize=1)
        pool_work.work(100)
        assert answer.get(60) == ASKERS
