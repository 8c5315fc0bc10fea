"""All cases in one language: keeps a driver alive, and searches what it prints for secrets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from harness.emulator import Emulator

from .canary import Canaries
from .cases import Case
from .driver import Driver, DriverFailed
from .execute import Execution
from .languages import Language
from .listeners import DeadEnds

# A driver that dies this often in a row is not started again.
ENOUGH_DEATHS = 3
NOT_EXECUTED = "not executed: the driver died too often"


@dataclass
class LanguageResult:
    """What became of each case, and of the language as a whole."""

    language: Language
    cells: dict[str, list[str]] = field(default_factory=dict)
    executed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Cases that failed, and one for each fault of the whole."""
        return sum(bool(found) for found in self.cells.values()) + len(self.faults)


class LanguageRun:
    """Runs the cases one after the other in one driver process, a new one only where that died."""

    def __init__(
        self, language: Language, emulator: Emulator, dead_ends: DeadEnds, folder: Path, verbose: bool
    ) -> None:
        self._language = language
        self._emulator = emulator
        self._dead_ends = dead_ends
        self._folder = folder
        self._verbose = verbose
        self._canaries = Canaries()
        self._driver: Driver | None = None
        self._deaths = 0
        self.result = LanguageResult(language)

    def run(self, cases: list[Case]) -> LanguageResult:
        """Every case; then the driver's ending, and all that it printed."""
        for case in cases:
            if self._verbose:
                print(f"{self._language.name}: {case.id}", flush=True)
            self.result.cells[case.id] = self._case(case)
        self._end_driver()
        if self.result.executed != len(cases):
            self.result.faults.append(f"{self.result.executed} of {len(cases)} cases were executed")
        return self.result

    def _case(self, case: Case) -> list[str]:
        if self._deaths >= ENOUGH_DEATHS:
            return [NOT_EXECUTED]
        try:
            if self._driver is None:
                self._driver = Driver(self._language.command, self._language.environment, self._folder)
            number, dead_ends = self.result.executed, self._dead_ends
            found = Execution(number, case, self._driver, self._emulator, dead_ends, self._canaries).run()
            self._deaths = 0
        except DriverFailed as problem:
            self._deaths += 1
            found = [f"the driver failed: {problem}"]
            self._end_driver(expected=False)
        else:
            found += self._leaks()
        self.result.executed += 1
        return found

    def _leaks(self) -> list[str]:
        assert self._driver is not None
        places = ["standard output", "standard error", "the command line"]
        texts = [*self._driver.said(), self._driver.command_line()]
        found = []
        for place, text in zip(places, texts):
            found += [f"{place} shows {what}" for what in self._canaries.found_in(text)]
        return found

    def _end_driver(self, expected: bool = True) -> None:
        if self._driver is None:
            return
        leaks = [] if expected else self._leaks()
        problem = self._driver.close()
        if expected:
            leaks = self._leaks()
            if problem:
                self.result.faults.append(f"the driver's ending: {problem}")
        self.result.faults += leaks
        self._driver = None
