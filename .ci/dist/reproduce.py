#!/usr/bin/env python3
"""Builds everything once more, in another folder and with another CARGO_HOME, and compares it with target/dist.

reproduce.py [--only WORD]     WORD: only artefacts with it in their name count, such as `whl` or `-c-`
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from places import OUT, ROOT, TARGET, output, run


def sums(folder: Path) -> dict[str, str]:
    """SHA256SUMS, by name."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def main() -> int:
    """0 if all bytes are the same."""
    parser = argparse.ArgumentParser(
        description=__doc__, allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="WORD")
    wanted = parser.parse_args().only
    if output(["git", "status", "--porcelain"]).strip():
        sys.exit("there are changes that are not committed: what is compared is a commit")
    work = TARGET / "reproduce"
    shutil.rmtree(work, ignore_errors=True)
    home, copy = work / "cargo-home", work / "another" / "place"
    home.mkdir(parents=True)
    theirs = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    for part in ("registry", "bin", "config.toml"):
        if (theirs / part).exists():
            (home / part).symlink_to(theirs / part)
    run(["git", "clone", "--quiet", "--shared", ROOT, copy])
    kept = {name: value for name, value in os.environ.items() if name not in ("CARGO_TARGET_DIR", "DIST_OUT")}
    run([sys.executable, ".ci/dist/build.py"], env={**kept, "CARGO_HOME": str(home)}, folder=copy)
    first, second = sums(OUT), sums(copy / "target" / "dist")
    names = sorted(name for name in first.keys() | second.keys() if wanted in name and name != "cells.json")
    different = [name for name in names if first.get(name) != second.get(name)]
    for name in names:
        print(f"{'DIFFERS' if name in different else 'same   '}  {first.get(name, '-'):64}  {name}")
    print(f"{len(names) - len(different)} passed, {len(different)} failed")
    return 1 if different or not names else 0


if __name__ == "__main__":
    sys.exit(main())
