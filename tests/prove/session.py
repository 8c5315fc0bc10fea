"""What a part is given: how much of it is wanted, worlds, and its counts."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from harness.emulator import Emulator
from harness.report import Report
from harness.session import Session

from .tally import Tally
from .world import MODES, World


class ProveSession(Session):
    """The command line, and the counts of every part so far."""

    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        super().__init__(options, report)
        self.full: bool = options.full
        self.seed: int = options.seed or int(time.time())
        self.tallies: dict[str, Tally] = {}
        self.open = ExitStack()

    @property
    def modes(self) -> Sequence[str]:
        """The rotations of this run: in a small one that which forgives and that which does not."""
        return MODES if self.full else MODES[:2]

    def rounds(self, *, full: int, small: int) -> int:
        """How often: what was asked for, else by the size of the run."""
        return int(self.options.rounds or (full if self.full else small))

    def world(self, rotation: str = "grace", place: Path | None = None) -> World:
        """An emulator, a store and an account, for this check."""
        emulator = Emulator(self.emulator_command)
        self.open.callback(emulator.close)
        name = f"world-{len(os.listdir(self.folder))}"
        return World(emulator, self.folder / name, rotation, place)

    def worlds(self, *rotations: str) -> list[World]:
        """One of each of these rotations, or of all."""
        return [self.world(rotation) for rotation in rotations or MODES]


def at_once(worlds: Sequence[World], body: Callable[[World], None]) -> None:
    """`body` in each of these worlds, at the same time: most of it is waiting. The first that fails is told."""
    with ThreadPoolExecutor(len(worlds)) as threads:
        for done in [threads.submit(body, world) for world in worlds]:
            done.result()
