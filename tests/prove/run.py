#!/usr/bin/env python3
"""The token manager under kill -9, frozen holders, full disks, power loss, forks and clocks: nothing is lost.

Without `--full` a few of everything, in about a minute. Writes target/prove/table.md and target/prove.json.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.check import Check
from harness.failure import Failed, NotRun, demand
from harness.main import main
from prove import events, result
from prove.parts import PARTS, Part
from prove.parts.itself import itself
from prove.session import ProveSession
from prove.tally import Tally


def check(part: Part) -> Check:
    """The check of one part."""

    def proved(session: ProveSession) -> str:
        tally = session.tallies[part.name] = Tally()
        began = time.monotonic()
        try:
            with session.open:
                part.run(session, tally)
            tally.ran = True
        except NotRun as reason:
            tally.not_run = str(reason)
            raise
        except Exception as problem:
            tally.wrong.append(f"{type(problem).__name__}: {problem}")
            raise
        finally:
            tally.seconds = time.monotonic() - began
            result.write(session)
        if not tally.good:
            raise Failed(tally.problem())
        return tally.detail()

    return Check(part.name, part.sentence, proved)


def named(session: ProveSession) -> str:
    """The table itself."""
    demand(not events.unknown(), f"nobody has {', '.join(events.unknown())}")
    result.write(session)
    rows = events.rows(session.tallies)
    opened = [f"{names} ({went})" for names, _, _, went in rows if went.startswith("open")]
    return f"{len(rows) - len(opened)} of {len(rows)} rows, open: {'; '.join(opened)}"


def options(parser: argparse.ArgumentParser) -> None:
    """How much."""
    add: Callable[..., object] = parser.add_argument
    add("--full", action="store_true", help="all of it, in at most ninety minutes")
    add("--part", action="append", dest="only", metavar="NAME", help="as --only")
    add("--rounds", type=int, default=0, help="how often, for the parts that repeat")
    add("--seed", type=int, default=0, help="what a run that failed has printed")


if __name__ == "__main__":
    # Whoever ends it finds no mount, no loop device and no stopped process left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    checks = [Check("itself", "what is lost is noticed", itself), *(check(part) for part in PARTS)]
    checks.append(Check("events", "what shows each event of the table is there, by name", named))
    sys.exit(main("prove", __doc__, checks, ProveSession, options=options))
