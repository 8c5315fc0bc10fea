"""Where things are."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
BINDINGS = ROOT / "bindings"
TARGET = (ROOT / (os.environ.get("CARGO_TARGET_DIR") or "target")).resolve()
# The C library as it is installed, unoptimised: `make stage`.
STAGE = TARGET / "stage"
LIBRARY = STAGE / "lib" / "libpinterest_oauth.so"
# A Python that has our package: the one that runs the suites.
PYTHON = os.environ.get("PYTHON") or sys.executable


def command() -> Path:
    """The command that users have, unoptimised: `make cli`."""
    return TARGET / "debug" / "pinterest-oauth"


def optional(program: str) -> str | None:
    """Where a program is that not every machine has: what the variable of its name in capitals says, or on PATH."""
    return os.environ.get(program.upper()) or shutil.which(program)
