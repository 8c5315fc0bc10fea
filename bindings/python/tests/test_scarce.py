"""Where the host has little: no free descriptors or threads, or none of 0 to 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="of POSIX")

# Writes how each of these ended into the file that is named: what was raised, or None.
PROGRAM = """
import asyncio, json, os, sys
import pinterest_oauth
from pinterest_oauth import AsyncClient, Client, Token
from pinterest_oauth.emulator import Emulator, EmulatorError
file, address, app_id, app_secret, more = sys.argv[1:]
settings = dict(app_id=app_id, app_secret=app_secret, base_url=address, trust_env=False)
token = Token.from_dict(dict(access_token="a", new=1))
loop, ended = asyncio.new_event_loop(), {{}}

def emulated():
    with Emulator(tls=False) as emulator:
        Client(**emulator.settings()).oauth_token("client_credentials")

def tried(name, call):
    try:
        ended[name] = call() and None
    except pinterest_oauth.PinterestOAuthError as error:
        ended[name] = f"{{error.kind}}, {{error.outcome}}"
    except EmulatorError as error:
        ended[name] = "EmulatorError"

def all_of_them():
    tried("client", lambda: Client(**settings).oauth_token("client_credentials"))
    tried("async", lambda: loop.run_until_complete(AsyncClient(**settings).oauth_token("client_credentials")))
    tried("function", lambda: pinterest_oauth.oauth_token("client_credentials", **settings))
    tried("token", lambda: (token.extra, token.to_dict(), Token.from_json(token.to_json())))
    tried("emulator", emulated)

with open(file, "w") as results:
{scarce}
    all_of_them()
    results.write(json.dumps(ended))
"""
NO_DESCRIPTORS = """
    import resource
    from concurrent.futures import thread  # what others import while they may
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) - 1 + int(more), hard))
    all_of_them()
    results.write(json.dumps(ended) + "\\n")
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
"""
NO_THREADS = """
    import resource
    if os.getuid() == 0:  # whom no limit binds
        os.setgroups([]); os.setgid(65534); os.setuid(65534)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
"""
CLOSED = """
    for number in map(int, more.split()):
        os.close(number)
"""
FINE = {"client": None, "async": None, "function": None, "token": None, "emulator": None}


def run(tmp_path: Path, emulator: Emulator, scarce: str, more: str = "") -> list[dict[str, str | None]]:
    """How everything ended in such a host, in which nothing else was said."""
    file = tmp_path / "ended"
    program = PROGRAM.format(scarce=scarce)
    given = [str(file), emulator.base_url, emulator.app_id, emulator.app_secret, more]
    command = [sys.executable, "-X", "dev", "-W", "ignore::ResourceWarning", "-c", program, *given]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.mark.parametrize("more", range(8))
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_without_free_descriptors_an_error_is_raised_and_later_all_is_well(
    tmp_path: Path, emulator: Emulator, more: int
) -> None:
    scarce, later = run(tmp_path, emulator, NO_DESCRIPTORS, str(more))
    assert scarce["token"] is None
    assert scarce["emulator"] == "EmulatorError"
    assert later == FINE
    for way in ("client", "async", "function"):
        assert scarce[way] == "connect, not_sent" or (more >= 3 and scarce[way] is None)


def test_without_threads_a_blocking_call_is_made_and_an_async_one_is_refused(
    tmp_path: Path, emulator: Emulator
) -> None:
    (ended,) = run(tmp_path, emulator, NO_THREADS)
    assert (ended["client"], ended["function"], ended["token"]) == (None, None, None)
    assert ended["async"] == "connect, not_sent"
    assert ended["emulator"] == "EmulatorError"


@pytest.mark.parametrize("closed", ["0", "1", "2", "0 1", "1 2", "0 2", "0 1 2"])
def test_with_closed_standard_descriptors_everything_works(
    tmp_path: Path, emulator: Emulator, closed: str
) -> None:
    assert run(tmp_path, emulator, CLOSED, closed) == [FINE]


ACCOUNT = """
import asyncio, os, resource, sys
import pinterest_oauth, pinterest_oauth._reports
from pinterest_oauth import AsyncTokenManager, TokenManager
if os.getuid() == 0:  # whom no limit binds
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
store, address, app_id, app_secret, code = sys.argv[1:]
settings = dict(app_id=app_id, app_secret=app_secret, base_url=address, trust_env=False, store=store)
account, loop = TokenManager(**settings).account(), asyncio.new_event_loop()
theirs = AsyncTokenManager(**settings).account()
resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
token = account.login(code, "http://localhost:8085/")
assert account.access_token() == token.access_token == loop.run_until_complete(theirs.access_token())
new = account.refresh(force=True)
assert new.access_token != token.access_token and account.status().generation == 2
try:
    loop.run_until_complete(theirs.refresh(force=True))
except pinterest_oauth.InternalError as error:
    assert "no thread" in str(error)
assert account.access_token() == new.access_token and pinterest_oauth.finish()
print("done")
"""


def test_without_threads_a_caller_that_waits_does_the_work_itself(emulator: Emulator) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if os.getuid() == 0:
            os.chown(folder, 65534, 65534)
        code = emulator.authorize()["code"]
        given = [f"{folder}/tokens", emulator.base_url, emulator.app_id, emulator.app_secret, code]
        command = [sys.executable, "-c", ACCOUNT, *given]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "done\n", "")
