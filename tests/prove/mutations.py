"""Takes each rule of the token manager away, in a copy, and reports which test notices.

    tests/prove/mutations.py [--only WORD] [--target DIR]

A mutation is a patch in `mutations/`; its first line says what it takes away. The copy is made of what is committed.
The tests are those of the store on a disk, of the rules, and the exploration of the real state machine, the quick ones
first: the first that fails ends a mutation. It fails where a mutation stays green, no longer applies, or does not compile.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# From the quickest to the slowest. Where a rule is missing the states may grow without end.
SUITES = [
    ["tokens::disk", "tokens::keep", "tokens::memory", "tokens::plan", "tokens::record", "tokens::send"],
    ["tokens::explore::without"],
    ["tokens::explore::with_one_fault_every_property_holds_in_strict"],
    ["tokens::explore::a_", "tokens::explore::an_"],
    ["tokens::explore::with_one_fault"],
]

# Each is a build of one crate and then minutes of exploring: a little optimised, the whole takes a third of the time.
PROFILE = {"CARGO_INCREMENTAL": "1", "CARGO_PROFILE_DEV_OPT_LEVEL": "1"}


def run(command: list[str], folder: Path, target: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **PROFILE, "CARGO_TARGET_DIR": str(target)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def cargo(copy: Path, target: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    command = ["cargo", "test", "-q", "-p", "pinterest-oauth", "--lib"]
    return run([*command, "--", *tests] if tests else [*command, "--no-run"], copy, target)


def tried(copy: Path, target: Path) -> str:
    """The tests that fail, or what else came of it."""
    built = cargo(copy, target, [])
    if built.returncode:
        return "does not compile: " + next(iter(re.findall(r"^error.*", built.stderr, re.MULTILINE)), "")
    for tests in SUITES:
        result = cargo(copy, target, tests)
        if result.returncode:
            failed = re.findall(r"^    (tokens::\S+)$", result.stdout, re.MULTILINE)
            return "red: " + (", ".join(sorted(set(failed))) or "the tests end at once")
    return "green"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--target", type=Path, default=ROOT / "target" / "mutations")
    chosen = parser.parse_args()
    patches = sorted(path for path in (HERE / "mutations").glob("*.patch") if chosen.only in path.name)
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        subprocess.run(["git", "clone", "-q", "--shared", str(ROOT), str(copy)], check=True)
        for patch in patches:
            subprocess.run(["git", "checkout", "-q", "."], cwd=copy, check=True)
            applied = run(["git", "apply", "--recount", str(patch)], copy, chosen.target)
            came = tried(copy, chosen.target) if applied.returncode == 0 else "does not apply"
            missed += not came.startswith("red")
            print(f"{patch.stem}: {came}", flush=True)
    print(f"{len(patches)} mutations, {missed} not noticed")
    return 1 if missed or not patches else 0


if __name__ == "__main__":
    sys.exit(main())
