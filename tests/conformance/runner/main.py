"""Puts the run together: cases, languages, one emulator, the report, the exit code."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from pathlib import Path

from support.emulator import Emulator, EmulatorFailed

from . import cases as case_files
from . import languages as language_file
from . import options, report
from .cases import Case
from .language_run import LanguageResult, LanguageRun
from .listeners import DeadEnds
from .places import CASES


def main(arguments: list[str] | None = None) -> int:
    """0 if everything passed, 1 if something failed, 2 if nothing could be run."""
    chosen = options.parse(arguments)
    try:
        cases = _selected(case_files.load(CASES), chosen.case)
        known = language_file.load()
        wanted = [name for name in chosen.languages.split(",") if name]
        languages = language_file.choose(known, wanted, chosen.skip)
        if chosen.list:
            for case in cases:
                print(f"{case.id}\n    {case.name}")
            return 0
        left_out = dict.fromkeys(chosen.skip, "skipped on request")
        left_out |= {each.name: f"not run (no {each.missing})" for each in languages if each.missing}
        languages = [language for language in languages if not language.missing]
        if not languages:
            reasons = "".join(f"; {name}: {reason}" for name, reason in left_out.items())
            raise language_file.BadLanguage(f"no language is left to run{reasons}")
        if chosen.build:
            for language in languages:
                language.make()
        command = shlex.split(chosen.emulator_cmd or "") or default_emulator()
        results = _run(cases, languages, command, chosen.verbose)
    except (case_files.BadCase, language_file.BadLanguage, EmulatorFailed) as problem:
        print(f"run.py: {problem}", file=sys.stderr)
        return 2
    paper = report.Paper()
    report.matrix(paper, cases, results, list(left_out))
    report.failures(paper, cases, results)
    return 1 if report.summary(paper, cases, results, left_out) else 0


def _selected(cases: list[Case], texts: list[str]) -> list[Case]:
    selected = [case for case in cases if not texts or any(text in case.id for text in texts)]
    if not selected:
        raise case_files.BadCase(f"no case is named {' or '.join(texts)}")
    return selected


def default_emulator() -> list[str]:
    """The command `pinterest-oauth emulator` as cargo built it."""
    return [os.path.join(language_file.target_dir(), "debug", "pinterest-oauth"), "emulator"]


def _run(
    cases: list[Case], languages: list[language_file.Language], command: list[str], verbose: bool
) -> list[LanguageResult]:
    results = []
    dead_ends = DeadEnds()
    emulator = Emulator(command)
    try:
        with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
            for language in languages:
                run = LanguageRun(language, emulator, dead_ends, Path(folder), verbose)
                results.append(run.run(cases))
    finally:
        emulator.close()
        dead_ends.close()
    return results
