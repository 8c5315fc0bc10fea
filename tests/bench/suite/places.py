"""Where things are."""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PROGRAMS = HERE / "programs"
REQUIREMENTS = HERE / "requirements.txt"
ROOT = HERE.parent.parent
BINDINGS = ROOT / "bindings"
PACKAGE = BINDINGS / "python"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
RELEASE = TARGET / "release"
STAGE = TARGET / "bench-stage"
VENV = TARGET / "bench-venv"
MODULE = TARGET / "bench-powershell" / "Pinterest.OAuth"
NODE = TARGET / "bench-node"
BUILT = TARGET / "bench"
PYTHON = VENV / "bin" / "python"
