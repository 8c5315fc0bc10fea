#!/usr/bin/env python3
"""Installs every artefact of target/dist in clean Debian systems: without Rust, without a network, as nobody.

run.py [--suites bullseye,bookworm,trixie] [--only WORD] [--dist FOLDER] [--no-conformance] [--where-possible]

A cell is an artefact in a system. It is installed there from its file alone, gets a token from the emulator over http
and TLS, and is taken away again. In one system the conformance cases run against what was installed. What cannot be run
is named as such and never counted as passed. target/dist/cells.json has every cell. FULL=1 adds sid.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dist.box import Box, Impossible, tools
from dist.inside import CELLS
from harness.places import ROOT, TARGET
from harness.report import GREEN, RED, paint

SUITES = ("bullseye", "bookworm", "trixie")
CONFORMANCE_SUITE = "trixie"
# What nothing here can run, and why.
NEVER = {
    "powershell": "there is no PowerShell in Debian; its .nupkg and .zip hold the assembly that the cell dotnet runs",
    "symfony": "the bundle needs Symfony, which cannot be installed without a network",
    "sdist-and-crates": "they need Rust, and these systems have none; the workflow builds them",
}


def main() -> int:
    """Runs the cells; 0 if none failed and one passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    full = ("sid",) if os.environ.get("FULL") else ()
    parser.add_argument("--suites", default=",".join((*SUITES, *full)))
    parser.add_argument("--only", action="append", default=[], metavar="WORD")
    parser.add_argument("--dist", type=Path, default=TARGET / "dist")
    parser.add_argument("--no-conformance", action="store_true")
    parser.add_argument(
        "--where-possible", action="store_true", help="a machine that can run none of it has not failed"
    )
    parser.set_defaults(impossible="")
    options = parser.parse_args()
    began, cells = time.monotonic(), list[dict[str, Any]]()
    if problem := _checked(options.dist):
        sys.exit(f"{problem}: run `make dist` first")
    with tempfile.TemporaryDirectory(prefix="test-dist-") as folder:
        # Nobody may read neither the checkout nor a folder of root's.
        work = Path(folder)
        work.chmod(0o755)
        shutil.copytree(options.dist, work / "dist")
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "tests" / "dist", work / "inside" / "dist", ignore=leave)
        for name in ("tests/harness", "tests/conformance", "include"):
            shutil.copytree(ROOT / name, work / "checkout" / name, ignore=leave)
        subprocess.run(["chmod", "-R", "a+rX", work], check=True)
        try:
            brought = tools(work)
        except Impossible as reason:
            brought, options.impossible = work, str(reason)
        except subprocess.CalledProcessError as problem:
            brought, options.impossible = work, f"Node or .NET could not be fetched: {problem}"
        for suite in options.suites.split(","):
            cells += _suite(suite, work, brought, options)
    cells += [
        {"suite": "-", "cell": name, "state": "not run", "reason": reason} for name, reason in NEVER.items()
    ]
    (options.dist / "cells.json").write_text(json.dumps(cells, indent=1) + "\n", encoding="utf-8")
    count = {
        state: sum(each["state"] == state for each in cells) for state in ("passed", "failed", "not run")
    }
    for each in cells:
        if each["state"] == "not run":
            where = "" if each["suite"] == "-" else f"{each['suite']}-"
            print(f"  {where}{each['cell']}: not run ({each['reason']})")
    print(f"cells in {time.monotonic() - began:.0f} s, {count['not run']} not run")
    print(f"{count['passed']} passed, {count['failed']} failed")
    none_can_run = options.where_possible and not count["passed"]
    return 0 if (count["passed"] or none_can_run) and not count["failed"] else 1


def _checked(dist: Path) -> str:
    """What is wrong with the sums of the artefacts; nothing where all is right."""
    try:
        lines = (dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        for line in lines:
            wanted, name = line.split("  ", 1)
            if name != "cells.json" and hashlib.sha256((dist / name).read_bytes()).hexdigest() != wanted:
                return f"{name} is not the file of SHA256SUMS"
    except OSError as problem:
        return f"{problem.filename} cannot be read"
    return "" if lines else "SHA256SUMS is empty"


def _suite(suite: str, work: Path, brought: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Every cell of a system."""
    names = [*CELLS, *(["conformance"] if suite == CONFORMANCE_SUITE and not options.no_conformance else [])]
    names = [name for name in names if not options.only or any(word in name for word in options.only)]
    try:
        if options.impossible:
            raise Impossible(options.impossible)
        box = Box(suite, work, brought)
    except Impossible as reason:
        return [{"suite": suite, "cell": name, "state": "not run", "reason": str(reason)} for name in names]
    cells = []
    for name in names:
        told = {"suite": suite, "cell": name, **box.cell(name)}
        cells.append(told)
        colour = {"passed": GREEN, "failed": RED}.get(told["state"], "")
        more = ", ".join(
            f"{key} {value}"
            for key, value in told.items()
            if key not in ("suite", "cell", "state", "reason", "seconds")
        )
        state = paint(told["state"], colour) if colour else told["state"]
        print(f"{suite:9} {name:12} {state:8} {told.get('seconds', 0):6.1f} s  {more}", flush=True)
        if told["state"] == "failed":
            print("\n".join(f"    {line}" for line in str(told["reason"]).splitlines()[-40:]), flush=True)
    return cells


if __name__ == "__main__":
    sys.exit(main())
