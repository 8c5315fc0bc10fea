"""Where things are in the repository. What they contain belongs to whoever reads them."""

from __future__ import annotations

import os
from pathlib import Path

ORACLES = Path(__file__).resolve().parent.parent
ROOT = ORACLES.parent.parent
DESCRIPTION = ORACLES / "openapi-5.23.yaml"
PROGRAMS = ORACLES / "programs"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
BUILT = TARGET / "oracles"
