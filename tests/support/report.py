"""What passed and what failed, as it happens."""

from __future__ import annotations

import sys

RED, GREEN, BOLD, DIM, PLAIN = "\033[31m", "\033[32m", "\033[1m", "\033[2m", "\033[0m"


class Report:
    """Prints and counts verdicts."""

    def __init__(self) -> None:
        self.passed = 0
        self.failures: list[str] = []
        self._colour = sys.stdout.isatty()
        self._check = ""

    def _paint(self, text: str, colour: str) -> str:
        return f"{colour}{text}{PLAIN}" if self._colour else text

    def begin(self, check: str, sentence: str) -> None:
        """A check starts."""
        self._check = check
        print(f"\n{self._paint(check, BOLD)}: {sentence}", flush=True)

    def good(self, sentence: str) -> None:
        """Something is as it must be."""
        self.passed += 1
        print(f"  {self._paint('ok', GREEN)}    {sentence}", flush=True)

    def bad(self, what: str) -> None:
        """Something is not."""
        self.failures.append(f"{self._check}: {what}")
        print(f"  {self._paint('FAIL', RED)}  {what}", flush=True)

    def verdict(self, sentence: str, problem: str = "") -> None:
        """One of both."""
        if problem:
            self.bad(f"{sentence}: {problem}")
        else:
            self.good(sentence)

    def say(self, text: str) -> None:
        """Something worth knowing."""
        print(f"  {self._paint(text, DIM)}", flush=True)

    def close(self) -> int:
        """The failures again, the counts; the exit code."""
        if self.failures:
            print(f"\n{self._paint('failed', RED)}")
            for failure in self.failures:
                print(f"  {failure}")
        print(f"\n{self.passed} passed, {len(self.failures)} failed", flush=True)
        return 1 if self.failures or not self.passed else 0
