"""A caller under strace: which system calls it makes, and one of them at which something happens."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from harness.beside import Beside
from harness.failure import Failed, NotRun
from harness.places import optional
from harness.program import Ended, run

from .world import LIMIT, Answer, World

# Those of a refresh: what it opens, writes, makes durable, locks, renames, sends and receives.
CALLS = (
    *("openat", "write", "pwrite64", "fadvise64", "fsync", "fdatasync", "ftruncate"),
    *("rename", "renameat", "renameat2", "flock", "unlink", "unlinkat"),
    *("connect", "sendto", "writev", "recvfrom"),
)
SENDING = ("sendto", "write", "writev")
LINE = re.compile(r"^(\d+) +(\w+)\((.*)$")


@dataclass(frozen=True)
class Call:
    """The `when`th call of this name in one thread; whether a request was sent before it."""

    name: str
    when: int
    sent: bool

    def __str__(self) -> str:
        return f"{self.name} {self.when}"


def strace() -> str:
    """Where it is; not run where it may not trace."""
    program = optional("strace")
    if program is None:
        raise NotRun("no strace")
    if run([program, "-qq", "-o", "/dev/null", "true"]).code != 0:
        raise NotRun("strace may not trace here")
    return program


def calls(world: World) -> list[Call]:
    """What a caller does from its first look at the store on, in order."""
    return listed(world, lambda before: run([*before, *world.caller], env=world.env, limit=LIMIT))


def listed(world: World, runs: Callable[[tuple[str, ...]], Ended]) -> list[Call]:
    """The same of any program, which `runs` runs with words before its own."""
    log = world.runtime / "calls"
    wanted = ",".join(f"?{name}" for name in CALLS)
    runs((strace(), "-f", "-qq", "-s", "4096", "-o", str(log), "-e", f"trace={wanted}")).demand_success()
    found, count = dict[Call, None](), Counter[tuple[str, str]]()
    begun = sent = False
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if not (parts := LINE.match(line)):
            continue
        thread, name, rest = parts.groups()
        count[thread, name] += 1
        begun = begun or str(world.place) in rest
        if begun:
            found[Call(name, count[thread, name], sent)] = None
        sent = sent or (name in SENDING and "POST " in rest)
    log.unlink()
    if not sent:
        raise Failed("a traced caller sent nothing")
    return list(found)


def injected(call: Call, what: str, log: Path) -> list[str]:
    """Words before a command: at this call `what` happens, such as `signal=KILL`."""
    return [
        *(strace(), "-f", "-qq", "-o", str(log), "-e", f"trace={call.name}"),
        *("-e", f"inject={call.name}:{what}:when={call.when}"),
    ]


class Frozen:
    """A caller that stops at a call and stays there until it is told to go on. For `with`."""

    def __init__(self, world: World, call: Call) -> None:
        self._log = world.runtime / "frozen"
        self._log.unlink(missing_ok=True)
        self._beside: Beside = world.start(injected(call, "signal=STOP", self._log))
        # It stops there, or ends without having come there.
        self.stopped = self._waits()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.kill()

    def _said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def _waits(self) -> bool:
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if "stopped by SIGSTOP" in self._said():
                return True
            if not self._beside.running:
                return False
            time.sleep(0.01)
        raise Failed("a traced caller neither stops nor ends")

    def go_on(self) -> Answer:
        """It goes on; what it got."""
        if self.stopped:
            for process in {line.split()[0] for line in self._said().splitlines()}:
                try:
                    os.kill(int(process), signal.SIGCONT)
                except (ProcessLookupError, ValueError):
                    continue
        return Answer.of(self._beside.finish(LIMIT))


def chosen(found: Sequence[Call], most: int) -> list[Call]:
    """At most so many of them: those around the request, and the others evenly."""
    first = next(at for at, call in enumerate(found) if call.sent)
    near = range(max(0, first - 2), min(len(found), first + most // 2))
    step = max(1, len(found) // max(1, most - len(near)))
    places = sorted({*near, *range(step // 2, len(found), step)})
    return [found[at] for at in places]
