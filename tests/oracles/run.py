#!/usr/bin/env python3
"""Checks the project against programs that others wrote, and installs those it needs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.check import collect
from harness.main import main
from harness.places import TARGET
from oracles.checks import prism_mock, prism_proxy, schemathesis, sdk, wire
from oracles.session import OracleSession


def options(parser: argparse.ArgumentParser) -> None:
    """Our client may be another one."""
    parser.add_argument(
        "--python",
        metavar="PROGRAM",
        type=Path,
        default=TARGET / "venv" / "bin" / "python",
        help="a Python that has our package (default: the one in target/venv)",
    )


if __name__ == "__main__":
    checks = collect(schemathesis, prism_mock, prism_proxy, sdk, wire)
    sys.exit(main("oracles", __doc__, checks, OracleSession, options=options))
