#!/usr/bin/env python3
"""Measures speed and size beside what others offer. How: `run.py --help`, README.md."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.main import main

if __name__ == "__main__":
    sys.exit(main())
