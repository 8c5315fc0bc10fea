#!/usr/bin/env python3
"""The web servers that people use, each with an application that asks for tokens: loaded in the master where the
server has one, called in its workers, over http and TLS, against the emulator on this machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.main import main
from servers.checks import checks

if __name__ == "__main__":
    sys.exit(main("servers", __doc__, checks()))
