#!/usr/bin/env python3
"""Tests the C library as its users get it: installed in a folder by `make stage`, found by pkg-config,
called from C11 and C++17 programs, against the emulator on this machine.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from c.checks import canary, example, exports, forks, install, login, memory, table, usage
from c.session import CSession
from harness.check import collect
from harness.main import main
from harness.places import STAGE


def options(parser: argparse.ArgumentParser) -> None:
    """The library under test may be another one."""
    parser.add_argument("--stage", metavar="FOLDER", type=Path, default=STAGE, help="the installed library")


if __name__ == "__main__":
    # Last of all, `canary` searches what the others printed.
    checks = collect(table, usage, example, login, exports, install, forks, memory, canary)
    sys.exit(main("c", __doc__, checks, CSession, options=options))
