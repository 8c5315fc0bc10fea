"""Runs the conformance cases in a clean system against what its packages installed; as `inside.py` runs a cell.

The runner and the drivers are those of the repository, in a checkout that has nothing else: where the drivers look
for the bindings, there are links to the installed packages.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile

from dist.inside import DIST, TOOLS, WORK, Wrong, one, run, untar

CHECKOUT = WORK / "checkout"
CASES = CHECKOUT / "tests" / "conformance"


def install() -> list[dict[str, object]]:
    """Every package, and an entry of languages.json for each."""
    drivers = CASES / "drivers"
    entries: list[dict[str, object]] = []

    run("python3", "-m", "venv", WORK / "venv")
    python = WORK / "venv" / "bin" / "python"
    run(
        python,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-index",
        "--find-links",
        DIST,
        "--only-binary",
        ":all:",
        "pinterest-oauth",
    )
    entries.append({"name": "python", "command": [str(python), str(drivers / "python" / "driver.py")]})

    place = WORK / "perl"
    place.mkdir()
    environment = {**os.environ, "PERL_CPANM_HOME": str(WORK / "cpanm")}
    run(
        "cpanm",
        "-q",
        "--mirror-only",
        "--mirror",
        f"file://{WORK}",
        "-l",
        place,
        one("Pinterest-OAuth-*.tar.gz"),
        env=environment,
    )
    entries.append(
        {"name": "perl", "command": ["perl", f"-I{place}/lib/perl5", str(drivers / "perl" / "driver.pl")]}
    )

    with zipfile.ZipFile(one("composer/pinterest-oauth-*.zip")) as archive:
        archive.extractall(CHECKOUT / "bindings" / "php")
    entries.append({"name": "php", "command": ["php", str(drivers / "php" / "driver.php")]})

    modules = WORK / "node_modules"
    for pattern, folder in (
        ("npm/pinterest-oauth-[0-9]*.tgz", "pinterest-oauth"),
        ("npm/pinterest-oauth-linux-*.tgz", ""),
    ):
        packed = one(pattern)
        folder = folder or re.sub(r"-[\d.]+\.tgz$", "", packed.name)
        untar(packed, modules / f".{folder}")
        (modules / f".{folder}" / "package").rename(modules / folder)
    (CHECKOUT / "bindings" / "node").symlink_to(modules / "pinterest-oauth")
    node = str(TOOLS / "node" / "bin" / "node")
    entries.append(
        {
            "name": "node",
            "command": [node, str(drivers / "node" / "driver.mjs")],
            "environment": {"NODE_DEBUG": "*"},
        }
    )

    untar(one("pinterest-oauth-c-*.tar.gz"), WORK / "c")
    (prefix,) = (WORK / "c").iterdir()
    program = WORK / "c-driver"
    flags = [f"-I{prefix}/include", f"-L{prefix}/lib", f"-Wl,-rpath,{prefix}/lib"]
    run("gcc", "-std=c11", drivers / "c" / "driver.c", "-o", program, *flags, "-lpinterest_oauth")
    entries.append({"name": "c", "command": [str(program)]})
    return entries


def main() -> int:
    """Prints what `inside.py` prints for a cell."""
    began = time.monotonic()
    shutil.copytree("/checkout", CHECKOUT, symlinks=True)
    (CHECKOUT / "bindings").mkdir(exist_ok=True)
    untar(next(DIST.glob("pinterest-oauth-0*-linux-gnu.tar.gz")), WORK / "command")
    (emulator,) = (WORK / "command").glob("*/bin/pinterest-oauth")
    try:
        entries = install()
        (CASES / "languages.json").write_text(json.dumps(entries), encoding="utf-8")
        ended = subprocess.run(
            [sys.executable, CASES / "run.py", "--emulator-cmd", f"{emulator} emulator"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=CHECKOUT, check=False,
        )  # fmt: skip
    except Wrong as problem:
        print(json.dumps({"state": "failed", "reason": str(problem)}))
        return 0
    said = ended.stdout + ended.stderr
    counted = re.search(r"^.*\d+ passed.*$", said, re.MULTILINE)
    told = {
        "state": "passed" if ended.returncode == 0 else "failed",
        "cases": counted[0].strip() if counted else "none",
        "languages": " ".join(str(each["name"]) for each in entries),
        "reason": "" if ended.returncode == 0 else said[-3000:],
        "seconds": round(time.monotonic() - began, 1),
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
