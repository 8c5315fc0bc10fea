"""What the processes of multiprocessing do: importable, so that spawned ones find it."""

from __future__ import annotations

from typing import Any

from asking import ask
from pinterest_oauth import Client

client: Client | None = None


def connect(settings: dict[str, Any]) -> None:
    global client
    client = Client(**settings)


def work(asker: int) -> int:
    assert client is not None
    ask(client, asker, 5)
    return asker
