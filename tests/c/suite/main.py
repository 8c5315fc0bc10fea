"""The command line, and the run from its start to its end."""

from __future__ import annotations

import argparse
import shlex
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from support import places
from support.emulator import EmulatorFailed
from support.report import Report

from .bench import Bench
from .checks import canary, example, exports, forks, memory, names, panics, usage
from .compiler import Compiler, ToolFailed, require_tools

Check = tuple[str, str, Callable[[Bench], None]]

CHECKS: list[Check] = [
    ("surface", "every function, as C11 and C++17 programs use it, shared and static", usage.surface),
    ("example", "examples/c does what its README says", example.check),
    ("bad-input", "what cannot be right is named, and nothing is sent", usage.bad_input),
    ("exports", "the library shows its header and nothing else", exports.check),
    ("panic", "a panic inside stays inside", panics.check),
    ("threads", "eight threads share one client", usage.threads),
    ("fork", "before, at and after a fork every answer belongs to its asker", forks.check),
    ("names", "a look-up that hangs is covered by the deadline, and by forks", names.check),
    ("valgrind", "nothing is lost on any path", memory.valgrind),
    ("leak", "20,000 calls leave the memory as it was", memory.leak),
    ("canary", "no secret is printed, and none is in an error document", canary.check),
]

DESCRIPTION = """\
Tests the C library as its users get it: installed in a folder by `make stage`, found by pkg-config,
called from C11 and C++17 programs, against the emulator on this machine."""


def arguments(given: list[str] | None) -> argparse.Namespace:
    """Reads the command line."""
    listed = "\n".join(f"  {name:<10} {sentence}" for name, sentence, _ in CHECKS)
    parser = argparse.ArgumentParser(
        prog="run.py",
        description=DESCRIPTION,
        epilog=f"checks:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--stage", metavar="FOLDER", type=Path, default=places.TARGET / "stage", help="the installed library"
    )
    parser.add_argument(
        "--emulator-cmd",
        metavar="COMMAND",
        type=shlex.split,
        default=places.emulator_command(),
        help="how to start the emulator (default: pinterest-oauth emulator, from cargo's target folder)",
    )
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        default=[],
        choices=[name for name, _, _ in CHECKS],
        help="this check alone; repeatable",
    )
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Runs the checks; the exit code."""
    options = arguments(given)
    report = Report()
    try:
        require_tools()
        if not (options.stage / "lib" / "pkgconfig").is_dir():
            raise ToolFailed(f"no library in {options.stage}: run `make stage` first")
    except ToolFailed as problem:
        report.bad(f"everything that is needed is there: {problem}")
        return report.close()
    bench = Bench(Compiler(options.stage.resolve()), options.emulator_cmd, report)
    for name, sentence, check in CHECKS:
        if options.only and name not in options.only:
            continue
        report.begin(name, sentence)
        began = time.monotonic()
        try:
            check(bench)
        except (ToolFailed, EmulatorFailed, OSError, subprocess.TimeoutExpired) as problem:
            report.bad(f"the check can be made: {problem}")
        report.say(f"{time.monotonic() - began:.1f} s")
    return report.close()
