"""The command line of a suite, and its run from start to end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from .check import Check, chosen, run_all
from .failure import Failed
from .report import Report
from .session import Session


def main(
    suite: str,
    about: str | None,
    checks: Sequence[Check],
    session: Callable[[argparse.Namespace, Report], Session] = Session,
    *,
    options: Callable[[argparse.ArgumentParser], object] = lambda parser: None,
    given: Sequence[str] | None = None,
) -> int:
    """Runs the checks; the exit code. `options` adds to the command line, which is `given` or the program's own.

    Where `session` raises `Failed`, something that every check needs is missing: nothing is run.
    """
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(
        prog=f"tests/run.py {suite}",
        description=about,
        epilog="checks:\n" + "\n".join(f"  {check.name:<15} {check.sentence}" for check in checks),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--only",
        metavar="WORD",
        action="append",
        default=[],
        help="the checks with this in their name; repeatable",
    )
    add("--list", action="store_true", help="print the checks and stop")
    add(
        "--emulator-cmd",
        metavar="COMMAND",
        default="",
        help="how to start the emulator (default: pinterest-oauth emulator, from cargo's target folder)",
    )
    options(parser)
    read = parser.parse_args(given)
    wanted = chosen(checks, read.only)
    if not wanted:
        parser.error(f"no check has {' or '.join(read.only)} in its name")
    if read.list:
        for check in wanted:
            print(f"{check.name}\t{check.sentence}")
        return 0
    report = Report(suite)
    try:
        run_all(wanted, session(read, report))
    except Failed as problem:
        report.bad(f"everything that is needed is there: {problem}")
    return report.close()
