"""Calls that can tell whose answer they got: each asks for scopes of its own, and is granted those."""

from __future__ import annotations

import os
import signal
import time
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pinterest_oauth import AsyncClient, Client
    from pinterest_oauth.emulator import Emulator

SCOPES = [
    "ads:read",
    "ads:write",
    "billing:read",
    "billing:write",
    "biz_access:read",
    "biz_access:write",
    "boards:read",
    "boards:read_secret",
    "boards:write",
    "boards:write_secret",
    "catalogs:read",
    "catalogs:write",
    "pins:read",
    "pins:read_secret",
    "pins:write",
    "pins:write_secret",
    "user_accounts:read",
    "user_accounts:write",
]
PER_ASKER = 1000
LIMIT = 60


def scopes(number: int) -> list[str]:
    """A set of scopes that is different for every number from 1 to 2 ** 18 - 1."""
    return [scope for place, scope in enumerate(SCOPES) if number >> place & 1]


def number(granted: Iterable[str]) -> int:
    return sum(1 << SCOPES.index(scope) for scope in granted)


def ask(client: Client, asker: int, times: int) -> None:
    """Calls, and checks that every answer is the asker's."""
    for turn in range(1, times + 1):
        own = asker * PER_ASKER + turn
        token = client.oauth_token("client_credentials", scope=scopes(own))
        assert number(token.scopes) == own


async def ask_async(client: AsyncClient, asker: int, turn: int = 1) -> None:
    own = asker * PER_ASKER + turn
    token = await client.oauth_token("client_credentials", scope=scopes(own))
    assert number(token.scopes) == own


def asker(request: dict[str, Any]) -> int:
    """Whose request the emulator recorded."""
    asked = dict(request["form"])["scope"]
    return number(asked.split(",")) // PER_ASKER


def askers_by_connection(emulator: Emulator) -> dict[int, set[int]]:
    askers: dict[int, set[int]] = {}
    for request in emulator.requests():
        askers.setdefault(request["connection"], set()).add(asker(request))
    return askers


def wait_until(condition: Callable[[], bool]) -> None:
    """Waits for something that another process does."""
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def forked(work: Callable[[], None]) -> int:
    """Does something in a child, which ends by itself whatever happens."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        signal.alarm(LIMIT)
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def succeeded(*children: int) -> None:
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [0] * len(children)
