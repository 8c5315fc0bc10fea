"""What every table is measured with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .pinning import Pinning
from .places import BUILT
from .programs import Beside, run


@dataclass(frozen=True)
class Bench:
    """How often, how much, and where."""

    pinning: Pinning
    rounds: int
    calls: int
    overlapping_calls: int
    processes: int
    say: Callable[[str], None]

    @contextmanager
    def server(self, *, delay_us: int = 0) -> Iterator[str]:
        """The port of a server with the fixed answer."""
        with self.started([BUILT / "server", "--delay-us", str(delay_us)]) as port:
            yield port

    @contextmanager
    def started(self, server: Sequence[str | Path]) -> Iterator[str]:
        """The first line of any server; it runs on the servers' core."""
        with self.pinning.servers():
            running = Beside(server)
        with closing(running):
            yield running.line()

    def client(self, command: Sequence[str | Path]) -> Beside:
        """A client that waits to be told."""
        with self.pinning.clients():
            return Beside(command)

    def result(self, command: Sequence[str | Path]) -> Any:
        """The JSON that a client prints at its end."""
        with self.pinning.clients():
            return json.loads(run(command))


def in_turn(names: Sequence[str], rounds: int) -> Iterator[tuple[int, str]]:
    """Every name in every round; each round starts with another, so that none is always first."""
    for number in range(rounds):
        shift = number % len(names)
        for name in [*names[shift:], *names[:shift]]:
            yield number, name
