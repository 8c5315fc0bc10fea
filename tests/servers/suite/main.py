"""The command line, and the run from its start to its end."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import shlex
import time
from types import ModuleType

from support.emulator import Emulator
from support.places import emulator_command
from support.report import Report

from . import servers
from .check import check

DESCRIPTION = """\
Runs the web servers that people use, each with an application that asks for tokens: loaded in the master where the
server has one, called in its workers, over http and TLS, against the emulator on this machine."""


def found() -> dict[str, ModuleType]:
    """The servers, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(servers.__path__))
    return {name: importlib.import_module(f"{servers.__name__}.{name}") for name in names}


def main(given: list[str] | None = None) -> int:
    """Runs the servers; the exit code."""
    modules = found()
    listed = "\n".join(f"  {name:<18} {module.ABOUT}" for name, module in modules.items())
    parser = argparse.ArgumentParser(
        prog="run.py",
        description=DESCRIPTION,
        epilog=f"servers:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("server", nargs="*", metavar="SERVER", help="these alone")
    parser.add_argument(
        "--emulator-cmd",
        metavar="COMMAND",
        type=shlex.split,
        default=emulator_command(),
        help="how to start the emulator",
    )
    options = parser.parse_args(given)
    if unknown := [name for name in options.server if name not in modules]:
        parser.error(f"no such server: {', '.join(unknown)}")
    report = Report()
    closing = []
    emulator = Emulator(options.emulator_cmd)
    try:
        for name, module in modules.items():
            if options.server and name not in options.server:
                continue
            report.begin(name, module.ABOUT)
            began, passed, failed = time.monotonic(), report.passed, len(report.failures)
            check(module, emulator, report)
            held, broken = report.passed - passed, len(report.failures) - failed
            closing.append(f"server {name:<29} {held} of {held + broken} checks hold   {module.ABOUT}")
            report.say(f"{time.monotonic() - began:.1f} s")
    finally:
        emulator.close()
    print("", *closing, sep="\n")
    return report.close()
