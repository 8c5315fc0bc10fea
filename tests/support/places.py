"""Where things are."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()


def emulator_command() -> list[str]:
    """The command that users have, unoptimised."""
    return [str(TARGET / "debug" / "pinterest-oauth"), "emulator"]
