#!/usr/bin/env python3
"""The emulator's control page and consent page in a real Chromium. Pictures: target/emulator."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # tests/, where `harness` is

from emulator_page import clicks, consent, foreign, looks
from emulator_page.session import PageSession
from harness.check import collect
from harness.main import main

if __name__ == "__main__":
    with contextlib.ExitStack() as stack:
        checks = collect(clicks, consent, foreign, looks)
        code = main(
            "emulator-page", __doc__, checks, lambda options, report: PageSession(options, report, stack)
        )
    sys.exit(code)
