"""The command line, the list of checks, and the report."""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from . import check_prism_mock, check_prism_proxy, check_schemathesis, check_sdk, check_wire
from .failure import CheckFailed
from .our_client import Refused
from .places import TARGET
from .tools import Tools

Check = Callable[[Tools, Path], str]
CHECKS: dict[str, tuple[str, Check]] = {
    "schemathesis": ("Schemathesis finds nothing wrong with the emulator", check_schemathesis.check),
    "prism-mock": ("Our requests are what Pinterest's description asks for", check_prism_mock.check),
    "prism-proxy": ("Our requests and the emulator's answers are as described", check_prism_proxy.check),
    "sdk": ("Pinterest's own SDK refreshes a token at the emulator", check_sdk.check),
    "wire": ("Our bodies equal those of Pinterest's own quickstart", check_wire.check),
}
EPILOG = "checks:\n" + "\n".join(f"  {name:<13} {sentence}" for name, (sentence, _) in CHECKS.items())


def main(arguments: list[str] | None = None) -> int:
    """0 if everything passed, 1 if not."""
    chosen = _options(arguments)
    tools = Tools(shlex.split(chosen.emulator_cmd), Path(chosen.python).absolute())
    failed = 0
    wanted = chosen.check or list(CHECKS)
    for name in wanted:
        sentence, check = CHECKS[name]
        started = time.monotonic()
        found, detail = _run(check, tools)
        failed += not found
        taken = f"{time.monotonic() - started:.1f} s"
        if found:
            _write(f"ok    {sentence} ({detail}; {taken})")
        else:
            _write(f"FAIL  {sentence} ({name}; {taken})")
            _write("\n".join(f"      {line}" for line in detail.splitlines()))
    _write(f"{len(wanted) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Checks the project against programs that others wrote, and installs those it needs.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--emulator-cmd",
        metavar="COMMAND",
        default=shlex.join([str(TARGET / "debug" / "pinterest-oauth"), "emulator"]),
        help="how to start the emulator (default: pinterest-oauth emulator, from cargo's target folder)",
    )
    parser.add_argument(
        "--python",
        metavar="PROGRAM",
        default=str(TARGET / "venv" / "bin" / "python"),
        help="a Python that has our package (default: the one in target/venv)",
    )
    parser.add_argument(
        "--check", metavar="NAME", action="append", choices=list(CHECKS), help="only this one; repeatable"
    )
    return parser.parse_args(arguments)


def _run(check: Check, tools: Tools) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        try:
            return True, check(tools, Path(folder))
        except (CheckFailed, Refused) as problem:
            return False, str(problem)
        except (OSError, KeyError, TypeError, ValueError, AssertionError) as problem:
            # An answer of another shape than the check is made for: a failure, not the end of the run.
            return False, f"{type(problem).__name__}: {problem}"


def _write(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)
