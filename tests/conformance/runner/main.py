"""Puts the run together: the command line, cases, languages, one emulator, the report, the exit code."""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from pathlib import Path

from harness.emulator import Emulator
from harness.failure import Failed

from . import cases as case_files
from . import languages as language_file
from . import report
from .cases import Case
from .language_run import LanguageResult, LanguageRun
from .languages import CONFORMANCE, Language
from .listeners import DeadEnds

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


def main(given: list[str] | None = None) -> int:
    """0 if everything passed, 1 if something failed, 2 if nothing could be run."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    options = _parser().parse_args(given)
    try:
        cases = _selected(case_files.load(CONFORMANCE / "cases"), options.case)
        if options.list:
            for case in cases:
                print(f"{case.id}\t{case.name}")
            return 0
        wanted = [name for name in options.languages.split(",") if name]
        languages = language_file.choose(language_file.load(), wanted, options.skip)
        left_out = dict.fromkeys(options.skip, "skipped on request")
        left_out |= {each.name: f"not run (no {each.missing})" for each in languages if each.missing}
        languages = [language for language in languages if not language.missing]
        if not languages:
            reasons = "".join(f"; {name}: {reason}" for name, reason in left_out.items())
            raise language_file.BadLanguage(f"no language is left to run{reasons}")
        if options.build:
            for language in languages:
                language.make()
        results = _run(cases, languages, shlex.split(options.emulator_cmd) or None, options.verbose)
    except Failed as problem:
        print(f"run.py: {problem}", file=sys.stderr)
        return 2
    report.matrix(cases, results, list(left_out))
    report.failures(cases, results)
    return 1 if report.summary(cases, results, left_out) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--languages", metavar="A,B", default="", help="only these (default: all)")
    add("--skip", metavar="LANG", action="append", default=[], help="without it; repeatable")
    add("--case", "--only", metavar="TEXT", action="append", default=[], help="only these; repeatable")
    add("--list", action="store_true", help="print the cases and stop")
    add("--build", action="store_true", help="build the drivers first")
    add("--verbose", action="store_true", help="name each case as it runs")
    add(
        "--emulator-cmd",
        metavar="COMMAND",
        default="",
        help="how to start the emulator (default: pinterest-oauth emulator, from cargo's target folder)",
    )
    return parser


def _selected(cases: list[Case], texts: list[str]) -> list[Case]:
    selected = [case for case in cases if not texts or any(text in case.id for text in texts)]
    if not selected:
        raise case_files.BadCase(f"no case is named {' or '.join(texts)}")
    return selected


def _run(
    cases: list[Case], languages: list[Language], emulator_command: list[str] | None, verbose: bool
) -> list[LanguageResult]:
    with (
        Emulator(emulator_command) as emulator,
        DeadEnds() as dead_ends,
        tempfile.TemporaryDirectory(prefix="conformance-") as folder,
    ):
        runs = [LanguageRun(each, emulator, dead_ends, Path(folder), verbose) for each in languages]
        return [run.run(cases) for run in runs]
