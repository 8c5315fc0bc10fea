#!/usr/bin/env python3
"""The harness itself, and how run.py reads it: what must fail fails."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from pathlib import Path
from types import ModuleType
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import run as runner
from harness.beside import Beside
from harness.check import Check, collect
from harness.environment import clean, for_suites, users
from harness.failure import Failed, NotRun, demand
from harness.main import main
from harness.program import Late, run
from harness.reasons import one_line, reasons
from harness.session import Session
from suites import Suite

ECHO = "import sys\nfor line in sys.stdin: print('heard', line, end='', flush=True)"
# A program with a child that outlives it, unless its whole group is ended. Both hold the write end of a pipe.
STUBBORN = "import os, signal, time\nos.fork()\nprint('begun', flush=True)\ntime.sleep(600)"


# Seconds that a killed process may take to be gone.
DYING = 10.0


def python(program: str) -> list[str]:
    """How a program in Python is started."""
    return [sys.executable, "-c", program]


def failure(of: object) -> str:
    """What a call said that had to fail; `of` is a function without arguments."""
    assert callable(of)
    try:
        of()
    except Failed as problem:
        return str(problem)
    raise AssertionError("it did not fail")


def says(checks: list[Check], *given: str, session: type[Session] = Session) -> tuple[int, str]:
    """A suite of these checks: its exit code, and what it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), mock.patch.object(said, "reconfigure", create=True):
        code = main("made-up", None, checks, session, given=given)
    return code, said.getvalue()


def good(_: Session) -> str:
    """Passes, with a detail."""
    return "a detail"


def bad(_: Session) -> None:
    """Fails."""
    raise Failed("it is so")


def broken(_: Session) -> None:
    """Has a fault of its own."""
    raise KeyError("missing")


def left_out(_: Session) -> None:
    """Cannot be made here."""
    raise NotRun("no pwsh")


def twice(session: Session) -> None:
    """Notes two verdicts, one of them bad."""
    session.report.verdict("one")
    session.report.verdict("two", "no")


GOOD, BAD = Check("good", "all is well", good), Check("bad", "not so", bad)


def check_program_ends(_: Session) -> None:
    """a program's exit code and both outputs are kept, and one that must succeed and does not fails with them"""
    ended = run(python("import sys; print(input()); print('é', file=sys.stderr); sys.exit(3)"), given="ü\n")
    demand((ended.code, ended.output, ended.errors) == (3, "ü\n", "é\n"), repr(ended))
    said = failure(ended.demand_success)
    demand("ended with 3" in said and "ü" in said and "é" in said, said)


def check_program_not_there(_: Session) -> None:
    """a program that does not exist, and a folder that does not, fail by name"""
    demand("/does/not/exist does not start" in failure(lambda: run(["/does/not/exist"])), "another message")
    failure(lambda: run(python(""), folder=Path("/does/not/exist")))
    failure(lambda: Beside(["/does/not/exist"]))


def check_program_late(_: Session) -> None:
    """a program that does not end is killed with its children"""
    try:
        run(python(STUBBORN), limit=1)
    except Late as late:
        # Both have ended: otherwise the pipes would still be open, and this would not be reached.
        demand(late.ended.code == -9 and "had not ended after 1 s" in str(late), repr(late.ended))
    else:
        raise Failed("it ended")


def check_beside_answers(session: Session) -> None:
    """a program beside is asked line by line, and its last words are told when it ends without an answer"""
    with Beside(python(ECHO)) as echo:
        demand(echo.ask("one") == "heard one" and echo.ask("two") == "heard two", echo.output)
        demand(echo.finish().code == 0 and not echo.running, "it did not end with its input")
    with Beside(python("print('last words')")) as mute:
        demand(mute.line() == "last words", mute.output)
        said = failure(lambda: mute.ask("anything"))
        demand("no further line" in said and "last words" in said, said)
    files = (session.folder / "out", session.folder / "err")
    with Beside(python("import sys; print(1); print(2, file=sys.stderr)"), files=files) as writer:
        writer.finish()
        demand((writer.output, writer.errors) == ("1\n", "2\n"), "it wrote elsewhere")


def check_beside_awaited(session: Session) -> None:
    """what a program beside did is seen also where it has ended since"""
    with Beside(python("open('made', 'w')"), folder=session.folder) as quick:
        quick.finish()
        quick.until((session.folder / "made").exists, "made a file")
        demand(
            "never sang; it said" in failure(lambda: quick.until(lambda: False, "sang")), "another message"
        )


def check_beside_ends(_: Session) -> None:
    """a program beside that does not obey is killed with its children"""
    stubborn = Beside(python(STUBBORN))
    stubborn.line()
    stubborn.line()
    failure(lambda: stubborn.finish(limit=0.1))
    # The signal was sent, and on a busy machine a process takes some time to die of it.
    end = time.monotonic() + DYING
    while _alive(stubborn.pid):
        demand(time.monotonic() < end, "a process of its group is still there")
        time.sleep(0.01)


def _alive(group: int) -> bool:
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            state = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(state[2]) == group and state[0] != "Z":
                return True
    return False


def check_closing_lines(_: Session) -> None:
    """the closing lines count, repeat what failed, and name what was not run; run.py reads them"""
    others = [Check("left-out", "elsewhere", left_out), Check("twice", "both", twice)]
    code, said = says([GOOD, BAD, *others])
    demand(code == 1 and said.endswith("made-up: 2 passed, 2 failed\n"), said)
    demand(
        "  ok    all is well (a detail)\n" in said
        and "\nFAILED bad: it is so\nFAILED twice: two: no\n" in said,
        said,
    )
    demand(runner.count(said) == 2 and runner.skips(said) == ["left-out: not run (no pwsh)"], said)
    demand(says([GOOD]) == (0, says([GOOD])[1]), "a suite that passes did not end with 0")


def check_fault_of_a_check(_: Session) -> None:
    """a check with a fault of its own fails with its place, and the next is run"""
    code, said = says([Check("broken", "not right", broken), GOOD])
    demand(code == 1 and "KeyError: 'missing'" in said and "in broken" in said, said)
    demand(said.endswith("made-up: 1 passed, 1 failed\n"), said)


def check_nothing_is_no_success(_: Session) -> None:
    """a run in which nothing passed, or for which something is missing, is no success"""

    class Lacking(Session):
        def __init__(self, *_: object) -> None:
            raise Failed("no library")

    demand(says([Check("left-out", "elsewhere", left_out)])[0] == 1, "nothing passed, and it ended with 0")
    code, said = says([GOOD], session=Lacking)
    demand(code == 1 and "no library" in said and said.endswith("made-up: 0 passed, 1 failed\n"), said)


def check_choosing(_: Session) -> None:
    """--only and --list choose and name checks; a word that no check has is refused"""
    demand("1 passed, 0 failed" in says([GOOD, BAD], "--only", "goo")[1], "--only did not choose")
    demand(
        says([GOOD, BAD], "--list") == (0, "good\tall is well\nbad\tnot so\n"), "--list said something else"
    )
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            says([GOOD], "--only", "x")
    except SystemExit as ended:
        demand(ended.code == 2, f"it ended with {ended.code}")
    else:
        raise Failed("it was not refused")


def check_collecting(_: Session) -> None:
    """a check is found by its name, and must have a sentence"""
    module = ModuleType("made_up")
    vars(module).update(check_one_thing=good, helper=bad)
    demand(collect(module) == [Check("one-thing", "Passes, with a detail.", good)], str(collect(module)))
    vars(module)["check_silent"] = lambda session: None
    try:
        collect(module)
    except ValueError:
        return
    raise Failed("a check without a sentence was taken")


def check_reasons(_: Session) -> None:
    """each tool's failures are found, a line for each; without any, the last lines are the reason"""
    tools = {
        "FAILED bad: it is so": "\nFAILED bad: it is so\n\nmade-up: 1 passed, 1 failed\n",
        "FAILED tests/test_a.py::test_b - assert 1 == 2": "FAILED tests/test_a.py::test_b - assert 1 == 2\n1 failed",
        "thread 'a::b' panicked at a.rs:1:2: … not so": "---- a::b ----\nthread 'a::b' panicked at a.rs:1:2:\nnot so\n",
        "# Failed test 'a' … # at t/a.t line 3.": "#   Failed test 'a'\n#   at t/a.t line 3.\n#  got: '1'\n",
        "1) ATest::testB … Failed asserting that 1": "There was 1 failure:\n\n1) ATest::testB\nFailed asserting that 1\n",
        "a.py:1: error: no": "a.py:1: error: no\nFound 1 error in 1 file\n",
        "error[E0001]: no": "error[E0001]: no\n --> a.rs:1:2\n",
        "a.ts(3,1): error TS2322: no": "a.ts(3,1): error TS2322: no\n",
        "ended after 15 minutes": "$ made-up\n  ok    it says error: no\nended after 15 minutes\n",
    }
    for expected, printed in tools.items():
        demand(reasons(printed * 2) == [expected], str(reasons(printed)))
    demand(reasons("1\n\n2\n3\n4\n5\n") == ["2", "3", "4", "5"], "not the last lines")
    many = reasons("".join(f"FAILED {number}\n" for number in range(9)))
    demand(len(many) == 7 and many[-1] == "and 3 more", str(many))
    demand(one_line("it ended with 1:\n  a\n\n  b  c\n") == "it ended with 1: … b c", "another line")


def check_reasons_come_last(session: Session) -> None:
    """why a suite failed is said after the table of all"""
    program = "print('FAILED a: it is so\\n1 passed'); raise SystemExit(1)"
    suites = [
        Suite("bad", "fails", test=(tuple(python(program)),)),
        Suite("good", "passes", test=(tuple(python("print('2 passed')")),)),
    ]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), mock.patch.object(runner, "LOGS", session.folder):
        demand(runner.run_all(suites) == 1, "another number of suites failed")
    _, table, end = said.getvalue().partition("\ngood         passed ")
    demand(
        table != "" and end.endswith("\nbad: FAILED a: it is so\n\nsuites: 1 passed, 1 failed\n"),
        said.getvalue(),
    )


def check_environment(_: Session) -> None:
    """nothing steers a program under test; what builds still finds the user's proxy, and no secret"""
    steering = {
        "https_proxy": "http://proxy.example",
        "SSL_CERT_FILE": "/a.pem",
        "PINTEREST_APP_SECRET": "made-up",
        "PYTHONPATH": "/a",
        "RUST_LOG": "trace",
    }
    with mock.patch.dict(os.environ, steering):
        demand(not steering.keys() & clean().keys() and "PATH" in clean(), "something steers")
        suite = for_suites(MORE="1")
    demand(not steering.keys() & suite.keys() and suite["MORE"] == "1", "something steers a suite")
    demand("made-up" not in suite.values(), "a secret was handed on")
    with mock.patch.dict(os.environ, suite, clear=True):
        found = {name: value for name, value in users().items() if name in steering}
        demand(found == dict(list(steering.items())[:2]), str(found))
        demand(not [name for name in clean() if "proxy" in name.lower()], "a proxy reaches a program")


if __name__ == "__main__":
    sys.exit(main("harness", __doc__, collect(sys.modules[__name__])))
