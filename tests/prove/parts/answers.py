"""Answers that are lost, false, or found late: by the names of their events."""

from __future__ import annotations

import shutil
from pathlib import Path

from harness.failure import Failed
from harness.program import run

from .. import after
from ..session import ProveSession
from ..tally import Tally
from ..world import DAY, EARLY, EXPIRED, GOOD, LOG_IN, STEP, World

ATTEMPT = "0123456789abcdef" * 2


def lost_answer(session: ProveSession, tally: Tally) -> None:
    """E13: after an answer that nobody read there is a token, or the old one until it ends and then a login"""
    for world in session.worlds(*session.modes):
        for passes in (EARLY, EXPIRED):
            before = after.begin(world, "an answer that nobody read", passes)
            world.emulator.script({"fault": "never_read"})
            world.ask()
            tally.event()
            after.recovers(world, before, tally)


def false_refusal(session: ProveSession, tally: Tally) -> None:
    """E14, E15: one false 283 costs nothing; a user who took the access away is served until the token ends"""
    for world in session.worlds(*session.modes):
        for passes in (EARLY, EXPIRED):
            before = after.begin(world, "one false 283", passes)
            world.emulator.script({"fault": "invalid_grant"})
            logins = tally.logins
            tally.event()
            after.recovers(world, before, tally)
            tally.must(tally.logins == logins, f"{before.what}: a login")
            tally.must(world.posts == 2, f"{before.what}: {world.posts} requests and not two")
        before = after.begin(world, "283 for ever", EARLY)
        world.emulator.script({"fault": "invalid_grant", "times": 1000})
        tally.event()
        for step in range(8):
            answer = world.ask()
            tally.must(answer.token == before.record.access_token, f"{before.what}: a caller got {answer}")
            world.advance(STEP * 2**step)
        world.advance(EXPIRED - EARLY)
        answer = world.patient()
        tally.must(answer.code == LOG_IN, f"{before.what}, expired: a caller got {answer}")
        tally.must(
            world.record().access_token == before.record.access_token, f"{before.what}: the record changed"
        )
        world.emulator.script()
        world.login()


def found_late(session: ProveSession, tally: Tally) -> None:
    """E10, E22: a copy is taken over where the record needs a login; of an old backup nothing is thrown away"""
    world = session.world("strict")
    before = after.begin(world, "a copy lies beside", EXPIRED)
    path = record_file(world)
    backup = world.runtime / "backup"
    shutil.copyfile(path, backup)
    token = world.patient().token
    newer = path.read_bytes()
    shutil.copyfile(backup, path)
    tally.event()
    # An old backup, and nobody who knows better: the spent token is tried, and the user is asked.
    answers = [world.patient() for _ in range(2)]
    tally.must(answers[-1].code == LOG_IN, f"an old backup: a caller got {answers[-1]}")
    tally.must("ago" in answers[-1].said, f"an old backup: its age is not told: {answers[-1].said}")
    tally.must(world.record().state == "needs_login", f"the record is {world.record().state}")
    copy = path.with_name(f"{path.stem}.{ATTEMPT}.copy")
    copy.touch(mode=0o600)
    copy.write_bytes(newer)
    tally.event()
    found = world.ask()
    if found.code != GOOD or found.token != token:
        tally.token_lost(f"a copy that nobody read: a caller got {found}")
    tally.must(world.record().state == "ready", "a copy was read, and the record still needs a login")
    tally.must(not copy.exists(), "a copy stays although the record holds it")
    world.forget()
    world.advance(EXPIRED)
    tally.must(world.patient().code == GOOD, "the refresh token of the copy does not work")
    tally.expiry(world.posts)
    tally.must(before.record.generation < world.record().generation, "the generation fell")


def record_file(world: World) -> Path:
    """The record's file."""
    found = list(world.place.glob("store/records/*/*.json"))
    if len(found) != 1:
        raise Failed(f"{len(found)} records")
    return found[0]


def idle(session: ProveSession, tally: Tally) -> None:
    """E36: an account that nobody uses for 200 days is kept by a timer, with a request for each expiry"""
    world = session.world("strict")
    due = world.words("refresh", "--due")
    world.forget()
    for _ in range(100):
        world.advance(2 * DAY)
        ended = run(due, env=world.env)
        tally.event()
        tally.must(
            ended.code == 0 and not ended.said, f"a timer said {ended.said[:200]} and ended with {ended.code}"
        )
    tally.expiries, tally.posts = 8, world.posts
    tally.must(7 <= world.posts <= 9, f"{world.posts} requests in 200 days")
    tally.must(world.accepts(world.ask().token), "the server does not take the token")
