"""Disks that are full, that fail, and that become read-only."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from harness import disks
from harness.beside import Beside
from harness.failure import Failed
from harness.program import succeed

from .. import after
from ..session import ProveSession
from ..tally import Tally
from ..traced import Call, injected
from ..workers import Worker, c
from ..world import EARLY, EXPIRED, GOOD, LIMIT, NOT_SAVED, STEP, UNAVAILABLE, Answer, World

# Real milliseconds in which a disk is filled.
DELAY = 600
# What makes room, intent and folder durable; then the answer.
DURABLE = (*(Call("fsync", number, False) for number in (1, 2, 3)), Call("fdatasync", 1, True))
# The writes of the room and of the intent come first.
ANSWER_WRITE = 3
# Further writes that fail: three commits, a copy beside the record, one elsewhere, and the first try after 5 s.
FAILING = 6
STORED_AGAIN = 40.0


def disk(session: ProveSession, tally: Tally) -> None:
    """on a full or failing disk nothing is sent, or the token is kept; `not_saved` carries it"""
    kinds: list[Callable[[Path], AbstractContextManager[Path]]] = [disks.memory]
    if session.full:
        kinds.append(disks.ext4)
    for number, kind in enumerate(kinds):
        with kind(session.folder / f"disk-{number}") as where:
            world = session.world("strict", where / "tokens")
            full_before(world, where, tally)
            full_between(world, where, tally)
            full_after_refusal(world, where, tally)
            read_only(world, where, tally)
    world = session.world("strict")
    fails(world, tally)
    not_saved(world, tally)
    not_saved_by_the_command(world, tally)


def full_before(world: World, where: Path, tally: Tally) -> None:
    """E7."""
    for passes, code in ((EARLY, GOOD), (EXPIRED, UNAVAILABLE)):
        before = after.begin(world, "full before", passes)
        filled = disks.fill(where)
        tally.event()
        refused(world, before, code, tally)
        filled.unlink()
        after.recovers(world, before, tally)


def refused(world: World, before: after.Before, code: int, tally: Tally) -> None:
    """A caller gets this, and nothing was sent."""
    answer = world.ask()
    tally.must(answer.code == code, f"{before.what}: a caller got {answer} and not {code}")
    if code == GOOD:
        tally.must(answer.token == before.record.access_token, f"{before.what}: not the old token")
    tally.must(world.posts == 0, f"{before.what}: {world.posts} requests")


def waits(world: World, caller: Beside) -> None:
    """Until it has sent its request."""

    def sent() -> bool:
        return world.record().attempt is not None and bool(list(world.place.glob("store/records/*/*.try")))

    caller.until(sent, "sends anything", LIMIT)
    time.sleep(DELAY / 2000)


def full_between(world: World, where: Path, tally: Tally) -> None:
    """E8."""
    before = after.begin(world, "full between intent and answer", EXPIRED)
    world.emulator.script({"action": "pinterest", "delay_ms": DELAY})
    with world.start() as caller:
        waits(world, caller)
        filled = disks.fill(where)
        tally.event()
        answer = Answer.of(caller.finish(LIMIT))
    tally.must(answer.code == GOOD, f"{before.what}: the caller got {answer}")
    after.printed(world, before, [answer], tally)
    again = world.ask()
    if again.token != answer.token:
        tally.token_lost(f"{before.what}: the next caller got {again}")
    filled.unlink()
    after.recovers(world, before, tally)


def full_after_refusal(world: World, where: Path, tally: Tally) -> None:
    """A cool-down that no commit took is not forgotten."""
    before = after.begin(world, "full before a refusal comes", EXPIRED)
    world.emulator.script({"status": 429, "body_json": {"code": 8, "message": "Too many"}, "delay_ms": DELAY})
    with world.start() as caller:
        waits(world, caller)
        filled = disks.fill(where)
        tally.event()
        answer = Answer.of(caller.finish(LIMIT))
    tally.must(answer.code not in {GOOD, UNAVAILABLE}, f"{before.what}: the caller got {answer}")
    filled.unlink()
    again = world.ask()
    tally.must(again.code == answer.code, f"{before.what}: then {answer.code}, now {again}")
    tally.must(world.posts == 1, f"{before.what}: {world.posts} requests within the cool-down")
    world.advance(STEP)
    after.recovers(world, before, tally)


def read_only(world: World, where: Path, tally: Tally) -> None:
    """A store that became read-only serves what it has."""
    for passes, code in ((EARLY, GOOD), (EXPIRED, UNAVAILABLE)):
        before = after.begin(world, "read-only", passes)
        succeed([disks.tool("mount"), "-o", "remount,ro", where])
        tally.event()
        try:
            refused(world, before, code, tally)
        finally:
            succeed([disks.tool("mount"), "-o", "remount,rw", where])
        after.recovers(world, before, tally)


def fails(world: World, tally: Tally) -> None:
    """E9: an fsync that fails, each once."""
    for call in DURABLE:
        before = after.begin(world, f"{call} fails", EXPIRED)
        answer = world.ask(injected(call, "error=EIO", world.runtime / "log"))
        tally.event()
        early = not call.sent
        code = UNAVAILABLE if early else GOOD
        tally.must(answer.code == code, f"{before.what}: a caller got {answer} and not {code}")
        tally.must(world.posts == (0 if early else 1), f"{before.what}: {world.posts} requests")
        after.printed(world, before, [answer], tally)
        after.recovers(world, before, tally, resent=early)


def no_disk(world: World) -> list[str]:
    """Words before a program: no disk takes its token, until the second time that it tries again."""
    words = injected(Call("pwrite64", ANSWER_WRITE, False), "error=EIO", world.runtime / "log")
    words[-1] = f"inject=pwrite64:error=EIO:when={ANSWER_WRITE}..{ANSWER_WRITE + FAILING}"
    return words


def not_saved(world: World, tally: Tally) -> None:
    """E9: no disk takes the token; the process has it, and stores it when the disk is well again."""
    before = after.begin(world, "no disk takes the token", EXPIRED)
    with Worker(world, c(), 1, no_disk(world)) as worker:
        answer = worker.get()[0]
        tally.event()
        tally.must(answer.code == NOT_SAVED, f"{before.what}: the caller got {answer}")
        worker.tell("unsaved")
        document = worker.lines()[0]
        try:
            token = str(json.loads(document)["access_token"])
        except (ValueError, KeyError):
            tally.token_lost(f"{before.what}: it carries no token")
            return
        tally.must(token not in answer.said, f"{before.what}: the token is in the error")
        tally.must(world.accepts(token), f"{before.what}: the server does not take the token")
        end = time.monotonic() + STORED_AGAIN
        while world.record().access_token != token:
            if time.monotonic() > end:
                tally.token_lost(f"{before.what}: it was never stored, although the disk is well")
                raise Failed("a token that is in memory alone was never stored")
            time.sleep(0.1)
        worker.tell("unsaved")
        tally.must(worker.lines() == ["-"], f"{before.what}: stored, and still called unsaved")
    after.recovers(world, before, tally)


def not_saved_by_the_command(world: World, tally: Tally) -> None:
    """The same of a process that has nothing else to do: it stays until the token is stored."""
    before = after.begin(world, "no disk takes the token of the command", EXPIRED)
    answer = world.ask(no_disk(world))
    tally.event()
    tally.must(answer.code == NOT_SAVED, f"{before.what}: the caller got {answer}")
    if world.record().generation == before.record.generation:
        tally.token_lost(f"{before.what}: the command has ended, and its token is nowhere")
    after.recovers(world, before, tally)
