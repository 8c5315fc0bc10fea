"""What the rest of the process may do while a call waits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from asking import LIMIT, ask, forked, succeeded, wait_until
from local_server import LocalServer
from pinterest_oauth import CallCancelledError, Client, Token

if TYPE_CHECKING:
    from types import FrameType

    from pinterest_oauth.emulator import Emulator

WAITING = """
import signal, sys
from pinterest_oauth import Client
# As at a terminal: what runs in the background may have inherited that it is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
client = Client(app_id="1", app_secret="s", base_url=sys.argv[1], trust_env=False, timeout=600)
try:
    client.oauth_token("client_credentials")
except KeyboardInterrupt:
    print("interrupted")
"""

DAEMON = """
import sys, threading
from pinterest_oauth import Client
client = Client(app_id="1", app_secret="s", base_url=sys.argv[1], trust_env=False, timeout=600)
threading.Thread(target=client.oauth_token, args=["client_credentials"], daemon=True).start()
sys.stdin.readline()
"""


def test_another_thread_ticks_and_even_answers_the_call() -> None:
    with LocalServer() as server:
        server.release.set()
        client = Client(app_id="1", app_secret="s", base_url=server.base_url, trust_env=False, timeout=LIMIT)
        assert client.oauth_token("client_credentials").access_token == "pina_local"
        assert server.ticks == 1000


def test_threads_share_one_client_and_get_their_own_answers(client: Client) -> None:
    wrong: list[BaseException] = []

    def work(asker: int) -> None:
        try:
            ask(client, asker, 25)
        except BaseException as problem:
            wrong.append(problem)

    threads = [threading.Thread(target=work, args=[asker]) for asker in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert wrong == []


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_ctrl_c_ends_a_waiting_call(emulator: Emulator) -> None:
    emulator.script({"action": "hang"})
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, emulator.base_url], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        wait_until(lambda: emulator.record()["total"] == 1)
        child.send_signal(signal.SIGINT)
        # The answer would never come: only the signal can end this.
        output = child.communicate(timeout=LIMIT / 2)
    assert output == (b"interrupted\n", b"")
    assert child.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_a_signal_handler_that_raises_ends_the_call_with_its_exception(emulator: Emulator) -> None:
    def handler(number: int, frame: FrameType | None) -> None:
        raise LookupError(number)

    emulator.script({"action": "hang"})
    client = Client(**{**emulator.settings(), "timeout": LIMIT})
    before = signal.signal(signal.SIGUSR1, handler)
    try:
        sender = threading.Thread(target=send_when_arrived, args=[emulator, signal.SIGUSR1])
        sender.start()
        with pytest.raises(LookupError):
            client.oauth_token("client_credentials")
        sender.join()
    finally:
        signal.signal(signal.SIGUSR1, before)
    ask(client, 1, 2)
    assert emulator.record()["total"] == 3


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_a_token_that_comes_with_a_signal_is_not_lost() -> None:
    def handler(number: int, frame: FrameType | None) -> None:
        raise LookupError(number)

    def once() -> object:
        """One call, whose answer comes right after a signal; which of them is seen first is open."""
        with LocalServer() as server:

            def send() -> None:
                server.arrived.wait(LIMIT)
                os.kill(os.getpid(), signal.SIGUSR1)
                os.read(noted, 1)
                server.release.set()

            client = Client(app_id="1", app_secret="s", base_url=server.base_url, trust_env=False)
            threading.Thread(target=send).start()
            with pytest.raises(LookupError) as raised:
                client.oauth_token("client_credentials")
            return getattr(raised.value, "pinterest_token", None)

    noted, note = os.pipe()  # Python writes there that it has got the signal
    os.set_blocking(note, False)
    before, wakeup = signal.signal(signal.SIGUSR1, handler), signal.set_wakeup_fd(note)
    try:
        token = next(filter(None, (once() for _ in range(50))), None)
    finally:
        signal.set_wakeup_fd(wakeup)
        signal.signal(signal.SIGUSR1, before)
        os.close(noted)
        os.close(note)
    assert isinstance(token, Token)
    assert token.access_token == "pina_local"


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_a_signal_handler_that_returns_lets_the_call_go_on() -> None:
    heard: list[int] = []
    with LocalServer() as server:
        client = Client(app_id="1", app_secret="s", base_url=server.base_url, trust_env=False, timeout=LIMIT)

        def handler(number: int, frame: FrameType | None) -> None:
            heard.append(number)
            server.release.set()

        def send() -> None:
            server.arrived.wait(LIMIT)
            os.kill(os.getpid(), signal.SIGUSR1)

        before = signal.signal(signal.SIGUSR1, handler)
        try:
            threading.Thread(target=send).start()
            assert client.oauth_token("client_credentials").access_token == "pina_local"
        finally:
            signal.signal(signal.SIGUSR1, before)
    assert heard == [signal.SIGUSR1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_a_signal_handler_that_forks_leaves_the_call_to_the_parent(emulator: Emulator) -> None:
    parent = os.getpid()
    children: list[int] = []

    def handler(number: int, frame: FrameType | None) -> None:
        child = os.fork()
        if child:
            children.append(child)
        else:
            signal.alarm(LIMIT)

    emulator.script({"action": "pinterest", "delay_ms": 2000})
    client = Client(**{**emulator.settings(), "timeout": LIMIT})
    before = signal.signal(signal.SIGUSR1, handler)
    try:
        threading.Thread(target=send_when_arrived, args=[emulator, signal.SIGUSR1]).start()
        try:
            ask(client, 1, 1)
        except CallCancelledError:
            if os.getpid() == parent:
                raise
            code = 1
            try:
                ask(client, 2, 5)
                code = 0
            finally:
                os._exit(code)
        if os.getpid() != parent:
            os._exit(2)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert len(children) == 1
    succeeded(*children)


def send_when_arrived(emulator: Emulator, number: signal.Signals) -> None:
    wait_until(lambda: emulator.record()["total"] == 1)
    os.kill(os.getpid(), number)


def test_a_process_ends_although_a_daemon_thread_still_waits(emulator: Emulator) -> None:
    emulator.script({"action": "hang"})
    with subprocess.Popen(
        [sys.executable, "-X", "dev", "-c", DAEMON, emulator.base_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        wait_until(lambda: emulator.record()["total"] == 1)
        output = child.communicate(b"\n", timeout=LIMIT / 2)
    assert output == (b"", b"")
    assert child.returncode == 0


def test_a_child_that_is_only_forked_and_ends_disturbs_nobody(client: Client) -> None:
    ask(client, 1, 2)
    succeeded(forked(lambda: None), forked(lambda: None))
    ask(client, 2, 2)
