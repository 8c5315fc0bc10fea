"""kill -9: at random instants, and at every system call of a refresh."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress

from harness.beside import Beside

from .. import after
from ..session import ProveSession, at_once
from ..tally import Tally
from ..traced import Call, calls, chosen, injected
from ..world import EARLY, EXPIRED, LIMIT, MODES, Answer, World

CALLERS = 3
# How many of the rounds aim at the one that refreshes, and how many seconds after its intent.
AIMED, NEAR = 0.7, 0.2


def kill_random(session: ProveSession, tally: Tally) -> None:
    """after kill -9 at random instants the next caller has a token that the server takes, in every rotation"""
    worlds = session.worlds()
    span = _span(worlds[0])
    share = -(-session.rounds(full=1000, small=16) // len(worlds))
    at_once(worlds, lambda world: kill_rounds(world, f"{session.seed} {world.rotation}", share, span, tally))


def kill_rounds(world: World, seed: str, rounds: int, span: float, tally: Tally) -> None:
    """So many rounds in one world."""
    order = random.Random(seed)
    for number in range(rounds):
        early, slow, all_of, twice = (order.random() < share for share in (0.4, 0.5, 0.2, 0.25))
        what = f"round {number}, {'early' if early else 'expired'}{', slow' if slow else ''}"
        before = after.begin(world, what, EARLY if early else EXPIRED)
        if slow:
            delay = {
                "action": "pinterest",
                "delay_ms": order.randrange(150),
                "body_delay_ms": order.randrange(150),
            }
            world.emulator.script(delay)
        given = killed(world, order, span, all_of, tally)
        if twice:
            # Who comes next dies, too.
            given += killed(world, order, span, True, tally)
        world.emulator.script()
        after.printed(world, before, given, tally)
        after.recovers(world, before, tally)


def killed(world: World, order: random.Random, span: float, all_of: bool, tally: Tally) -> list[Answer]:
    """A few callers at once, of whom one or all are killed; what they got."""
    callers = [world.start() for _ in range(CALLERS)]
    try:
        if order.random() < AIMED:
            holder = _holder(world, callers)
            victims = callers if all_of or holder is None else [holder]
            time.sleep(order.uniform(0, NEAR))
        else:
            time.sleep(order.uniform(0, span))
            victims = callers if all_of else callers[:1]
        for caller in victims:
            with suppress(ProcessLookupError):
                os.kill(caller.pid, signal.SIGKILL)
            tally.event()
        return [Answer.of(caller.finish(LIMIT)) for caller in callers]
    finally:
        for caller in callers:
            caller.close()


def _holder(world: World, callers: list[Beside]) -> Beside | None:
    """The one of them that refreshes, as soon as one does; None where they have ended before."""
    while any(caller.running for caller in callers):
        attempt = world.record().attempt
        if attempt is not None:
            found = [caller for caller in callers if caller.pid == attempt["lease"]["pid"]]
            if found:
                return found[0]
        time.sleep(0.001)
    return None


def _span(world: World) -> float:
    """Seconds that a few callers and a refresh take."""
    before = after.begin(world, "unharmed", EXPIRED)
    began = time.monotonic()
    callers = [world.start() for _ in range(CALLERS)]
    for caller in callers:
        caller.finish(LIMIT)
    after.recovers(world, before, Tally())
    return time.monotonic() - began


def kill_calls(session: ProveSession, tally: Tally) -> None:
    """kill -9 at every system call of a refresh is survived, in every rotation"""
    modes = MODES if session.full else MODES[1:2]

    def kill(world: World) -> None:
        after.begin(world, "unharmed", EXPIRED)
        found = calls(world)
        for call in found if session.full else chosen(found, 8):
            kill_at(world, call, tally)

    at_once(session.worlds(*modes), kill)
    tally.must(tally.events > 0, "nothing was killed")


def kill_at(world: World, call: Call, tally: Tally) -> None:
    """One caller that dies there."""
    before = after.begin(world, f"killed at {call}", EXPIRED)
    answer = world.ask(injected(call, "signal=KILL", world.runtime / "killed"))
    if answer.code == -signal.SIGKILL:
        tally.event()
    after.printed(world, before, [answer], tally)
    after.recovers(world, before, tally)
