"""What a C program says: `ok SENTENCE`, `FAIL SENTENCE: PROBLEM`, `say TEXT` and, at its end, `done`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.program import Ended
from harness.report import Report

LINE = re.compile(r"(ok|FAIL|say) (.+)")


@dataclass(frozen=True)
class Run:
    """One run of a program: its exit code, its lines, what was odd, its standard error."""

    code: int
    lines: list[str]
    odd: list[str]
    errors: str

    @classmethod
    def of(cls, ended: Ended, late: str) -> Run:
        """From how it ended; `late` says that it was killed."""
        lines = ended.output.splitlines()
        if lines and lines[-1] == "done":
            lines.pop()
        elif not late:
            late = f"it ended early with code {ended.code}"
        odd = [late] if late else []
        if any(LINE.fullmatch(line) is None for line in lines):
            odd.append("something foreign is on its standard output")
        return cls(ended.code, lines, odd, ended.errors)

    @property
    def said(self) -> list[str]:
        """What it said besides its verdicts."""
        return [line[4:] for line in self.lines if line.startswith("say ")]


def report_run(report: Report, what: str, run: Run) -> None:
    """Passes the verdicts of a program on, and judges how it ran."""
    verdicts = [match.groups() for line in run.lines if (match := LINE.fullmatch(line)) and match[1] != "say"]
    for word, sentence in verdicts:
        if word == "ok":
            report.good(sentence)
        else:
            report.bad(f"{sentence} [{what}]")
    problems = list(run.odd)
    if not verdicts:
        problems.append("it judged nothing")
    if run.errors:
        problems.append(f"standard error has {len(run.errors)} characters")
    if run.code != 0 and not any(word == "FAIL" for word, _ in verdicts):
        problems.append(f"it ended with code {run.code}")
    report.verdict(f"{what} runs to its end and prints nothing of its own", "; ".join(problems))
