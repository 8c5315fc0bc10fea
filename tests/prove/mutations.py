#!/usr/bin/env python3
"""Takes each rule of the token manager away, in a copy, and reports which test notices.

A mutation is a patch in `mutations/`; its first line says what it takes away. The copy is made of what is committed.
The tests are those of the store on a disk, of the rules, and the exploration of the real state machine, the quick ones
first: the first that fails ends a mutation. It fails where a mutation stays green, no longer applies, or does not compile.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.mutations import Copy, main

HERE = Path(__file__).resolve().parent
# From the quickest to the slowest. Where a rule is missing the states may grow without end.
SUITES = [
    [f"tokens::{module}" for module in ("disk", "due", "engine", "keep", "memory", "plan", "record", "send")],
    ["tokens::explore::without"],
    ["tokens::explore::with_one_fault_every_property_holds_in_strict"],
    ["tokens::explore::a_", "tokens::explore::an_"],
    ["tokens::explore::with_one_fault"],
]

# Each is a build of one crate and then minutes of exploring: a little optimised, the whole takes a third of the time.
PROFILE = {"CARGO_INCREMENTAL": "1", "CARGO_PROFILE_DEV_OPT_LEVEL": "1"}


def cargo(copy: Copy, tests: list[str]) -> subprocess.CompletedProcess[str]:
    """These tests of the core, or its build alone."""
    command = ["cargo", "test", "-q", "-p", "pinterest-oauth", "--lib"]
    return copy.run([*command, "--", *tests] if tests else [*command, "--no-run"])


def tried(copy: Copy, _patch: Path) -> str:
    """The tests that fail, or what else came of it."""
    built = cargo(copy, [])
    if built.returncode:
        return "does not compile: " + next(iter(re.findall(r"^error.*", built.stderr, re.MULTILINE)), "")
    for tests in SUITES:
        result = cargo(copy, tests)
        if result.returncode:
            failed = re.findall(r"^    (tokens::\S+)$", result.stdout, re.MULTILINE)
            return "red: " + (", ".join(sorted(set(failed))) or "the tests end at once")
    return "green"


if __name__ == "__main__":
    sys.exit(main(__doc__, HERE / "mutations", tried, PROFILE))
