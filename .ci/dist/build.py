#!/usr/bin/env python3
"""Makes every package, in target/dist or in the folder that DIST_OUT names: build.py [--arch ARCH] [--only PACKAGE].

Packages are python, npm, php, perl, powershell, c, command and crates.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import time

import check
import native
from packages import MAKERS, NATIVE, Job, programs
from places import OUT, STAGE, commit, platform, version


def main() -> int:
    """Builds, packs, checks, and writes down what was made and by what; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--arch", default=os.environ.get("ARCH") or os.uname().machine)
    parser.add_argument("--only", action="append", choices=MAKERS, metavar="PACKAGE")
    options = parser.parse_args()
    chosen = platform(options.arch)
    makers = {name: make for name, make in MAKERS.items() if not options.only or name in options.only}
    os.environ["SOURCE_DATE_EPOCH"] = str(commit()[1])
    os.umask(0o022)
    for folder in (OUT, STAGE):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    seconds: dict[str, float] = {}
    began = time.monotonic()
    parts = native.build(chosen, {NATIVE[name] for name in makers if name in NATIVE}, seconds)
    job = Job(chosen, parts, seconds)
    for name, make in makers.items():
        print(f"{name} ...", flush=True)
        start = time.monotonic()
        make(job)
        seconds.setdefault(f"{name}, packed", round(time.monotonic() - start, 1))
    (OUT / "THIRD-PARTY-LICENSES.txt").write_bytes(job.notices("pinterest-oauth-python").read_bytes())
    facts, problems = check.artefacts(all_of_them=makers == MAKERS)
    document = {
        "version": version(),
        "commit": commit()[0],
        "source_date_epoch": commit()[1],
        "platform": chosen.triple,
        "built_with": programs(chosen),
        "artefacts": facts,
    }
    (OUT / "BUILD.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    files = [path for path in sorted(OUT.rglob("*")) if path.is_file() and path.name != "SHA256SUMS"]
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(OUT)}\n" for path in files]
    (OUT / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    for name, fact in facts.items():
        print(f"{fact['bytes']:>10,}  glibc {fact.get('glibc', '-'):5}  {name}")
    for name, took in seconds.items():
        print(f"{took:>8.1f} s  {name}")
    for problem in problems:
        print(f"FAILED  {problem}")
    print(f"{len(facts)} artefacts in {OUT}, {time.monotonic() - began:.0f} s; {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
