"""What every table is measured with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from .language import Command, Language
from .pinning import Pinning
from .places import BUILT, MODULE, STAGE
from .programs import Beside, environment, run

Environment = Mapping[str, str]


@dataclass(frozen=True)
class Bench:
    """Of whom, how often, how much, and where."""

    languages: Sequence[Language]
    placements: Sequence[Pinning]
    """The first is meant unless a table has them all."""
    rounds: int
    calls: int
    overlapping_share: float
    processes: int
    say: Callable[[str], None]

    @property
    def pinning(self) -> Pinning:
        """Where things are started."""
        return self.placements[0]

    @contextmanager
    def server(self, *, delay_us: int = 0) -> Iterator[Environment]:
        """The environment of programs that call a server with the fixed answer."""
        with self.started([BUILT / "server", "--delay-us", str(delay_us)]) as port:
            yield calling(
                f"http://127.0.0.1:{port}/v5", "1234567", "0123456789abcdef0123456789abcdef01234567"
            )

    @contextmanager
    def started(self, server: Command) -> Iterator[str]:
        """The first line of any server; it runs on the servers' core."""
        with self.pinning.servers():
            running = Beside(server, environment())
        with closing(running):
            yield running.line()

    def client(self, command: Command, env: Environment) -> Beside:
        """A client that waits to be told."""
        with self.pinning.clients():
            return Beside(command, env)

    def result(self, command: Command, env: Environment) -> Any:
        """The JSON that a client prints at its end."""
        with self.pinning.clients():
            return json.loads(run(command, env=env))


def calling(base_url: str, app_id: str, app_secret: str, **more: str) -> dict[str, str]:
    """An environment that tells a program whom to call."""
    return environment(
        BENCH_URL=base_url,
        PINTEREST_APP_ID=app_id,
        PINTEREST_APP_SECRET=app_secret,
        BENCH_MODULE=str(MODULE),
        PINTEREST_OAUTH_LIBRARY=str(STAGE / "lib" / "libpinterest_oauth.so"),
        **more,
    )


def in_turn(names: Sequence[str], rounds: int) -> Iterator[tuple[int, str]]:
    """Every name in every round; each round starts with another, so that none is always first."""
    for number in range(rounds):
        shift = number % len(names)
        for name in [*names[shift:], *names[:shift]]:
            yield number, name
