#!/usr/bin/env python3
"""A person who gives access on the page whose address is the argument; prints the address at which the browser ends up."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness import web

if __name__ == "__main__":
    print(web.click(sys.argv[1]))
