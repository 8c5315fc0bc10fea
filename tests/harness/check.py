"""A check, how checks are found, and how they are run."""

from __future__ import annotations

import inspect
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from .failure import Failed, NotRun
from .session import Session

PREFIX = "check_"


@dataclass(frozen=True)
class Check:
    """A name for `--only`, a sentence for people, and what is done: with a session, it may return a detail."""

    name: str
    sentence: str
    run: Callable[[Any], str | None]


def collect(*modules: ModuleType) -> list[Check]:
    """Every function `check_NAME` of these modules, in their order; its docstring is its sentence."""
    found = []
    for module in modules:
        for name, function in vars(module).items():
            if name.startswith(PREFIX) and callable(function):
                if not (sentence := inspect.getdoc(function)):
                    raise ValueError(f"{module.__name__}.{name} has no sentence")
                name = name.removeprefix(PREFIX).replace("_", "-")
                found.append(Check(name, sentence.splitlines()[0], function))
    return found


def chosen(checks: Iterable[Check], words: list[str]) -> list[Check]:
    """Those with one of `words` in their name; all without any."""
    return [check for check in checks if not words or any(word in check.name for word in words)]


def run_all(checks: Iterable[Check], session: Session) -> None:
    """Runs them one after the other; what one raises is its failure, and the next begins."""
    for check in checks:
        report = session.report
        report.begin(check.name, check.sentence)
        began, verdicts = time.monotonic(), report.passed + len(report.failures)
        with tempfile.TemporaryDirectory(prefix=f"{report.suite}-") as folder:
            session.folder = Path(folder)
            try:
                detail = check.run(session)
            except NotRun as reason:
                report.not_run(check.name, str(reason))
            except Failed as problem:
                report.bad(str(problem))
            except Exception as problem:  # noqa: BLE001 - a fault of the check, or an answer of another shape
                report.bad(_told(problem))
            else:
                if report.passed + len(report.failures) == verdicts:
                    report.good(f"{check.sentence} ({detail})" if detail else check.sentence)
        report.say(f"{time.monotonic() - began:.1f} s")


def _told(problem: Exception) -> str:
    """Where it was raised, below `run_all`, and what it says."""
    below = problem.__traceback__.tb_next if problem.__traceback__ else None
    return "".join(traceback.format_exception(type(problem), problem, below)).rstrip()
