#!/usr/bin/env python3
"""Everything in a real PowerShell, with the answer as JSON: what `make powershell-check` runs.

  make powershell-check PWSH=/opt/pwsh
  make powershell-check PWSH=/opt/pwsh MODULE=./Pinterest.OAuth EMULATOR='pinterest-oauth emulator'

Without MODULE the module is built. It fails where there is no PowerShell: nothing would be known.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.environment import users
from harness.places import BINDINGS, ROOT, TARGET, optional
from harness.program import succeed

SUITE = Path(__file__).resolve().with_name("run.py")
CHECK = re.compile(r"^(\S+): (.*)$")
VERDICT = re.compile(r"^  (ok|FAIL) +(.*)$")
NOT_RUN = re.compile(r"^  not run \((.*)\)$")


def read(lines: list[str]) -> list[dict[str, str]]:
    """What the suite said, as rows: check, sentence, and how it ended."""
    rows: list[dict[str, str]] = []
    check = ""
    for line in lines:
        if found := CHECK.match(line):
            check = found[1]
        elif found := VERDICT.match(line):
            rows.append(
                {"check": check, "sentence": found[2], "ended": "passed" if found[1] == "ok" else "failed"}
            )
        elif found := NOT_RUN.match(line):
            rows.append({"check": check, "sentence": check, "ended": f"not run ({found[1]})"})
    return rows


def main() -> int:
    """Runs the suite, writes the file; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--module", default="")
    parser.add_argument("--emulator-cmd", default="")
    parser.add_argument("--write", type=Path, default=TARGET / "powershell.json")
    given = parser.parse_args()
    pwsh = optional("pwsh")
    if not pwsh:
        print("powershell: not run (no pwsh: say where one is, PWSH=/path)")
        return 2
    version = succeed(
        [pwsh, "-NoLogo", "-NoProfile", "-Command", "$PSVersionTable.PSVersion.ToString()"]
    ).strip()
    if not given.module:
        succeed(["make", "-s", "stage", "cli"], env=users(), folder=ROOT, limit=1800)
        succeed([BINDINGS / "powershell" / "build.sh"], env=users(), limit=900)
    command = [sys.executable, str(SUITE), "powershell"]
    command += ["--module", given.module] if given.module else []
    command += ["--emulator-cmd", given.emulator_cmd] if given.emulator_cmd else []
    lines = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=users(NO_COLOR="1", PWSH=pwsh)
    ) as suite:
        for line in suite.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip("\n"))
    rows = read(lines)
    counts = {
        ended: sum(row["ended"].startswith(ended) for row in rows)
        for ended in ("passed", "failed", "not run")
    }
    given.write.parent.mkdir(parents=True, exist_ok=True)
    report = {"powershell": version, "exit_code": suite.returncode, "counts": counts, "rows": rows}
    given.write.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(f"{given.write}: PowerShell {version}, {counts}")
    return suite.returncode or (0 if counts["passed"] else 1)


if __name__ == "__main__":
    sys.exit(main())
