#!/usr/bin/env python3
"""Logins in a real Chromium: the command, at a terminal, under attack; the example web apps. Pictures: target/login."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # tests/, where `harness` is

from harness.check import collect
from harness.main import main
from login import apps, crowd, ends, hostile, pages, pasted, places, restored, strangers, whole
from login.session import LoginSession

if __name__ == "__main__":
    with contextlib.ExitStack() as stack:
        checks = collect(whole, strangers, hostile, crowd, pasted, restored, places, pages, apps, ends)
        code = main("login", __doc__, checks, lambda options, report: LoginSession(options, report, stack))
    sys.exit(code)
