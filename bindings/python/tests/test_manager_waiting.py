"""What the rest of the process may do while a refresh is under way: interrupt, fork, end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

import pinterest_oauth
import pool_work
from asking import LIMIT, forked, succeeded, wait_until
from pinterest_oauth import Account, CallCancelledError
from world import DAY, World

if TYPE_CHECKING:
    from types import FrameType

SLOW: Any = {"action": "pinterest", "delay_ms": 1000}
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")

WAITING = """
import signal, sys, time
from pinterest_oauth import TokenManager
# As at a terminal: what runs in the background may have inherited that it is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
account = TokenManager(store=sys.argv[1], clock_offset_file=sys.argv[2]).account("shop-42")
try:
    account.access_token()
except KeyboardInterrupt:
    print("interrupted", account.access_token_now(), flush=True)
"""


def child(world: World, program: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-X", "dev", "-c", program, str(world.folder / "tokens"), str(world.clock)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=world.environment)


def test_ctrl_c_ends_the_wait_at_once_and_the_token_is_stored(world: World) -> None:
    account = world.logged_in()
    old = account.access_token()
    world.passes(31 * DAY)
    world.emulator.script(SLOW)
    with child(world, WAITING) as process:
        wait_until(lambda: world.emulator.record()["total"] == 2)
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=LIMIT / 2)
    # No token was there when the wait ended, and the process ended after it was stored.
    assert output == (b"interrupted None\n", b"")
    assert process.returncode == 0
    assert account.export().access_token != old
    assert world.refreshes() == 1


def test_a_second_ctrl_c_ends_the_process(world: World) -> None:
    world.logged_in()
    world.passes(31 * DAY)
    world.emulator.script({"action": "hang"})
    with child(world, WAITING) as process:
        wait_until(lambda: world.emulator.record()["total"] == 2)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == b"interrupted None\n"
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            time.sleep(0.1)
        said = process.stderr.read()
    # The wait at the end is what was interrupted.
    assert b"KeyboardInterrupt" in said and b"atexit" in said


def test_a_signal_handler_that_raises_ends_the_wait_with_its_exception(world: World) -> None:
    def handler(number: int, frame: FrameType | None) -> None:
        raise LookupError(number)

    account = world.logged_in()
    old = account.access_token()
    world.passes(31 * DAY)
    world.emulator.script(SLOW)
    before = signal.signal(signal.SIGUSR1, handler)
    try:
        sender = threading.Thread(target=send_when_arrived, args=[world, signal.SIGUSR1])
        sender.start()
        with pytest.raises(LookupError):
            account.access_token()
        sender.join()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert pinterest_oauth.finish(LIMIT)
    assert account.access_token_now() not in (None, old)
    assert world.refreshes() == 1


def test_finish_waits_no_longer_than_it_is_told_to(world: World) -> None:
    account = world.logged_in()
    world.passes(31 * DAY)
    world.emulator.script(SLOW)
    thread = threading.Thread(target=account.access_token)
    thread.start()
    wait_until(lambda: world.emulator.record()["total"] == 2)
    assert pinterest_oauth.finish(0.01) is False
    assert pinterest_oauth.finish(LIMIT) is True
    thread.join(LIMIT)


def send_when_arrived(world: World, number: signal.Signals) -> None:
    wait_until(lambda: world.emulator.record()["total"] == 2)
    os.kill(os.getpid(), number)


@needs_fork
def test_a_signal_handler_that_forks_leaves_the_refresh_to_the_parent(world: World) -> None:
    parent = os.getpid()
    children: list[int] = []

    def handler(number: int, frame: FrameType | None) -> None:
        child = os.fork()
        if child:
            children.append(child)
        else:
            signal.alarm(LIMIT)

    account = world.logged_in()
    old = account.access_token()
    world.passes(31 * DAY)
    world.emulator.script({"action": "pinterest", "delay_ms": 2000})
    before = signal.signal(signal.SIGUSR1, handler)
    try:
        threading.Thread(target=send_when_arrived, args=[world, signal.SIGUSR1]).start()
        try:
            new = account.access_token()
        except CallCancelledError:
            if os.getpid() == parent:
                raise
            code = 1
            try:
                code = 0 if account.access_token() != old else 2
            finally:
                os._exit(code)
        if os.getpid() != parent:
            os._exit(3)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert new != old
    assert len(children) == 1
    succeeded(*children)
    assert world.refreshes() == 1


def same(account: Account, token: str) -> None:
    assert account.access_token() == token


@needs_fork
def test_an_account_made_before_the_fork_serves_parent_and_children(world: World) -> None:
    account = world.logged_in()
    token = account.access_token()
    succeeded(*(forked(partial(same, account, token)) for _ in range(4)))
    world.passes(31 * DAY)
    tokens = world.folder / "got"
    tokens.mkdir()

    def get(number: int) -> None:
        (tokens / str(number)).write_text(account.access_token())

    children = [forked(partial(get, number)) for number in range(4)]
    new = account.access_token()
    succeeded(*children)
    assert {file.read_text() for file in tokens.iterdir()} == {new}
    assert new != token
    assert world.refreshes() == 1


@needs_fork
def test_a_refresh_in_another_thread_survives_the_fork_and_so_do_the_children(world: World) -> None:
    account = world.logged_in()
    old = account.access_token()
    world.passes(31 * DAY)
    world.emulator.script({"action": "pinterest", "delay_ms": 1500})
    got: list[str] = []
    thread = threading.Thread(target=lambda: got.append(account.access_token()))
    thread.start()
    wait_until(lambda: world.emulator.record()["total"] == 2)

    def work() -> None:
        assert account.access_token() != old
        assert pinterest_oauth.finish(LIMIT)

    succeeded(*(forked(work) for _ in range(3)))
    thread.join(LIMIT)
    assert got == [account.access_token()]
    assert world.refreshes() == 1


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_pool_gets_one_token(world: World, method: str) -> None:
    old = world.logged_in().access_token()
    world.passes(31 * DAY)
    context = multiprocessing.get_context(method)
    with context.Pool(3, initializer=pool_work.open_store, initargs=[world.settings]) as pool:
        got = set(pool.map_async(pool_work.access_token, range(12), chunksize=1).get(LIMIT))
    assert len(got) == 1 and old not in got
    assert world.refreshes() == 1


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_child_of_multiprocessing_that_is_interrupted_stores_the_token(world: World, method: str) -> None:
    account = world.logged_in()
    old = account.access_token()
    world.passes(31 * DAY)
    world.emulator.script(SLOW)
    context: Any = multiprocessing.get_context(method)
    process = context.Process(target=pool_work.interrupted, args=[world.settings])
    process.start()
    wait_until(lambda: world.emulator.record()["total"] == 2)
    os.kill(process.pid, signal.SIGINT)
    process.join(LIMIT)
    assert process.exitcode == 0
    assert account.export().access_token != old
    assert world.refreshes() == 1


def test_threads_forks_and_a_cache_that_ages(world: World) -> None:
    account = world.logged_in()
    token = account.access_token()
    wrong: list[BaseException] = []
    stop = threading.Event()

    def work() -> None:
        try:
            while not stop.is_set():
                assert account.access_token() == account.access_token_now() == token
        except BaseException as problem:
            wrong.append(problem)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(5):
            world.passes(61)
            if hasattr(os, "fork"):
                succeeded(forked(partial(same, account, token)))
    finally:
        stop.set()
    for thread in threads:
        thread.join(LIMIT)
    assert wrong == []
    assert world.refreshes() == 0
