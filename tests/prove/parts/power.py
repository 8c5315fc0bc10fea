"""Power loss: an ext4 image, copied at random instants while callers refresh."""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from harness import disks
from harness.failure import Failed, demand
from harness.program import run

from ..session import ProveSession
from ..store import answers, record
from ..tally import Tally
from ..workers import Worker, c
from ..world import ACCOUNT, EXPIRED, GOOD, LIMIT, World

THREADS = 4
# Repaired, or nothing to repair.
REPAIRED = 1
TRIES = 200
# So many of them while the callers run.
RUNNING_TRIES = 5


class Refreshing(threading.Thread):
    """Callers that refresh again and again. `seen` is the newest generation that any of them was given."""

    def __init__(self, world: World, tally: Tally, before: Sequence[str] = ()) -> None:
        super().__init__()
        self.before = before
        self.world, self.tally = world, tally
        self.first = world.record().generation
        self.seen = self.first
        self.tokens = {self.first: world.record().access_token}
        self.stop = threading.Event()
        self.problem: BaseException | None = None
        self.pid = 0

    def run(self) -> None:
        try:
            with Worker(self.world, c(), THREADS, self.before) as worker:
                self.pid = worker.beside.pid
                while not self.stop.is_set():
                    self._once(worker)
        except BaseException as problem:  # noqa: BLE001 - handed on to the check
            self.problem = problem

    def _once(self, worker: Worker) -> None:
        self.world.advance(EXPIRED)
        given = worker.get()
        for answer in given:
            self.tally.must(answer.code == GOOD, f"a caller got {answer}")
        if given[0].code == GOOD:
            self.tokens[self.seen + 1] = given[0].token
            self.seen += 1


def power(session: ProveSession, tally: Tally) -> None:
    """every token that a caller had seen is in a copy of the disk from that instant"""
    lose_power(session, tally, session.rounds(full=300, small=5))


def lose_power(session: ProveSession, tally: Tally, copies: int, before: Sequence[str] = ()) -> None:
    """So many copies; `before` are words before the program that refreshes."""
    order = random.Random(session.seed)
    with disks.memory(session.folder / "ram", 4 * disks.IMAGE) as ram:
        path = disks.image(ram / "disk.img")
        with disks.attached(path) as device, disks.mounted(session.folder / "disk", device) as where:
            world = session.world("strict", where / "tokens")
            world.forget()
            refreshing = Refreshing(world, tally, before)
            refreshing.start()
            try:
                for number in range(copies):
                    time.sleep(order.uniform(0, 0.06))
                    # A file of its own: what is written late to an earlier copy reaches no later one.
                    copy = ram / f"copy-{number}.img"
                    ahead = world.place if number % 2 else None
                    seen = copied(path, device, copy, refreshing, ahead)
                    tally.event()
                    lost = looked_at(world, session.folder / "copy", copy, seen, refreshing)
                    copy.unlink()
                    if lost:
                        tally.token_lost(f"copy {number}: {lost}")
                    if refreshing.problem:
                        break
            finally:
                refreshing.stop.set()
                refreshing.join(LIMIT)
            if refreshing.problem:
                raise refreshing.problem
            tokens = refreshing.seen - refreshing.first
            demand(tokens > 0, "nobody refreshed")
            tally.expiries, tally.posts = tokens, world.posts
            tally.must(world.posts == tokens, f"{world.posts} requests for {tokens} expiries")


def copied(path: Path, device: str, to: Path, refreshing: Refreshing, ahead: Path | None = None) -> int:
    """A copy during which nothing was written to the disk; the newest generation that was seen before it.

    Where the disk is never still, the callers are stopped at whatever call they are in; for `ahead` always: what the files of
    this store hold is written to the disk then, before the journal has what was done with them.
    """
    for number in range(TRIES):
        if refreshing.problem:
            raise refreshing.problem
        stopped = refreshing.pid if ahead or number >= RUNNING_TRIES else 0
        if stopped:
            os.kill(stopped, signal.SIGSTOP)
        if ahead:
            sent(ahead)
        try:
            seen, (before, under_way) = refreshing.seen, _written(device)
            shutil.copyfile(path, to)
            if not under_way and (before, 0) == _written(device):
                return seen
        finally:
            if stopped:
                os.kill(stopped, signal.SIGCONT)
        time.sleep(0.01)
    raise Failed("the disk is written to all the time")


def sent(place: Path) -> None:
    """Sends what the files of a store hold to the disk, and waits for nothing."""
    for path in place.glob("store/records/*/*"):
        with suppress(FileNotFoundError), path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _written(device: str) -> tuple[int, int]:
    """What the kernel counts of the device: writes that ended, and requests under way."""
    counts = Path("/sys/block", Path(device).name, "stat").read_text(encoding="ascii").split()
    return int(counts[4]), int(counts[8])


def looked_at(world: World, where: Path, image: Path, seen: int, refreshing: Refreshing) -> str:
    """What is lost in a copy; empty where nothing is."""
    repaired = run([disks.tool("e2fsck"), "-fy", image])
    if repaired.code > REPAIRED:
        return f"e2fsck ended with {repaired.code}"
    with disks.attached(image) as device, disks.mounted(where, device) as disk:
        place = disk / "tokens"
        try:
            kept = [record(place), *answers(place)]
        except Failed as problem:
            return str(problem)
        newest = max(kept, key=lambda one: one.generation)
        if newest.generation < seen:
            return f"generation {newest.generation}, and {seen} had been seen"
        known = refreshing.tokens.get(newest.generation)
        if newest.generation == seen and newest.access_token != known:
            return f"another token of generation {seen} than the one that was seen"
        words = world.words("export", "--account", ACCOUNT, "--json")
        words[words.index("--store") + 1] = str(place)
        exported = run(words, env=world.env, limit=LIMIT)
        if newest.access_token in exported.output:
            return ""
        lying = ", ".join(
            f"{one.generation} ({one.state}, attempt {one.attempt is not None})" for one in kept
        )
        return f"the library gives another token ({exported.code}) than of {lying}: {exported.errors[-200:]}"
