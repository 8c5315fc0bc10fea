#!/usr/bin/env python3
"""The PowerShell module. Two suites: run.py dotnet | powershell [--only WORD] [--list] …

dotnet      compiles the C# half with its tests, and runs them on .NET Core and mono
powershell  the form of the scripts; then, where PWSH names a PowerShell or pwsh is on PATH, everything in it

In PowerShell nothing is built: a module folder and an emulator are enough.
  PWSH=/opt/pwsh run.py powershell --module Pinterest.OAuth --emulator-cmd 'pinterest-oauth emulator'
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.check import collect
from harness.main import main
from powershell import dotnet, logins, pwsh, scripts
from powershell.session import MODULE, PowerShellSession

SUITES = {"dotnet": collect(dotnet, logins), "powershell": [*collect(scripts), *pwsh.checks()]}


def options(parser: argparse.ArgumentParser) -> None:
    """The module under test may be another one."""
    parser.add_argument("--module", metavar="FOLDER", type=Path, default=MODULE, help="the module's folder")


if __name__ == "__main__":
    suite, *given = sys.argv[1:] or [""]
    if suite not in SUITES:
        sys.exit(__doc__)
    sys.exit(main(suite, __doc__, SUITES[suite], PowerShellSession, options=options, given=given))
