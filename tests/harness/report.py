"""What passed, what failed and what was not run, as it happens and once more at the end."""

from __future__ import annotations

import os
import sys

from .reasons import one_line

RED, GREEN, BOLD, DIM = "31", "32", "1", "2"
COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(text: str, colour: str) -> str:
    """Colour, on a terminal."""
    return f"\033[{colour}m{text}\033[0m" if COLOUR else text


class Report:
    """Prints and counts verdicts."""

    def __init__(self, suite: str) -> None:
        self.suite = suite
        self.passed = 0
        self.failures: list[str] = []
        self._not_run: dict[str, str] = {}
        self._check = suite

    def begin(self, check: str, sentence: str) -> None:
        """A check starts."""
        self._check = check
        print(f"\n{paint(check, BOLD)}: {sentence}", flush=True)

    def good(self, sentence: str) -> None:
        """Something is as it must be."""
        self.passed += 1
        print(f"  {paint('ok', GREEN)}    {sentence}", flush=True)

    def bad(self, what: str) -> None:
        """Something is not."""
        self.failures.append(f"{self._check}: {what}")
        print(f"  {paint('FAIL', RED)}  {what}", flush=True)

    def verdict(self, sentence: str, problem: str = "") -> None:
        """One of both."""
        if problem:
            self.bad(f"{sentence}: {problem}")
        else:
            self.good(sentence)

    def not_run(self, what: str, reason: str) -> None:
        """Something cannot be found out on this machine. It counts for nothing, and is named at the end."""
        self._not_run[what] = reason
        self.say(f"not run ({reason})")

    def say(self, text: str) -> None:
        """Something worth knowing."""
        print(f"  {paint(text, DIM)}", flush=True)

    def close(self) -> int:
        """A line for each failure, what was not run, the counts; 0, or 1 where something failed or nothing passed."""
        print()
        for failure in self.failures:
            print(f"{paint('FAILED', RED)} {one_line(failure)}")
        for what, reason in self._not_run.items():
            print(f"{what}: not run ({reason})")
        print(f"{self.suite}: {self.passed} passed, {len(self.failures)} failed", flush=True)
        return 1 if self.failures or not self.passed else 0
