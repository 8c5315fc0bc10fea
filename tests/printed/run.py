#!/usr/bin/env python3
"""What is printed runs: the documents of tests/seeds, the blocks of the READMEs, the examples."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.check import collect
from harness.main import main
from printed import examples, links, readmes, seeds

if __name__ == "__main__":
    sys.exit(main("printed", __doc__, [*seeds.checks(), *collect(readmes, links, examples)]))
