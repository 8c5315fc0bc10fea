"""What every table is measured with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from harness.beside import Beside
from harness.environment import clean
from harness.program import Command, succeed

from .language import Language
from .pinning import Pinning
from .places import BUILT, MODULE, STAGE

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
    accounts: int
    """Of the token manager, all due."""
    say: Callable[[str], None]

    @property
    def pinning(self) -> Pinning:
        """Where things are started."""
        return self.placements[0]

    @contextmanager
    def server(self, *, delay_us: int = 0) -> Iterator[Environment]:
        """The environment of programs that call a server with the fixed answer."""
        with self.pinning.servers():
            server = Beside([BUILT / "server", "--delay-us", str(delay_us)])
        with server:
            base_url = f"http://127.0.0.1:{server.line()}/v5"
            yield calling(base_url, "1234567", "0123456789abcdef0123456789abcdef01234567")

    def client(self, command: Command, env: Environment) -> Beside:
        """A client that waits to be told."""
        with self.pinning.clients():
            return Beside(command, env=env)

    def result(self, command: Command, env: Environment) -> Any:
        """The JSON that a client prints at its end."""
        with self.pinning.clients():
            return json.loads(succeed(command, env=env))


def calling(base_url: str, app_id: str, app_secret: str, **more: str) -> dict[str, str]:
    """An environment that tells a program whom to call."""
    return clean(
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
