"""The matrix and what explains it. Decides nothing."""

from __future__ import annotations

import sys

from harness.report import DIM, GREEN, RED, paint

from .cases import Case
from .language_run import NOT_EXECUTED, LanguageResult


class Paper:
    """Where the report goes: signs only where they can be shown."""

    def __init__(self) -> None:
        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        self._signs = ("✓", "✗", "·") if encoding == "utf8" else ("ok", "FAIL", "-")

    def sign(self, found: list[str] | None, width: int) -> str:
        """One cell of the matrix."""
        passed, failed, skipped = self._signs
        if found is None:
            return paint(skipped.center(width), DIM)
        return paint((failed if found else passed).center(width), RED if found else GREEN)

    def write(self, text: str = "") -> None:
        """One line."""
        encoding = sys.stdout.encoding or "utf-8"
        print(text.encode(encoding, "replace").decode(encoding), flush=True)


def matrix(paper: Paper, cases: list[Case], results: list[LanguageResult], skipped: list[str]) -> None:
    """One row per case, one column per language."""
    names = [result.language.name for result in results] + skipped
    wide = max(len(case.id) for case in cases)
    paper.write(f"{'case'.ljust(wide)}  {'  '.join(names)}")
    for case in cases:
        cells = [*(result.cells.get(case.id) for result in results), *(None for _ in skipped)]
        shown = [paper.sign(found, len(name)) for found, name in zip(cells, names)]
        paper.write(f"{case.id.ljust(wide)}  {'  '.join(shown)}")


def failures(paper: Paper, cases: list[Case], results: list[LanguageResult]) -> None:
    """Each failing cell with what was expected and what came."""
    for result in results:
        for case in cases:
            found = result.cells.get(case.id)
            if not found or found == [NOT_EXECUTED]:
                continue
            paper.write()
            paper.write(paint(f"{result.language.name}: {case.id}", RED))
            paper.write(f"  {case.name} (from {case.document['source']})")
            for line in found:
                paper.write(f"    {line}")
        for fault in result.faults:
            paper.write()
            paper.write(paint(f"{result.language.name}: {fault}", RED))


def summary(paper: Paper, cases: list[Case], results: list[LanguageResult], left_out: dict[str, str]) -> int:
    """One line per language, the plain last line; returns how much failed."""
    paper.write()
    width = max(len(result.language.name) for result in results)
    passed = failed = 0
    for result in results:
        good = sum(not found for found in result.cells.values())
        passed, failed = passed + good, failed + result.failed
        line = f"{result.language.name.ljust(width)}  {good} of {len(cases)} cases passed"
        paper.write(line if not result.failed else paint(f"{line}, {result.failed} failed", RED))
    for name, reason in left_out.items():
        paper.write(f"{name}: {reason}")
    paper.write(f"conformance: {passed} passed, {failed} failed")
    return failed
