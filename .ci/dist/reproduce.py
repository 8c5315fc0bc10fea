#!/usr/bin/env python3
"""Builds packages once more, in another folder and with another CARGO_HOME, and compares them with target/dist.

reproduce.py [--all] [--where-possible]     Without --all: the wheel and sdist of Python, the C library.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from places import OUT, ROOT, TARGET, commit, run

WORK = TARGET / "reproduce"
PACKAGES = ("python", "c")
# Files that differ with what was built or tested beside them.
BESIDE = {"BUILD.json", "cells.json", "SHA256SUMS"}


def sums(folder: Path) -> dict[str, str]:
    """SHA256SUMS, by name."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def impossible() -> str:
    """Why there is nothing to compare; nothing where there is."""
    try:
        said = subprocess.run(
            ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "this is no git checkout, which a second one could be made of"
    if said.stdout.strip():
        return "there are changes that are not committed: what is compared is a commit"
    try:
        built = json.loads((OUT / "BUILD.json").read_text(encoding="utf-8"))["commit"]
    except OSError:
        return "nothing is built yet: run `make dist` first"
    if built != commit()[0]:
        return f"target/dist was built of the commit {built[:12]}: run `make dist` first"
    return ""


def build_again(only: list[str]) -> Path:
    """The folder of artefacts of another checkout."""
    shutil.rmtree(WORK, ignore_errors=True)
    home, copy = WORK / "cargo-home", WORK / "another" / "place"
    home.mkdir(parents=True)
    theirs = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    for part in ("registry", "bin", "config.toml"):
        if (theirs / part).exists():
            (home / part).symlink_to(theirs / part)
    run(["git", "clone", "--quiet", "--shared", ROOT, copy])
    kept = {name: value for name, value in os.environ.items() if name not in ("CARGO_TARGET_DIR", "DIST_OUT")}
    run([sys.executable, ".ci/dist/build.py", *only], env={**kept, "CARGO_HOME": str(home)}, folder=copy)
    return copy / "target" / "dist"


def main() -> int:
    """0 if all bytes are the same."""
    parser = argparse.ArgumentParser(
        description=__doc__, allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--all", action="store_true", help="every package")
    parser.add_argument(
        "--where-possible", action="store_true", help="changes that are not committed are no failure"
    )
    options = parser.parse_args()
    if reason := impossible():
        print(f"  reproduce: not run ({reason})")
        return 0 if options.where_possible else 1
    began = time.monotonic()
    first = sums(OUT)
    second = sums(build_again([] if options.all else [f"--only={name}" for name in PACKAGES]))
    wanted = first.keys() | second.keys() if options.all else second.keys()
    names = sorted(name for name in wanted if options.all or name not in BESIDE)
    different = [name for name in names if first.get(name) != second.get(name)]
    for name in names:
        print(f"{'DIFFERS' if name in different else 'same   '}  {second.get(name, '-'):64}  {name}")
    print(f"built twice, in two folders: {len(names)} files in {time.monotonic() - began:.0f} s")
    if not different:
        shutil.rmtree(WORK)
    print(f"{len(names) - len(different)} passed, {len(different)} failed")
    return 1 if different or not names else 0


if __name__ == "__main__":
    sys.exit(main())
