"""Where things are."""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SOURCES = HERE / "src"
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
BUILD = TARGET / "tests-c"


def emulator_command() -> list[str]:
    """The command that users have; the emulator's own program as long as that is not built."""
    command = TARGET / "debug" / "pinterest-oauth"
    if command.exists():
        return [str(command), "emulator"]
    return [str(TARGET / "debug" / "emulator-under-test")]
