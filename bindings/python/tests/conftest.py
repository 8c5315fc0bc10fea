"""What every test has: an environment that says nothing, one emulator, and a client for it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

from login_place import Place, free_port
from pinterest_oauth import Client
from pinterest_oauth.emulator import Emulator
from world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Seconds; longer than faulthandler_timeout in pyproject.toml.
HANGING = 150
LOCALHOST_OR_NUMBER = ["http 127.0.0.1", "http localhost", "https localhost", "https 127.0.0.1"]


@pytest.fixture(autouse=True, scope="session")
def quiet_environment() -> None:
    """Nothing that a client would read from the environment reaches a test."""
    for name in list(os.environ):
        upper = name.upper()
        if upper.startswith(("PINTEREST_", "SSL_CERT_")) or upper.endswith("_PROXY"):
            del os.environ[name]
    for name in ("REQUEST_METHOD", "RUST_BACKTRACE"):
        os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def limit() -> Iterator[None]:
    """A test that hangs where no exception reaches ends the run; its tracebacks are printed before."""
    if hasattr(signal, "alarm"):
        signal.alarm(HANGING)
    yield
    if hasattr(signal, "alarm"):
        signal.alarm(0)


@pytest.fixture(scope="session")
def running(quiet_environment: None) -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(running: Emulator) -> Emulator:
    """The emulator as at its start."""
    running.reset()
    return running


@pytest.fixture
def client(emulator: Emulator) -> Client:
    return Client(**emulator.settings())


@pytest.fixture
def world(emulator: Emulator, tmp_path: Path) -> World:
    """The emulator, a folder for tokens, and a clock that moves both."""
    return World(emulator, tmp_path)


@pytest.fixture(scope="module")
def page_and_emulator(quiet_environment: None) -> Iterator[tuple[str, Emulator]]:
    page = f"http://localhost:{free_port()}/"
    with Emulator(redirect_uris=[page]) as emulator:
        yield page, emulator


@pytest.fixture
def place(page_and_emulator: tuple[str, Emulator], tmp_path: Path) -> Place:
    page, emulator = page_and_emulator
    emulator.reset()
    place = Place(emulator, tmp_path)
    place.page = page
    return place


@pytest.fixture(params=LOCALHOST_OR_NUMBER)
def settings(request: pytest.FixtureRequest, emulator: Emulator) -> dict[str, Any]:
    """Settings for the emulator over http and https, by name and by number."""
    scheme, host = request.param.split()
    settings = emulator.settings(https=scheme == "https")
    for other in ("localhost", "127.0.0.1"):
        settings["base_url"] = settings["base_url"].replace(f"//{other}:", f"//{host}:")
    return settings
