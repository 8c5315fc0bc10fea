"""The command that the wheel brings along. What it does is tested where it is made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pinterest_oauth
from asking import wait_until

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

SCRIPT = str(Path(sys.executable).with_name("pinterest-oauth"))


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("command", [[SCRIPT], [sys.executable, "-m", "pinterest_oauth"]])
def test_it_is_there_under_both_names(command: list[str]) -> None:
    ran = run(*command, "--version")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert pinterest_oauth.__version__ in ran.stdout


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
@pytest.mark.parametrize("closed", ["0", "1", "2", "0 1", "0 1 2"])
def test_no_connection_gets_the_number_of_a_closed_stream(emulator: Emulator, closed: str) -> None:
    """Or what is printed would go into it."""
    emulator.script({"action": "hang"})
    closes = " ".join(f"{number}>&-" for number in closed.split())
    command = f"exec '{sys.executable}' -m pinterest_oauth token client_credentials {closes}"
    environment = {**os.environ, **emulator.environment()}
    with subprocess.Popen(["sh", "-c", command], env=environment) as child:
        wait_until(lambda: emulator.record()["total"] == 1)
        streams = [str(Path(f"/proc/{child.pid}/fd/{number}").readlink()) for number in closed.split()]
        child.kill()
    # A token must not vanish in silence: what cannot be written is told.
    assert streams == ["/dev/full" if number == "1" else "/dev/null" for number in closed.split()]


def test_its_exit_status_is_the_kind_of_error() -> None:
    assert run(SCRIPT, "token", "--no-such-option").returncode == 2


def test_it_gets_a_token(emulator: Emulator) -> None:
    ran = run(
        SCRIPT,
        "token",
        "client_credentials",
        PINTEREST_APP_ID=emulator.app_id,
        PINTEREST_APP_SECRET=emulator.app_secret,
        PINTEREST_API_URI=emulator.base_url,
    )
    assert ran.returncode == 0, ran.stderr
    assert emulator.app_secret not in ran.stdout + ran.stderr
