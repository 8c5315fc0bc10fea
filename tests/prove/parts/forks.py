"""A fork while another thread refreshes."""

from __future__ import annotations

import random

from ..session import ProveSession
from ..tally import Tally
from ..workers import Worker, answer, c, python
from ..world import EXPIRED, GOOD


def forks(session: ProveSession, tally: Tally) -> None:
    """a child that is forked while a thread refreshes has the same token as its parent, and nobody hangs"""
    order = random.Random(session.seed)
    languages = [c(), python()]
    rounds = session.rounds(full=1000, small=20) // len(languages)
    for language in languages:
        world = session.world("strict")
        with Worker(world, language, 1) as worker:
            for number in range(rounds):
                world.forget()
                world.advance(EXPIRED)
                if number % 3 == 0:
                    world.emulator.script({"action": "pinterest", "delay_ms": order.randrange(30)})
                worker.tell(f"fork {order.randrange(40_000)}")
                said = dict(line.split(" ", 1) for line in worker.lines())
                tally.event()
                what = f"{language.name}, fork {number}"
                parent, child = (answer(said.get(who, "-1 it said nothing")) for who in ("parent", "child"))
                new = world.record().access_token
                for who, got in (("parent", parent), ("child", child)):
                    tally.must(got.code == GOOD, f"{what}: the {who} got {got}")
                    if got.code == GOOD and got.token != new:
                        tally.token_lost(f"{what}: the {who} has a token that is not in the record")
                posts = world.posts
                tally.expiry(posts)
                tally.must(posts == 1, f"{what}: {posts} requests")
