"""What must hold after something was done to the callers of an account, in every rotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.failure import Failed

from .store import Kept
from .tally import Tally
from .world import DAY, GOOD, LOG_IN, SPENT, STEP, Answer, World

# Steps of a cool-down that are waited for: 5 s, 10 s, 20 s …, and the second asking after a refusal.
STEPS = 6
# One that was disturbed, one in its place, and the two askings of a refused token.
MOST_POSTS = 4
# Where the current one is spent: two askings for each of the refresh tokens that are kept.
MOST_OF_SPENT = MOST_POSTS + 2 * 6


@dataclass(frozen=True)
class Before:
    """An account before the disturbance."""

    record: Kept
    what: str
    # Whether the server takes its access token.
    good: bool


def begin(world: World, what: str, passes: int) -> Before:
    """An account that can be refreshed, so many seconds later; what is sent is counted from here."""
    record = world.fresh()
    world.forget()
    world.advance(passes)
    return Before(record, f"{world.rotation}, {what}", world.accepts(record.access_token))


def printed(world: World, before: Before, given: Sequence[Answer], tally: Tally) -> None:
    """Every token that a caller has printed is on disk; to be asked when no caller runs."""
    try:
        kept = {one.access_token for one in world.kept()}
    except Failed as problem:
        tally.token_lost(f"{before.what}: {problem}")
        return
    for answer in given:
        if answer.code == GOOD and answer.token not in kept | {before.record.access_token}:
            tally.token_lost(f"{before.what}: a caller has printed a token that is nowhere in the store")


def recovers(world: World, before: Before, tally: Tally, *, resent: bool = False) -> None:
    """The next callers get a token that the server takes, or a login is needed that no client can avoid.

    With `resent` the old refresh token may have been sent although a newer one was there.
    """
    what, base = before.what, before.record.generation
    try:
        durable = max(one.generation for one in world.kept())
        earlier = world.posts
        end = _steps(world, before, tally)
        after = world.record()
    except Failed as problem:
        tally.token_lost(f"{what}: {problem}")
        world.login()
        return
    posts, sent = world.posts, world.sent()
    tally.expiry(posts)
    most = MOST_OF_SPENT if world.rotation in SPENT else MOST_POSTS
    tally.must(posts <= most, f"{what}: {posts} requests")
    tally.must(after.generation >= base, f"{what}: generation {after.generation} after {base}")
    if after.generation < base:
        tally.token_lost(f"{what}: the generation fell")
    if durable > base:
        tally.must(
            posts == earlier or resent,
            f"{what}: {posts - earlier} requests although a durable answer was there",
        )
    if end.code == GOOD:
        return
    # A login: only where the server has thrown away what it took, and its answer came nowhere.
    unread = world.issued > after.generation - base
    twice = world.rotation == "family" and max(sent.values(), default=0) > 1
    if end.code == LOG_IN and world.rotation in SPENT and (unread or twice):
        tally.login()
    else:
        tally.token_lost(f"{what}: the next caller got {end}; {posts} requests, {world.issued} answered")
    world.login()


def _steps(world: World, before: Before, tally: Tally) -> Answer:
    """Callers come, one after the other, until one has a new token or is told what ends it."""
    what, base = before.what, before.record.generation
    for step in range(STEPS):
        answer = world.patient()
        if answer.code == GOOD:
            good = world.accepts(answer.token)
            tally.must(good, f"{what}: a caller got a token that the server does not take")
            if world.record().generation > base:
                return answer
        elif before.good:
            tally.must(False, f"{what}: the old token lives, and a caller got {answer}")
            return answer
        elif answer.code == LOG_IN:
            return answer
        world.advance(STEP * 2**step)
    if not before.good:
        return answer
    # The old token was served until its end; what comes then?
    world.advance(8 * DAY)
    return world.patient()
