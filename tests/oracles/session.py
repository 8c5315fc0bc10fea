"""What a check is given: besides emulators, our client."""

from __future__ import annotations

import argparse

from harness.report import Report
from harness.session import Session

from .our_client import OurClient


class OracleSession(Session):
    """For every check."""

    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        super().__init__(options, report)
        self._python = options.python.absolute()

    def client(self) -> OurClient:
        """Our client in a process of its own, for `with`."""
        return OurClient(self._python)
