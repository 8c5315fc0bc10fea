"""The emulator as Python sees it: a context manager that cleans up after itself."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from asking import LIMIT, ask, forked, succeeded, wait_until
from pinterest_oauth import Client, InvalidClientError, InvalidGrantError, ServerError, oauth_token
from pinterest_oauth.emulator import Emulator, EmulatorError

STARTED_AND_FORGOTTEN = """
import sys, time
from pinterest_oauth.emulator import Emulator
emulator = Emulator(tls=False).__enter__()
print(emulator.urls["control_url"], flush=True)
time.sleep(600)
"""


def listens(url: str) -> bool:
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname or "", address.port or 0), timeout=LIMIT).close()
    except ConnectionRefusedError:
        return False
    return True


def test_it_says_where_it_is_and_ends_with_the_block() -> None:
    with Emulator() as emulator:
        url, ca_file = emulator.base_url, emulator.ca_file
        assert url.startswith("http://127.0.0.1:")
        assert (emulator.https_base_url or "").startswith("https://localhost:")
        assert emulator.oauth_url and emulator.app_id and emulator.app_secret
        assert ca_file and Path(ca_file).is_file()
        assert listens(url)
    assert not listens(url)
    assert not Path(ca_file).exists()


def test_it_ends_with_a_block_that_fails() -> None:
    with pytest.raises(LookupError), Emulator(tls=False) as emulator:
        raise LookupError
    assert not listens(emulator.base_url)


def test_it_works_without_tls() -> None:
    with Emulator(tls=False) as emulator:
        assert emulator.https_base_url is None
        assert emulator.ca_file is None
        ask(Client(**emulator.settings()), 1, 1)


def test_it_starts_with_the_switches_it_is_given() -> None:
    address = "https://own.example/callback"
    with Emulator(tls=False, redirect_uris=[address], rotation="strict", deny=True) as emulator:
        assert emulator.switches()["rotation"] == "strict"
        assert emulator.switches(deny=False)["deny"] is False
        assert emulator.authorize(redirect_uri=address, state="s t")["redirect"].startswith(address)


def test_a_switch_that_does_not_exist_is_an_error(emulator: Emulator) -> None:
    with pytest.raises(EmulatorError, match="rotatoin"), Emulator(tls=False, rotatoin="strict"):
        pass
    with pytest.raises(EmulatorError, match="rotatoin"):
        emulator.switches(rotatoin="strict")


def test_answers_can_be_scripted_and_requests_read(emulator: Emulator, client: Client) -> None:
    emulator.script({"status": 503}, {"status": 401, "body_json": {"code": 2, "message": "no"}})
    with pytest.raises(ServerError):
        client.oauth_token("client_credentials")
    with pytest.raises(InvalidClientError):
        client.oauth_token("client_credentials")
    assert client.oauth_token("client_credentials", scope="pins:read")
    assert [request["answered"] for request in emulator.requests()] == [503, 401, 200]
    emulator.clear()
    assert emulator.requests() == []


def test_its_clock_can_be_moved(emulator: Emulator, client: Client) -> None:
    code = emulator.authorize(scope="pins:read")["code"]
    token = client.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")
    emulator.advance(61 * 86400)
    with pytest.raises(InvalidGrantError):
        client.refresh(token)


def test_it_serves_the_call_without_a_client(emulator: Emulator) -> None:
    settings = emulator.settings(https=True)
    assert oauth_token("client_credentials", scope="pins:read", **settings).scopes == ("pins:read",)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_a_forked_child_leaves_it_to_the_parent() -> None:
    with Emulator(tls=False) as emulator:
        succeeded(forked(lambda: emulator.__exit__(None, None, None)))
        assert listens(emulator.base_url)


@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_it_ends_when_the_process_that_started_it_dies() -> None:
    with subprocess.Popen([sys.executable, "-c", STARTED_AND_FORGOTTEN], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        url = child.stdout.readline().decode().strip()
        assert listens(url)
        child.send_signal(signal.SIGKILL)
        child.wait(LIMIT)
        wait_until(lambda: not listens(url))
