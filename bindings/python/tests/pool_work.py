"""What the processes of multiprocessing do: importable, so that spawned ones find it."""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import Any

from asking import ask
from pinterest_oauth import Account, Client, TokenManager

client: Client | None = None
account: Account | None = None


def connect(settings: dict[str, Any]) -> None:
    global client
    client = Client(**settings)


def work(asker: int) -> int:
    assert client is not None
    ask(client, asker, 5)
    return asker


def open_store(settings: dict[str, Any]) -> None:
    global account
    account = TokenManager(**settings).account("shop-42")


def access_token(number: int) -> str:
    assert account is not None
    return account.access_token()


def interrupted(settings: dict[str, Any]) -> None:
    # As at a terminal: what runs in the background may have inherited that it is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    open_store(settings)
    with suppress(KeyboardInterrupt):
        access_token(0)
        raise AssertionError("it was not interrupted")
