"""The command line."""

from __future__ import annotations

import argparse

DESCRIPTION = """\
Runs every case of tests/conformance/cases in every language of languages.json, against one
emulator, and prints a matrix. A language that cannot run fails; leave it out by name with --skip."""

EXAMPLES = """\
examples:
  run.py --build                      build the drivers, then run everything
  run.py --languages python           one language
  run.py --case error-401             the cases whose file name contains that text
  run.py --skip c --verbose           all languages but C, each case named as it runs
  run.py --list                       the cases, as sentences

A case is a file, a language a driver and an entry: see README.md."""


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(
        prog="run.py",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--languages", metavar="A,B", default="", help="only these (default: all)")
    parser.add_argument("--skip", metavar="LANG", action="append", default=[], help="without it; repeatable")
    parser.add_argument("--case", metavar="TEXT", action="append", default=[], help="only these; repeatable")
    parser.add_argument("--list", action="store_true", help="print the cases and stop")
    parser.add_argument("--build", action="store_true", help="build the drivers first")
    parser.add_argument("--verbose", action="store_true", help="name each case as it runs")
    parser.add_argument(
        "--emulator-cmd",
        metavar="COMMAND",
        help="how to start the emulator (default: pinterest-oauth emulator, from cargo's target folder)",
    )
    return parser.parse_args(arguments)
