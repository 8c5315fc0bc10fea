"""The matrix and what explains it. Decides nothing."""

from __future__ import annotations

from harness.reasons import one_line
from harness.report import DIM, GREEN, RED, paint

from .cases import Case
from .language_run import NOT_EXECUTED, LanguageResult


def _sign(found: list[str] | None, width: int) -> str:
    """One cell of the matrix."""
    if found is None:
        return paint("·".center(width), DIM)
    return paint(("✗" if found else "✓").center(width), RED if found else GREEN)


def matrix(cases: list[Case], results: list[LanguageResult], skipped: list[str]) -> None:
    """One row per case, one column per language."""
    names = [result.language.name for result in results] + skipped
    wide = max(len(case.id) for case in cases)
    print(f"{'case'.ljust(wide)}  {'  '.join(names)}")
    for case in cases:
        cells = [*(result.cells.get(case.id) for result in results), *(None for _ in skipped)]
        shown = [_sign(found, len(name)) for found, name in zip(cells, names)]
        print(f"{case.id.ljust(wide)}  {'  '.join(shown)}")


def failures(cases: list[Case], results: list[LanguageResult]) -> None:
    """Each failing cell with what was expected and what came."""
    for result in results:
        for case in cases:
            found = result.cells.get(case.id)
            if not found or found == [NOT_EXECUTED]:
                continue
            print()
            print(paint(f"FAILED {result.language.name}: {case.id}: {one_line(found[0])}", RED))
            print(f"  {case.name} (from {case.document['source']})")
            for line in found:
                print(f"    {line}")
        for fault in result.faults:
            print()
            print(paint(f"FAILED {result.language.name}: {fault}", RED))


def summary(cases: list[Case], results: list[LanguageResult], left_out: dict[str, str]) -> int:
    """One line per language, the plain last line; returns how much failed."""
    print()
    width = max(len(result.language.name) for result in results)
    passed = failed = 0
    for result in results:
        good = sum(not found for found in result.cells.values())
        passed, failed = passed + good, failed + result.failed
        line = f"{result.language.name.ljust(width)}  {good} of {len(cases)} cases passed"
        print(line if not result.failed else paint(f"{line}, {result.failed} failed", RED))
    for name, reason in left_out.items():
        print(f"{name}: {reason}")
    print(f"conformance: {passed} passed, {failed} failed")
    return failed
