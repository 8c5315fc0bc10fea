"""Wall clocks that jump by forty days, forward and back, while callers run."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

from harness.failure import NotRun
from harness.places import optional
from harness.program import run, succeed

from .. import after
from ..session import ProveSession
from ..tally import Tally
from ..workers import Worker, c
from ..world import ACCOUNT, DAY, EXPIRED, GOOD, LIMIT, Answer, World

FAR = 40 * DAY
# Nothing is sent so soon after a token was obtained.
SETTLE = 60
# Longer than a token is handed out without a look into the store.
LOOK_AGAIN = 61
# How often a token is due when the clocks jump.
DUE = 0.5
SOURCE = Path(__file__).resolve().parent.parent / "wall.c"


def clocks(session: ProveSession, tally: Tally) -> None:
    """wall clocks that jump ± 40 days while callers run: no two refreshes at one time, and every caller has a token"""
    order = random.Random(session.seed)
    world = session.world("strict")
    wall = world.runtime / "wall"
    moves(wall, 0)
    world.env = {**world.env, "LD_PRELOAD": str(library(session.folder)), "PROVE_WALL": str(wall)}
    with Worker(world, c(), 4) as worker:
        for number in range(session.rounds(full=200, small=6)):
            jump, due = order.choice((FAR, -FAR, EXPIRED, -DAY, 1 - SETTLE)), order.random() < DUE
            what = f"jump {number} of {jump} s{', while it is due' if due else ''}"
            set_right(world)
            # One thread looks, and then all know.
            world.advance(LOOK_AGAIN)
            worker.get()
            worker.get()
            generation = world.record().generation
            world.forget()
            if due:
                world.advance(EXPIRED)
            world.emulator.script({"action": "pinterest", "delay_ms": 80})
            callers = [world.start() for _ in range(2)]
            worker.tell("get")
            time.sleep(order.uniform(0, 0.15))
            # The wall clocks of the clients alone.
            moves(wall, jump)
            given = [*worker.got(), *(Answer.of(caller.finish(LIMIT)) for caller in callers)]
            given += [*worker.get(), world.ask()]
            world.emulator.script()
            tally.event()
            # Refreshed before it jumped, a token has ended after a jump of more than its life.
            # By a clock that was set back an old token lives on, which the server no longer takes.
            most, taken = 2 if due and jump > 0 else 1, not (due and jump < 0)
            judge(world, what, given, tally, most=most, taken=taken)
            # And back again.
            earlier = world.posts
            moves(wall, 0)
            judge(world, f"{what}, and back", [*worker.get(), world.ask()], tally, earlier=earlier)
            tally.expiry(world.posts)
            tokens = world.record().generation - generation
            if tokens != world.posts:
                tally.token_lost(f"{what}: {world.posts} requests and {tokens} tokens")
    tally.must(tally.posts > 0, "nobody refreshed")
    set_right(world)
    before = after.begin(world, "clocks are right again", EXPIRED)
    after.recovers(world, before, tally)


def set_right(world: World) -> None:
    """A token that was obtained now.

    One of a clock that was forty days ahead is believed too long: a resource says so, and a refresh sets it right.
    """
    run(world.words("refresh", "--account", ACCOUNT, "--force"), env=world.env, limit=LIMIT).demand_success()


def judge(
    world: World,
    what: str,
    given: list[Answer],
    tally: Tally,
    *,
    most: int = 1,
    taken: bool = True,
    earlier: int = 0,
) -> None:
    """Every caller has a token, which the server takes with `taken`, after so many requests at most."""
    posts = world.posts - earlier
    tally.must(posts <= most, f"{what}: {posts} requests at one time")
    for answer in given:
        tally.must(answer.code == GOOD, f"{what}: a caller got {answer}")
        if taken and answer.code == GOOD:
            tally.must(world.accepts(answer.token), f"{what}: a token that the server does not take")


def moves(wall: Path, seconds: int) -> None:
    """Every wall clock that reads this file jumps."""
    draft = wall.with_suffix(".new")
    draft.write_text(str(seconds), encoding="ascii")
    os.replace(draft, wall)


def library(folder: Path) -> Path:
    """What is loaded before a program, so that its wall clock can be moved."""
    compiler = optional("cc")
    if compiler is None:
        raise NotRun("no cc")
    made = folder / "wall.so"
    succeed(
        [compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", SOURCE, "-o", made, "-ldl"]
    )
    return made
