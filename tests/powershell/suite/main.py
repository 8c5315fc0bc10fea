"""The command line, and the run from its start to its end."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from pathlib import Path

from support.places import emulator_command
from support.report import Report

from . import dotnet, pwsh, scripts
from .places import MODULE, PWSH
from .running import Problem, Session

DESCRIPTION = """\
dotnet      compiles the C# half with its tests, and runs them on .NET Core and mono
powershell  the form of the scripts; then, where PWSH names pwsh or it is on PATH, everything in it"""

EXAMPLES = """\
In PowerShell nothing is built: a module folder and an emulator are enough.
  PWSH=/opt/pwsh run.py powershell --module Pinterest.OAuth --emulator-cmd 'pinterest-oauth emulator'
  PWSH=/opt/pwsh run.py powershell --only conformance"""

CHECKS: dict[str, list[Callable[[Session], None]]] = {
    "dotnet": [
        dotnet.tests_on_dotnet,
        dotnet.tests_on_mono,
        dotnet.secrets,
        dotnet.another_abi,
        dotnet.no_library,
        dotnet.surface,
        dotnet.environment,
        dotnet.leak,
    ],
    "powershell": [scripts.syntax, scripts.xml, scripts.manifest, scripts.kinds, scripts.examples],
}
IN_PWSH: list[Callable[[Session], None]] = [
    pwsh.module,
    pwsh.secrets,
    pwsh.another_abi,
    pwsh.no_library,
    pwsh.conformance,
    pwsh.example,
    pwsh.readme,
    pwsh.bench,
    pwsh.leak,
]


def main(given: list[str] | None = None) -> int:
    """Runs the checks of a suite; the exit code."""
    parser = argparse.ArgumentParser(
        prog="run.py",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("suite", choices=list(CHECKS))
    parser.add_argument("--only", default="", metavar="TEXT", help="the checks with this in their name")
    parser.add_argument(
        "--module", default=MODULE, type=lambda name: Path(name).resolve(), help="the module's folder"
    )
    parser.add_argument(
        "--emulator-cmd",
        metavar="COMMAND",
        type=shlex.split,
        default=emulator_command(),
        help="how to start the emulator",
    )
    options = parser.parse_args(given)
    checks = CHECKS[options.suite] + (IN_PWSH if options.suite == "powershell" and PWSH else [])
    report = Report()
    session = Session(options.emulator_cmd, str(options.module), report)
    for check in checks:
        if options.only not in check.__name__:
            continue
        report.begin(check.__name__, check.__doc__ or "")
        before = report.passed
        try:
            check(session)
        except Problem as problem:
            report.bad(str(problem))
        else:
            if report.passed == before:
                report.good("it is so")
    if options.suite == "powershell" and not PWSH:
        print("powershell: not run (no pwsh)")
    return report.close()
