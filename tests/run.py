#!/usr/bin/env python3
"""Runs every suite of the project and closes with one table. What a suite tests is its own affair.

The output of a suite goes to target/logs; what matters of it is shown again at the end.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from suites import PYTHON, SUITES, Suite

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "target" / "logs"
COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(text: str, code: str) -> str:
    """Colour, on a terminal."""
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


def run(suite: Suite) -> tuple[bool, float, str]:
    """Runs a suite; whether it passed, how long it took, and what it printed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{suite.name}.log"
    environment = {
        **os.environ,
        "PYTHON": PYTHON,
        "PYTHONUNBUFFERED": "1",
        "MYPYPATH": "tests",
        "RUSTDOCFLAGS": "-D warnings",
    }
    began, passed = time.monotonic(), True
    with log.open("w", encoding="utf-8") as out:
        for command in suite.commands:
            out.write(f"$ {' '.join(command)}\n")
            out.flush()
            try:
                ended = subprocess.run(
                    command,
                    cwd=ROOT,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    timeout=suite.minutes * 60,
                    check=False,
                )
                passed = ended.returncode == 0
            except subprocess.TimeoutExpired:
                out.write(f"ended after {suite.minutes} minutes\n")
                passed = False
            if not passed:
                break
    return passed, time.monotonic() - began, log.read_text(encoding="utf-8", errors="replace")


def count(output: str) -> int:
    """How many tests a suite says it passed; 0 where it does not count."""
    said = r"(?:^|\s)(\d+) passed|^Ran (\d+) tests|^OK \((\d+) tests|^Files=\d+, Tests=(\d+)"
    lines = re.findall(said, output, re.MULTILINE)
    return sum(int("".join(found)) for found in lines)


def skips(output: str) -> list[str]:
    """What a suite names as skipped or not run, with the reasons."""
    return re.findall(r"^SKIPPED .*$|^ *\S+: not run \(.*\)$|^.*\b[Ss]kipped: [1-9].*$", output, re.MULTILINE)


def main() -> int:
    """Runs the suites that are named, or all; the exit code."""
    names = [suite.name for suite in SUITES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suite", nargs="*", help=f"these alone: {', '.join(names)}")
    asked = parser.parse_args().suite
    if unknown := [name for name in asked if name not in names]:
        parser.error(f"no such suite: {', '.join(unknown)}")
    results: list[tuple[Suite, bool, float, int]] = []
    shown, skipped = list[str](), list[str]()
    for suite in SUITES:
        if asked and suite.name not in asked:
            continue
        print(f"{suite.name:12} {suite.about} ...", flush=True)
        passed, seconds, output = run(suite)
        results.append((suite, passed, seconds, count(output)))
        shown += ["", *re.findall(suite.shows, output, re.MULTILINE)] if suite.shows else []
        skipped += skips(output)
        if not passed:
            print(paint(f"{suite.name} failed; the end of target/logs/{suite.name}.log:", "31"))
            print("\n".join(f"    {line}" for line in output.splitlines()[-60:]), flush=True)
    if shown:
        print(*shown, sep="\n")
    print(f"\n{'suite':12} {'result':8} {'tests':>6} {'time':>7}")
    for suite, passed, seconds, tests in results:
        verdict = paint(f"{'passed' if passed else 'FAILED':8}", "32" if passed else "31")
        print(f"{suite.name:12} {verdict} {tests or '-':>6} {seconds:6.0f}s")
    for test in dict.fromkeys(line.strip() for line in skipped):
        print(test)
    failed = sum(not passed for _, passed, _, _ in results)
    print(f"\nsuites: {len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
