#!/usr/bin/env python3
"""Calls of every language against every fault of the table, with program and connections kept from call to call.

What must be zero is in tally.py. Writes target/storm.json.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conformance.runner.languages import Language
from harness.check import Check
from harness.failure import Failed, NotRun
from harness.main import main
from harness.places import TARGET
from harness.report import Report
from harness.session import Session
from storm import faults, paths
from storm.faults import DEADLINE, Fault
from storm.tally import FAULTS, Tally
from storm.worker import CALLS_OF_A_VISIT, OPERATIONS, Worker

RESULT = TARGET / "storm.json"
# Each waits most of the time: for pauses, and for deadlines to pass.
WORKERS = 8


class StormSession(Session):
    """The table, how many calls each path makes, and the results so far."""

    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        super().__init__(options, report)
        self.faults = faults.load()
        self.calls = options.calls or CALLS_OF_A_VISIT * len(self.faults)
        self.done: dict[str, Any] = {}
        self._built: list[list[str]] = []

    def make(self, path: Language) -> None:
        """Builds its program; what several paths need is built once."""
        build = [command for command in path.build if command not in self._built]
        replace(path, build=build).make()
        self._built += build

    def storm(self, path: Language) -> Tally:
        """All calls of a path."""
        visits = _Shared(self.faults, self.calls // CALLS_OF_A_VISIT)
        tally, problems, began = Tally(), list[BaseException](), time.monotonic()

        def work(number: int) -> None:
            try:
                Worker(number, path, self.folder, tally).run(visits)
            except BaseException as problem:  # noqa: BLE001 - handed on to the check
                problems.append(problem)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if problems:
            raise problems[0]
        tally.seconds = time.monotonic() - began
        self.done[path.name] = tally.document()
        result = {"faults": len(self.faults), "paths": self.done}
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        return tally


class _Shared(Iterator[Fault]):
    """Every fault in an order of its own, again and again, for so many visits; for several threads."""

    def __init__(self, table: list[Fault], visits: int) -> None:
        self._lock = threading.Lock()
        self._order = random.Random(1)
        self._table = table
        self._left = visits
        self._round: list[Fault] = []

    def __next__(self) -> Fault:
        with self._lock:
            if self._left == 0:
                raise StopIteration
            self._left -= 1
            if not self._round:
                self._round = self._order.sample(self._table, len(self._table))
                if self._left < len(self._table):
                    # What takes long comes first, so that no program is still at it when the others are done.
                    self._round.sort(key=lambda fault: fault.deadline < DEADLINE)
            return self._round.pop()


def check(path: Language) -> Check:
    """The check of one path."""

    def weathered(session: StormSession) -> str:
        if path.missing:
            raise NotRun(f"no {path.missing}")
        session.make(path)
        tally = session.storm(path)
        if problem := tally.problem():
            raise Failed(problem)
        return f"{tally.calls:,} calls, {tally.outcomes['token']:,} of them with a token"

    sentence = "each call ends in time, sends once, gives the token that came, and shows no secret"
    return Check(path.name, sentence, weathered)


def itself(session: StormSession) -> str:
    """A program that does everything wrong."""
    fault, tally = Fault("itself", "always", {"body": "{{answer}}"}, deadline=0.1), Tally()
    Worker(0, paths.BAD, session.folder, tally, slack=0.1).run(iter([fault]))
    missed = [name for name in FAULTS if not tally.faults[name]]
    twice = " ".join(tally.examples("twice"))
    missed += [
        f"{operation} that is sent twice" for operation in OPERATIONS if f", {operation}:" not in twice
    ]
    if missed:
        raise Failed(f"not noticed: {', '.join(missed)}")
    return ", ".join(FAULTS)


def options(parser: argparse.ArgumentParser) -> None:
    """How many."""
    text = f"calls of each path (default: {CALLS_OF_A_VISIT} for each fault)"
    parser.add_argument("--calls", type=int, default=0, help=text)


if __name__ == "__main__":
    checks = [Check("itself", "a program that does everything wrong is found out", itself)]
    checks += [check(path) for path in paths.load()]
    sys.exit(main("storm", __doc__, checks, StormSession, options=options))
