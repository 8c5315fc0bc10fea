"""Runs the C programs: their environment, their time-out, their lines, and all that they print."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from support.environment import clean_environment
from support.report import Report

LIMIT = 300
LINE = re.compile(r"(ok|FAIL|say) (.+)")


@dataclass
class Printed:
    """Everything that programs printed and every error document they got, to be searched for secrets."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    documents: list[tuple[str, str]] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)


@dataclass
class Run:
    """One run of a program."""

    code: int
    lines: list[str]
    odd: list[str]
    errors: str

    @property
    def said(self) -> list[str]:
        """What it said besides its verdicts."""
        return [line[4:] for line in self.lines if line.startswith("say ")]


def noisy_environment() -> dict[str, str]:
    """A clean environment with backtraces on."""
    return {**clean_environment(), "RUST_BACKTRACE": "1"}


def execute(
    name: str, command: list[str], settings: dict[str, str], printed: Printed, limit: int = LIMIT
) -> Run:
    """Runs a program and everything it forks; what is left at the time limit is killed."""
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        environment = {**noisy_environment(), **settings, "DOCUMENTS": str(documents)}
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            output, errors = process.communicate(timeout=limit)
            late = ""
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, errors = process.communicate()
            late = f"not at its end after {limit} s"
        noted = documents.read_text(errors="replace") if documents.exists() else ""
    text, errors_text = output.decode(errors="replace"), errors.decode(errors="replace")
    printed.texts += [(name, text), (name, errors_text)]
    printed.documents += [(name, document) for document in noted.splitlines()]
    printed.secrets.add(settings["APP_SECRET"])
    lines = text.splitlines()
    if lines and lines[-1] == "done":
        lines.pop()
    elif not late:
        late = f"it ended early with code {process.returncode}"
    odd = [late] if late else []
    if any(LINE.fullmatch(line) is None for line in lines):
        odd.append("something foreign is on its standard output")
    return Run(process.returncode, lines, odd, errors_text)


def report_run(report: Report, what: str, run: Run) -> None:
    """Passes the verdicts of a program on, and judges how it ran."""
    found = 0
    for line in run.lines:
        match = LINE.fullmatch(line)
        if match is None:
            continue
        word, sentence = match.groups()
        if word == "say":
            continue
        found += 1
        if word == "ok":
            report.good(sentence)
        else:
            report.bad(f"{sentence} [{what}]")
    problems = list(run.odd)
    if not found:
        problems.append("it judged nothing")
    if run.errors:
        problems.append(f"standard error has {len(run.errors)} characters")
    if run.code != 0 and not any(line.startswith("FAIL ") for line in run.lines):
        problems.append(f"it ended with code {run.code}")
    report.verdict(f"{what} runs to its end and prints nothing of its own", "; ".join(problems))
