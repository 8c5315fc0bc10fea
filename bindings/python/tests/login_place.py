"""A world with a redirect address, at which a login may listen."""

from __future__ import annotations

import contextlib
import random
import socket

from world import World


class Place(World):
    """A world with a redirect address on a free port."""

    page = ""

    def exchanges(self) -> int:
        return sum(request["path"] == "/v5/oauth/token" for request in self.emulator.requests())

    def is_free(self) -> bool:
        """Whether nobody listens at the redirect address."""
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", int(self.page.rstrip("/").rpartition(":")[2]))) != 0


def free_port() -> int:
    """A port that nobody gets by chance: the system gives those above 32,767 to whoever asks for any."""
    while True:
        port = random.randrange(20_000, 30_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
