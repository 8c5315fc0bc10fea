#!/usr/bin/env python3
"""Runs the example of each document in tests/seeds against the emulator. How: `run.py --help`, README.md."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from documents.main import main

if __name__ == "__main__":
    sys.exit(main())
