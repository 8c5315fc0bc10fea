"""What a check is given: how to start the two programs of ours."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from .emulator import Emulator


@dataclass(frozen=True)
class Tools:
    """The emulator's command, and a Python that has our package."""

    emulator_command: list[str]
    python: Path

    def emulator(self) -> closing[Emulator]:
        """A fresh emulator, to be used in a `with`."""
        return closing(Emulator(self.emulator_command))
