"""What a check is given."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from .emulator import Emulator
from .report import Report


class Session:
    """The report, the command line's options, emulators, and `folder`: the check's own, removed after it."""

    folder: Path

    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        self.options = options
        self.report = report
        self.emulator_command: list[str] | None = shlex.split(options.emulator_cmd) or None

    def emulator(self, *options: str) -> Emulator:
        """A fresh emulator, for `with`; with further options of its command."""
        return Emulator(self.emulator_command, options)
