"""What is lost is noticed: a suite that cannot fail proves nothing."""

from __future__ import annotations

import shutil

from harness.failure import demand

from .. import after
from ..session import ProveSession
from ..tally import Tally
from ..traced import strace
from ..world import EXPIRED, GOOD, Answer
from .answers import record_file
from .power import lose_power

COPIES = 10


def itself(session: ProveSession) -> str:
    """Each in turn."""
    world = session.world("strict")
    with session.open:
        before = after.begin(world, "itself", EXPIRED)
        path, backup = record_file(world), world.runtime / "backup"
        shutil.copyfile(path, backup)
        invented = Tally()
        after.printed(world, before, [Answer(GOOD, "pina_that_nobody_issued", "")], invented)
        demand(len(invented.lost) == 1, "a token that is nowhere in the store was not noticed")

        demand(world.ask().code == GOOD, "the account cannot be refreshed")
        after_it = after.begin(world, "itself", 0)
        shutil.copyfile(backup, path)
        fallen = Tally()
        after.recovers(world, after_it, fallen)
        demand(len(fallen.lost) > 0, "a record of an earlier generation was not noticed")

        cut = after.begin(world, "itself", EXPIRED)
        path.write_bytes(path.read_bytes()[:100])
        damaged = Tally()
        after.printed(world, cut, [], damaged)
        demand(len(damaged.lost) == 1, "a damaged record was not noticed")
    with session.open:
        # Nothing is made durable, and all is said to be.
        unsynced = Tally()
        durable = "fsync,fdatasync"
        words = [strace(), "-f", "-qq", "-o", "/dev/null", "-e", f"trace={durable}"]
        words += ["-e", f"inject={durable}:retval=0"]
        lose_power(session, unsynced, COPIES, words)
        demand(len(unsynced.lost) > 0, f"{COPIES} copies of a disk without fsync have every token")
    return f"an invented token, an earlier record, a damaged one, {len(unsynced.lost)} of {COPIES} copies without fsync"
