"""Which core runs the servers and which the clients. Children stay where their parent started them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

UNPINNED = "the system's choice"


@dataclass(frozen=True)
class Pinning:
    """Where they run; nowhere in particular while a set is empty."""

    where: str
    said: str
    _servers: frozenset[int] = frozenset()
    _clients: frozenset[int] = frozenset()

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


def placements(*, wanted: bool) -> list[Pinning]:
    """The ways to place them; the first is for everything, the others for single calls too."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if not wanted:
        return [Pinning(UNPINNED, "nothing is pinned (--no-pin): the system moves server and client about")]
    if not cores:
        said = "nothing is pinned: this system does not let a process choose its core"
        return [Pinning(UNPINNED, said)]
    first, last = frozenset(cores[:1]), frozenset(cores[1:2])
    together = Pinning(
        "one core", f"server and client share core {cores[0]}, and wait for each other", first, first
    )
    if not last:
        return [together]
    said = f"servers run on core {cores[0]}, clients on core {cores[1]} (sched_setaffinity)"
    return [Pinning("two cores", said, first, last), together]


@contextmanager
def _on(cores: frozenset[int]) -> Iterator[None]:
    if not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
