#!/usr/bin/env python3
"""Runs every case of `cases/` in every language and prints the matrix. How: `run.py --help`, README.md."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conformance.runner.main import main

if __name__ == "__main__":
    sys.exit(main())
