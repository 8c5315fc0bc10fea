"""The fixture `pinterest_emulator`, for every pytest where this package is installed.

    def test_login(pinterest_emulator, monkeypatch):
        for name, value in pinterest_emulator.environment().items():
            monkeypatch.setenv(name, value)

It is started by the first test that names it, is as at its start for each test, and ends with the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .emulator import Emulator


@pytest.fixture(scope="session")
def _pinterest_emulator() -> Iterator[Emulator]:
    from .emulator import Emulator

    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def pinterest_emulator(_pinterest_emulator: Emulator) -> Emulator:
    """Pinterest's OAuth server on this machine, as at its start (pinterest_oauth.emulator.Emulator)."""
    _pinterest_emulator.reset()
    return _pinterest_emulator
