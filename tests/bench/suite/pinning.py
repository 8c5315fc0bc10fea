"""Which core runs the servers and which the clients. Children stay where their parent started them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


class Pinning:
    """Servers on the first core that this process may use, clients on the second."""

    def __init__(self, *, wanted: bool) -> None:
        cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        self._servers: set[int] = set()
        self._clients: set[int] = set()
        if not wanted:
            self.said = "nothing is pinned (--no-pin): the system moves server and client about"
        elif not cores:
            self.said = "nothing is pinned: this system does not let a process choose its core"
        elif len(cores) == 1:
            self.said = "nothing is pinned: server and client share the only core, and wait for each other"
        else:
            self._servers, self._clients = {cores[0]}, {cores[1]}
            self.said = f"servers run on core {cores[0]}, clients on core {cores[1]} (sched_setaffinity)"

    @contextmanager
    def clients(self) -> Iterator[None]:
        """What is started inside runs on the clients' core."""
        with _on(self._clients):
            yield

    @contextmanager
    def servers(self) -> Iterator[None]:
        """What is started inside runs on the servers' core."""
        with _on(self._servers):
            yield


@contextmanager
def _on(cores: set[int]) -> Iterator[None]:
    if not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
