"""Threads, processes and languages on one folder, without a fault: one request for each expiry."""

from __future__ import annotations

import os
import threading
import time
from contextlib import ExitStack
from shutil import copy

from harness.places import LIBRARY

from ..session import ProveSession
from ..tally import Tally
from ..traced import CALLS, strace
from ..workers import Worker, c, node, perl, php, python
from ..world import DAY, EARLY, EXPIRED, GOOD, LIMIT, Answer, World

PROCESSES, THREADS = 8, 8
# Longer than a token is handed out without a look into the store.
LOOK_AGAIN = 61


def many(session: ProveSession, tally: Tally) -> None:
    """8 callers × 8 processes × each language on one folder: one request for each expiry, and reads never go back"""
    expiries = session.rounds(full=100, small=4)
    languages = [c(), python(), perl(), php(), node()]
    processes = PROCESSES if session.full else 3
    world = session.world("strict")
    with ExitStack() as stack:
        workers = [
            stack.enter_context(Worker(world, language, THREADS))
            for language in languages
            for _ in range(processes)
        ]
        first = world.record()
        for number in range(expiries):
            early = number % 2 == 1
            expire(world, workers, processes, early, tally)
        last = world.record()
    # Each refresh writes twice: its intent, and its answer.
    writes, tokens = last.revision - first.revision, last.generation - first.generation
    tally.must(tokens == expiries, f"{tokens} generations after {expiries} expiries")
    tally.must(writes == 2 * tokens, f"{writes} writes of {tokens} tokens: an intent and an answer each")
    tally.must(last.attempt is None and last.state == "ready", f"the record is {last.state}, with an attempt")


def expire(world: World, workers: list[Worker], processes: int, early: bool, tally: Tally) -> None:
    """One expiry: all ask at once, then once more."""
    old = world.record().access_token
    world.forget()
    world.advance(EARLY if early else EXPIRED)
    callers = [world.start() for _ in range(processes)]
    for worker in workers:
        worker.tell("get")
    given = [answer for worker in workers for answer in worker.got()]
    commands = [Answer.of(caller.finish(LIMIT)) for caller in callers]
    tally.event()
    new = world.record().access_token
    tally.must(new != old, "nobody refreshed")
    good = {old, new} if early else {new}
    for answer in [*commands, *given]:
        tally.must(answer.code == GOOD, f"a caller got {answer}")
        if answer.code == GOOD and answer.token not in good:
            tally.token_lost("a caller got a token that is neither the old nor the new one")
    world.advance(LOOK_AGAIN)
    for worker in workers:
        # One thread looks; those that ask meanwhile may have what was there before.
        tally.must({one.token for one in worker.get()} <= good, "a worker has another token than these two")
        tally.must({one.token for one in worker.get()} == {new}, "a worker went back to another token")
    tally.must(world.ask().token == new, "the command got another token")
    tally.must(world.accepts(new), "the server does not take the token")
    posts = world.posts
    tally.expiry(posts)
    tally.must(posts == 1, f"{posts} requests for one expiry, {'early' if early else 'expired'}")


def order(session: ProveSession, tally: Tally) -> None:
    """a refresh makes four fsyncs; nothing of the store is opened between its answer and the last of them"""
    world = session.world("strict")
    # Something of the app to be looked at: a hold that has ended.
    world.advance(EXPIRED)
    world.emulator.script({"status": 429, "body_json": {"code": 8, "message": "Too many"}})
    world.ask()
    world.advance(DAY)
    world.forget()
    log = world.runtime / "calls"
    wanted = ",".join(f"?{name}" for name in CALLS)
    answer = world.ask([strace(), "-f", "-qq", "-y", "-s", "64", "-o", str(log), "-e", f"trace={wanted}"])
    tally.event()
    tally.must(answer.code == GOOD, f"the caller got {answer}")
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    received = max(
        (at for at, line in enumerate(lines) if "recvfrom(" in line and "200 OK" in line), default=-1
    )
    tally.must(received >= 0, "no answer was read")
    after = lines[received + 1 :]
    durable = next((at for at, line in enumerate(after) if "sync(" in line and ".try" in line), len(after))
    tally.must(durable < len(after), "no answer was made durable")
    for line in after[:durable]:
        opens = any(f"{name}(" in line for name in ("openat", "flock", "rename", "unlink"))
        tally.must(not (opens and str(world.place) in line), f"between answer and disk: {line[:160]}")
    world.forget()
    world.advance(EXPIRED)
    log.unlink()
    world.ask([strace(), "-f", "-qq", "-o", str(log), "-e", "trace=fsync,fdatasync"])
    syncs = sum("sync(" in line for line in log.read_text(encoding="utf-8").splitlines())
    tally.must(syncs == 4, f"{syncs} fsyncs")
    tally.expiry(world.posts)


def copies(session: ProveSession, tally: Tally) -> None:
    """two copies of the library in one process refresh once"""
    one, other = (session.folder / f"libcopy{number}.so" for number in (1, 2))
    language = c(one, other)
    for path in (one, other):
        copy(LIBRARY, path)
    world = session.world("strict")
    with Worker(world, language, THREADS) as worker:
        for number in range(session.rounds(full=100, small=5)):
            expire(world, [worker], 1, number % 2 == 1, tally)


def deleted(session: ProveSession, tally: Tally) -> None:
    """a cleaner that deletes the files of attempts under living holders makes nothing be lost"""
    world = session.world("strict")
    stop = threading.Event()
    deletions = 0

    def clean() -> None:
        nonlocal deletions
        while not stop.is_set():
            for path in world.place.glob("store/records/*/*.try"):
                try:
                    os.unlink(path)
                except FileNotFoundError:
                    continue
                deletions += 1
                tally.event()

    cleaner = threading.Thread(target=clean)
    cleaner.start()
    try:
        with Worker(world, c(), THREADS) as worker:
            for _ in range(session.rounds(full=300, small=8)):
                expire_swept(world, worker, tally)
    finally:
        stop.set()
        cleaner.join()
    tally.must(deletions > 0, "nothing was deleted")
    session.report.say(f"{deletions:,} deletions")


def expire_swept(world: World, worker: Worker, tally: Tally) -> None:
    """One expiry, while somebody deletes: refused before anything is sent, or a token that stays."""
    old = world.record()
    world.forget()
    world.advance(EXPIRED)
    end = time.monotonic() + LIMIT
    while True:
        callers = [world.start() for _ in range(2)]
        given = [*worker.get(), *(Answer.of(caller.finish(LIMIT)) for caller in callers)]
        tokens = {answer.token for answer in given if answer.code == GOOD}
        if tokens or time.monotonic() > end:
            break
    new = world.record()
    if new.generation == old.generation and world.issued:
        tally.token_lost(
            f"{world.issued} tokens were issued, and the record has none of them; callers got {given[0]}"
        )
        world.login()
        return
    for token in tokens:
        if token != new.access_token:
            tally.token_lost("a caller got a token that is not in the record")
    posts = world.posts
    tally.expiry(posts)
    tally.must(posts <= 1, f"{posts} requests for one expiry")
