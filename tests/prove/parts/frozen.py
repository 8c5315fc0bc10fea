"""SIGSTOP at the calls of a refresh; another caller goes on in its place; then SIGCONT."""

from __future__ import annotations

from .. import after
from ..session import ProveSession, at_once
from ..tally import Tally
from ..traced import Call, Frozen, calls, chosen
from ..world import BUSY, EXPIRED, GOOD, LOG_IN, MODES, UNAVAILABLE, World

# More than a lease: the 30 s of a call, and what is added.
LEASE = 60


def frozen(session: ProveSession, tally: Tally) -> None:
    """a caller that was frozen past its lease sends nothing when it wakes, or its answer is kept"""
    modes = MODES if session.full else MODES[1:2]

    def freeze(world: World) -> None:
        after.begin(world, "unharmed", EXPIRED)
        found = calls(world)
        if not session.full:
            found = [call for call in found if call.sent][:1] + chosen(found, 4)
        for call in found:
            freeze_at(world, call, tally)

    at_once(session.worlds(*modes), freeze)
    tally.must(tally.events > 0, "nobody was frozen")


def freeze_at(world: World, call: Call, tally: Tally) -> None:
    """One caller that stops there, and another one."""
    before = after.begin(world, f"frozen at {call}", EXPIRED)
    what = before.what
    with Frozen(world, call) as one:
        if one.stopped:
            tally.event()
        early = world.posts
        world.advance(LEASE)
        other = world.patient()
        # A folder's lock in frozen hands is the one thing that others wait for.
        allowed = {GOOD, LOG_IN, BUSY} | ({UNAVAILABLE} if one.stopped else set())
        tally.must(other.code in allowed, f"{what}: the other caller got {other}")
        between = world.posts
        woken = one.go_on()
    given = [answer for answer in (other, woken) if answer.code == GOOD]
    after.printed(world, before, given, tally)
    if other.code == GOOD and not early and call.name not in {"sendto", "writev"}:
        tally.must(world.posts == between, f"{what}: it woke and sent a request")
    for answer in given:
        tally.must(
            world.accepts(answer.token), f"{what}: a token that the server does not take was handed out"
        )
    after.recovers(world, before, tally, resent=True)
