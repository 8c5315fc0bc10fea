#!/usr/bin/env python3
"""Checks the project against programs that others wrote. How: `run.py --help`, README.md."""

from __future__ import annotations

import sys

from oracles.main import main

if __name__ == "__main__":
    sys.exit(main())
