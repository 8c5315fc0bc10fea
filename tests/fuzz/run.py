#!/usr/bin/env python3
"""Runs the public API on inputs that a fuzzer makes: documents in, documents out, whole answers over real connections.

Without `--minutes` a fixed number of inputs, in about a minute. Writes target/fuzz.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fuzz.targets import WORK, Fuzzed, build, fuzz, problem
from harness.check import Check
from harness.failure import Failed, demand
from harness.main import main
from harness.places import TARGET
from harness.report import Report
from harness.session import Session

RESULT = TARGET / "fuzz.json"
# Of the short run: seconds of one target at most.
SHORT = 8
# Name, inputs of the short run, what holds.
TARGETS = [
    ("config", 40_000, "a configuration that is refused names its field and repeats no value"),
    ("token-request", 40_000, "a token request that is refused names its field and repeats no value"),
    ("revoke-request", 40_000, "a revoke request that is refused names its field and repeats no value"),
    (
        "conversion-request",
        40_000,
        "a conversion request that is refused names its field and repeats no value",
    ),
    ("authorize-request", 40_000, "the address for the user carries every parameter as it was given, once"),
    (
        "redirect-request",
        40_000,
        "a redirect gives its code for the right state alone, and its error shows neither",
    ),
    ("login-options", 40_000, "options of a login that are refused name their field and repeat no value"),
    (
        "login-begin",
        20_000,
        "a login in a browser begins at Pinterest's page with one state, and its cookies are headers",
    ),
    (
        "login-visit",
        10_000,
        "who does not have both a login's cookie and its state gets nowhere, and nothing is sent",
    ),
    ("token", 40_000, "a stored token reads back the same, has no key twice and the table's types"),
    (
        "answer",
        8_000,
        "an answer of any bytes ends in a token that can be used, or in an error without a secret",
    ),
    ("refusal", 8_000, "an error of Pinterest shows no secret in any spelling, and its numbers fit"),
    ("growth", 600, "documents are read in time proportional to their length"),
]
NAMES = [name for name, _, _ in TARGETS]


class FuzzSession(Session):
    """Builds the targets, and keeps what they did."""

    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        super().__init__(options, report)
        self.programs = build()
        self.done: dict[str, Fuzzed] = {}
        chosen = [name for name in NAMES if not options.only or any(word in name for word in options.only)]
        self.share = int(options.minutes * 60 / len(chosen)) if options.minutes and chosen else 0

    def run(self, name: str, runs: int) -> Fuzzed:
        """One target: its share of the time asked for, or so many inputs."""
        program, began = self.programs / f"fuzz-{name}", time.monotonic()
        if self.share:
            fuzzed = fuzz(program, WORK / "corpus" / name, seconds=self.share)
        else:
            fuzzed = fuzz(program, self.folder, runs=runs, seconds=SHORT)
        fuzzed.seconds = round(time.monotonic() - began, 1)
        return fuzzed

    def keep(self, name: str, fuzzed: Fuzzed) -> None:
        """Writes the result so far."""
        self.done[name] = fuzzed
        targets = {
            name: {
                "runs": one.runs,
                "seconds": one.seconds,
                "reached": one.reached,
                "faults": one.faults,
            }
            for name, one in self.done.items()
        }
        result = {
            "runs": sum(one.runs for one in self.done.values()),
            "seconds": round(sum(one.seconds for one in self.done.values()), 1),
            "faults": sum(len(one.faults) for one in self.done.values()),
            "targets": targets,
        }
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def check(name: str, runs: int, sentence: str) -> Check:
    """The check of one target."""

    def fuzzed(session: FuzzSession) -> str:
        found = session.run(name, runs)
        session.keep(name, found)
        if found.faults:
            raise problem(found)
        demand(found.runs > 0 and found.reached > 0, f"it ran nothing; it said:\n{found.said[-2000:]}")
        return f"{found.runs:,} inputs, {found.reached:,} places in the code"

    return Check(name, sentence, fuzzed)


def itself(session: FuzzSession) -> str:
    """A fault behind five letters, which no seed has."""
    found = fuzz(session.programs / "fuzz-itself", session.folder, runs=2_000_000, seconds=60)
    if not found.faults:
        raise Failed(f"it was not found in {found.runs:,} inputs")
    return f"after {found.runs:,} inputs"


def options(parser: argparse.ArgumentParser) -> None:
    """How long."""
    text = "so many minutes over all targets, from where the last such run ended"
    parser.add_argument("--minutes", type=float, default=0.0, help=text)


if __name__ == "__main__":
    checks = [Check("itself", "a fault that only led inputs reach is found", itself)]
    checks += [check(*target) for target in TARGETS]
    sys.exit(main("fuzz", __doc__, checks, FuzzSession, options=options))
