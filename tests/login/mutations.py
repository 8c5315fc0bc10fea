#!/usr/bin/env python3
"""Takes each rule of the login away, in a copy, and reports which check of the suite notices.

A mutation is a patch in `mutations/`: its first line says what it takes away, its second which checks must notice, or with
`CRATE:` which test there. The copy is made of what is committed. It fails where a mutation stays green, no longer
applies, or does not compile. The mutations of a web app's login belong to core/tests/login_web.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.mutations import Copy, main

HERE = Path(__file__).resolve().parent
NOTICED = re.compile(r"^Noticed by: (.*)$", re.MULTILINE)
CLI = ["-p", "pinterest-oauth-cli"]


def tried(copy: Copy, patch: Path) -> str:
    """Which checks fail, or what else came of it."""
    found = NOTICED.search(patch.read_text(encoding="utf-8"))
    if not found:
        return "does not say who notices it"
    checks = found[1].split()
    crate, _, name = checks[0].rpartition(":")
    if crate:
        result = copy.run(["cargo", "test", "-q", "-p", crate, "--lib", name])
        if "test result: FAILED" in result.stdout:
            return f"red: {name}"
    else:
        result = copy.run(["cargo", "build", "-q", *CLI])
        if result.returncode == 0:
            only = [word for check in checks for word in ("--only", check)]
            result = copy.run([sys.executable, "tests/login/run.py", *only])
            failed = re.findall(r"^FAILED ([^:]+): (.{0,90})", result.stdout, re.MULTILINE)
            return "red: " + "; ".join(": ".join(one) for one in failed) if failed else "green"
    if errors := re.findall(r"^error.*", result.stderr, re.MULTILINE):
        return f"does not compile: {errors[0]}"
    return "green"


if __name__ == "__main__":
    sys.exit(main(__doc__, HERE / "mutations", tried, {"CARGO_INCREMENTAL": "0"}))
