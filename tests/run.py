#!/usr/bin/env python3
"""Runs every suite of the project and closes with one table. What a suite tests is its own affair.

The output of a suite goes to target/logs; what matters of it is shown again at the end. With words after its name,
as in `run.py c --only fork`, one suite is built and run with them, and shows what it says.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import IO

from harness.environment import for_suites, users
from harness.places import ROOT, TARGET
from harness.reasons import reasons
from harness.report import GREEN, RED, paint
from suites import PYTHON, SUITES, Suite

LOGS = TARGET / "logs"


def run(suite: Suite, words: Sequence[str] = (), out: IO[str] | None = None) -> bool:
    """Builds and runs a suite, whose last command gets `words`; whether all of it passed."""
    rustdoc = "-D warnings"
    tested = for_suites(PYTHON=PYTHON, PYTHONUNBUFFERED="1", RUSTDOCFLAGS=rustdoc)
    steps = [(command, users(RUSTDOCFLAGS=rustdoc)) for command in suite.build]
    steps += [(command, tested) for command in suite.test[:-1]]
    steps += [((*command, *words), tested) for command in suite.test[-1:]]
    for command, environment in steps:
        print(f"$ {' '.join(command)}", file=out, flush=True)
        try:
            ended = subprocess.run(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out and subprocess.STDOUT,
                timeout=suite.minutes * 60,
                check=False,
            )
        except subprocess.TimeoutExpired:
            print(f"ended after {suite.minutes} minutes", file=out)
            return False
        if ended.returncode != 0:
            return False
    return True


def logged(suite: Suite) -> tuple[bool, float, str]:
    """Runs a suite; whether it passed, how long it took, and what it printed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log, began = LOGS / f"{suite.name}.log", time.monotonic()
    with log.open("w", encoding="utf-8") as out:
        passed = run(suite, out=out)
    return passed, time.monotonic() - began, log.read_text(encoding="utf-8", errors="replace")


def count(output: str) -> int:
    """How many tests a suite says it passed; 0 where it does not count."""
    said = r"(?:^|\s)(\d+) passed|^Ran (\d+) tests|^OK \((\d+) tests|^Files=\d+, Tests=(\d+)"
    lines = re.findall(said, output, re.MULTILINE)
    return sum(int("".join(found)) for found in lines)


def skips(output: str) -> list[str]:
    """What a suite names as skipped or not run, with the reasons."""
    return re.findall(r"^SKIPPED .*$|^ *\S+: not run \(.*\)$|^.*\b[Ss]kipped: [1-9].*$", output, re.MULTILINE)


def run_all(suites: Sequence[Suite]) -> int:
    """Runs them one after the other, and shows the table; how many failed."""
    results: list[tuple[Suite, bool, float, int]] = []
    shown, skipped, why = list[str](), list[str](), list[str]()
    for suite in suites:
        print(f"{suite.name:12} {suite.about} ...", flush=True)
        passed, seconds, output = logged(suite)
        results.append((suite, passed, seconds, count(output)))
        shown += ["", *re.findall(suite.shows, output, re.MULTILINE)] if suite.shows else []
        skipped += skips(output)
        if not passed:
            print(paint(f"{suite.name} failed; the end of {LOGS}/{suite.name}.log:", RED))
            print("\n".join(f"    {line}" for line in output.splitlines()[-60:]), flush=True)
            why += [f"{suite.name}: {reason}" for reason in reasons(output)]
    if shown:
        print(*shown, sep="\n")
    print(f"\n{'suite':12} {'result':8} {'tests':>6} {'time':>7}")
    for suite, passed, seconds, tests in results:
        verdict = paint(f"{'passed' if passed else 'FAILED':8}", GREEN if passed else RED)
        print(f"{suite.name:12} {verdict} {tests or '-':>6} {seconds:6.0f}s")
    for test in dict.fromkeys(line.strip() for line in skipped):
        print(test)
    # Last, since of a long output often only the end is seen.
    if why:
        print("", *(paint(line, RED) for line in why), sep="\n")
    failed = sum(not passed for _, passed, _, _ in results)
    print(f"\nsuites: {len(results) - failed} passed, {failed} failed")
    return failed


def main() -> int:
    """Runs the suites that are named, or all; the exit code."""
    names = [suite.name for suite in SUITES]
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("suite", nargs="*", help=f"these alone: {', '.join(names)}")
    given = sys.argv[1:]
    first = next((place for place, word in enumerate(given) if place and word.startswith("-")), len(given))
    asked, words = parser.parse_args(given[:first]).suite, given[first:]
    if unknown := [name for name in asked if name not in names]:
        parser.error(f"no such suite: {', '.join(unknown)}")
    suites = [suite for suite in SUITES if suite.name in (asked or names)]
    if words:
        if len(suites) != 1:
            parser.error(f"{' '.join(words)} can be handed on to one suite alone")
        return 0 if run(suites[0], words) else 1
    return 1 if run_all(suites) else 0


if __name__ == "__main__":
    sys.exit(main())
