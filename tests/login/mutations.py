#!/usr/bin/env python3
"""Takes each rule of the login away, in a copy, and reports which check of the suite notices.

    tests/login/mutations.py [--only WORD] [--target DIR]

A mutation is a patch in `mutations/`: its first line says what it takes away, its second which checks must notice, or with
`CRATE:` which test there. The copy is made of what is committed. It fails where a mutation stays green, no longer
applies, or does not compile. The mutations of a web app's login belong to core/tests/login_web.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NOTICED = re.compile(r"^Noticed by: (.*)$", re.MULTILINE)
CLI = ["-p", "pinterest-oauth-cli"]


def run(command: list[str], folder: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """One command in the copy."""
    env = {**os.environ, "CARGO_TARGET_DIR": str(target), "CARGO_INCREMENTAL": "0"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def tried(copy: Path, target: Path, checks: list[str]) -> str:
    """Which checks fail, or what else came of it."""
    crate, _, name = checks[0].rpartition(":")
    if crate:
        result = run(["cargo", "test", "-q", "-p", crate, "--lib", name], copy, target)
        if "test result: FAILED" in result.stdout:
            return f"red: {name}"
    else:
        result = run(["cargo", "build", "-q", *CLI], copy, target)
        if result.returncode == 0:
            only = [word for check in checks for word in ("--only", check)]
            result = run([sys.executable, "tests/login/run.py", *only], copy, target)
            failed = re.findall(r"^FAILED ([^:]+): (.{0,90})", result.stdout, re.MULTILINE)
            return "red: " + "; ".join(": ".join(one) for one in failed) if failed else "green"
    if errors := re.findall(r"^error.*", result.stderr, re.MULTILINE):
        return f"does not compile: {errors[0]}"
    return "green"


def main() -> int:
    """Every patch, one after the other."""
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
            found = NOTICED.search(patch.read_text(encoding="utf-8"))
            applied = run(["git", "apply", "--recount", str(patch)], copy, chosen.target)
            came = "does not apply"
            if found and applied.returncode == 0:
                came = tried(copy, chosen.target, found[1].split())
            missed += not came.startswith("red")
            print(f"{patch.stem}: {came}", flush=True)
    print(f"{len(patches)} mutations, {missed} not noticed")
    return 1 if missed or not patches else 0


if __name__ == "__main__":
    sys.exit(main())
