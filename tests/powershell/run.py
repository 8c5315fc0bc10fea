#!/usr/bin/env python3
"""Tests of the PowerShell module and of its C# half. How: `run.py --help`, bindings/powershell/README.md."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from suite.main import main

if __name__ == "__main__":
    sys.exit(main())
