"""The real state machine explored, and mutations of the sources that must turn a test red."""

from __future__ import annotations

import re
from pathlib import Path

from harness.environment import users
from harness.failure import Failed, NotRun, quoted
from harness.places import PYTHON, ROOT
from harness.program import run

from ..session import ProveSession
from ..tally import Tally

EXPLORED = re.compile(r"(\d[\d_,]*) states")
MINUTES = 30


def explore(session: ProveSession, tally: Tally) -> None:
    """the real state machine, explored exhaustively: two processes, two faults, four modes of the server"""
    if not (ROOT / "core" / "src" / "tokens" / "explore").is_dir():
        raise NotRun("core/src/tokens/explore is not there")
    if not session.full:
        raise NotRun("the suite rust explores a part of it")
    words = [
        "cargo",
        "test",
        "--release",
        "--locked",
        "-q",
        "-p",
        "pinterest-oauth",
        "--lib",
        "tokens::explore",
    ]
    more = ["--", "--nocapture", "--include-ignored"]
    env = users(PROVE="1")
    ended = run([*words, *more], env=env, folder=ROOT, limit=MINUTES * 60)
    states = [int(re.sub(r"\D", "", found)) for found in EXPLORED.findall(ended.said)]
    tally.events = sum(states)
    if ended.code != 0:
        raise Failed(f"it ended with {ended.code}; it said:\n{quoted(ended.said)}")
    tally.must(sum(states) > 0, f"no state was explored; it said:\n{quoted(ended.said)}")


def mutations(session: ProveSession, tally: Tally) -> None:
    """each rule that is taken out of the sources turns a named test red"""
    program = Path(__file__).resolve().parent.parent / "mutations.py"
    if not session.full:
        raise NotRun("each is a build; the whole run tries them")
    tally.events = len(list(program.with_suffix("").glob("*.patch")))
    ended = run([PYTHON, program], env=users(), folder=ROOT, limit=MINUTES * 60)
    for line in ended.output.splitlines():
        session.report.say(line)
    if ended.code != 0:
        raise Failed(f"it ended with {ended.code}; it said:\n{quoted(ended.said)}")
