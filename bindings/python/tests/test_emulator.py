"""The emulator as Python sees it: a context manager that cleans up after itself."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest

from asking import LIMIT, ask, forked, succeeded, wait_until
from pinterest_oauth import (
    AccessDeniedError,
    Client,
    InvalidClientError,
    InvalidGrantError,
    ServerError,
    TokenManager,
    oauth_token,
    types,
)
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
        assert emulator.https_base_url.startswith("https://localhost:")
        assert emulator.oauth_url and emulator.app_id and emulator.app_secret
        assert Path(ca_file).is_file()
        assert listens(url)
    assert not listens(url)
    assert not Path(ca_file).exists()


def test_it_ends_with_a_block_that_fails() -> None:
    with pytest.raises(LookupError), Emulator(tls=False) as emulator:
        raise LookupError
    assert not listens(emulator.base_url)


def test_it_works_without_tls() -> None:
    with Emulator(tls=False) as emulator:
        ask(Client(**emulator.settings()), 1, 1)


ASKS: dict[str, Callable[[Emulator], object]] = {
    "https_base_url": lambda emulator: emulator.https_base_url,
    "ca_file": lambda emulator: emulator.ca_file,
    "settings": lambda emulator: emulator.settings(https=True),
    "environment": lambda emulator: emulator.environment(https=True),
}


@pytest.mark.parametrize("ask_for", ASKS.values(), ids=ASKS.keys())
def test_what_it_has_not_is_an_error_and_never_none(ask_for: Callable[[Emulator], object]) -> None:
    with Emulator(tls=False) as emulator:
        with pytest.raises(EmulatorError, match="tls=False"):
            ask_for(emulator)
        assert None not in {**emulator.urls, **emulator.settings(), **emulator.environment()}.values()


def test_before_it_runs_it_has_nothing() -> None:
    emulator = Emulator()
    names = [name for name, member in vars(Emulator).items() if isinstance(member, property)]
    assert {"base_url", "app_id", "app_secret", "oauth_url", "control_url"} < set(names)
    for name in names:
        with pytest.raises(EmulatorError, match="with"):
            getattr(emulator, name)
    for asked in (emulator.settings, emulator.environment, emulator.requests, emulator.reset):
        with pytest.raises(EmulatorError, match="with"):
            asked()


def test_after_its_end_it_says_that_it_does_not_answer() -> None:
    with Emulator(tls=False) as emulator:
        pass
    with pytest.raises(EmulatorError, match="does not answer"):
        emulator.requests()


@pytest.mark.parametrize("https", [False, True])
def test_its_environment_leads_another_process_to_it(emulator: Emulator, https: bool) -> None:
    environment = emulator.environment(https=https)
    assert ("SSL_CERT_FILE" in environment) is https
    program = "import pinterest_oauth as p; print(p.Client().oauth_token('client_credentials').scope)"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        env={**os.environ, **environment},
    )
    assert "pins:read" in ran.stdout, ran.stderr
    (request,) = emulator.requests()
    assert request["listener"] == ("https" if https else "http")


def test_the_user_may_refuse(emulator: Emulator) -> None:
    answer = emulator.authorize(state="own", deny=True)
    assert "code" not in answer
    with pytest.raises(AccessDeniedError):
        Client.redirect(answer["redirect"], state="own")
    assert emulator.authorize(state="own")["code"]


def test_there_may_be_several_users_whose_requests_are_counted(emulator: Emulator, client: Client) -> None:
    for user in ("ann", "bob", "ann"):
        code = emulator.authorize(user=user)["code"]
        client.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")
    accounts = emulator.counts()["accounts"]
    assert {user: counts["authorization_code"] for user, counts in accounts.items()} == {"ann": 2, "bob": 1}


def test_the_types_are_those_of_the_command(emulator: Emulator) -> None:
    overview = emulator._control("GET", "/overview")
    assert list(get_args(types.FaultName)) == [fault["name"] for fault in overview["faults"]]
    with pytest.raises(EmulatorError) as raised:
        emulator.script({"stauts": 503})  # type: ignore[arg-type]
    known = re.findall("`(.*?)`", str(raised.value))[1:]
    assert list(types.Fault.__annotations__) == ["fault", *known]
    switches = {switch["name"]: switch["choices"] for switch in overview["switches"]}
    written = {name: one.__forward_arg__ for name, one in types.Switches.__annotations__.items()}
    assert list(written) == list(switches) == list(emulator.switches())
    for name, choices in switches.items():
        if choices and choices != [False, True]:
            assert written[name] == f"Literal{choices}"
        else:
            assert (written[name] == "bool") is bool(choices), name


@pytest.mark.parametrize("name", get_args(types.FaultName))
def test_faults_have_names(emulator: Emulator, name: types.FaultName) -> None:
    emulator.script(name, {"fault": name, "times": 2})
    assert emulator.record()["script_left"] == 3


def test_it_starts_with_the_switches_it_is_given() -> None:
    address = "https://own.example/callback"
    with Emulator(tls=False, redirect_uris=[address], rotation="strict", deny=True) as emulator:
        assert emulator.switches()["rotation"] == "strict"
        assert emulator.switches(deny=False)["deny"] is False
        assert emulator.authorize(redirect_uri=address, state="s t")["redirect"].startswith(address)


def test_a_switch_that_does_not_exist_is_an_error(emulator: Emulator) -> None:
    with pytest.raises(EmulatorError, match="rotatoin"), Emulator(tls=False, rotatoin="strict"):  # type: ignore[call-arg]
        pass
    with pytest.raises(EmulatorError, match="rotatoin"):
        emulator.switches(rotatoin="strict")  # type: ignore[call-arg]


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


def test_the_clock_of_a_token_manager_moves_with_its_own(tmp_path: Path) -> None:
    with Emulator(tls=False) as emulator:
        settings = {**emulator.settings(), "store": tmp_path / "tokens"}
        account = TokenManager(**settings, clock_offset_file=emulator.clock_file).account()
        account.login(emulator.authorize()["code"], "http://localhost:8085/")
        first = account.access_token()
        emulator.advance(31 * 86400)
        second = account.access_token()
        emulator.reset()
        assert first != second
        assert Path(emulator.clock_file).read_text(encoding="ascii") == "0\n"


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
