"""What every check works with."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.emulator import Emulator
from support.report import Report

from .compiler import Compiler
from .programs import Printed, Run, execute, report_run
from .statuses import NAMES


@dataclass
class Bench:
    """The library under test, the emulator's command, the report, and all that was printed."""

    compiler: Compiler
    emulator_command: list[str]
    report: Report
    printed: Printed = field(default_factory=Printed)

    def emulator(self) -> closing[Emulator]:
        """A fresh emulator, for `with`."""
        return closing(Emulator(self.emulator_command))

    def settings(self, emulator: Emulator, compiler: Compiler | None = None) -> dict[str, str]:
        """The environment of a program."""
        compiler = compiler or self.compiler
        return {
            **addresses(emulator.facts),
            "LD_LIBRARY_PATH": str(compiler.stage / "lib"),
            "PACKAGE_VERSION": "".join(compiler.pkg_config("--modversion")),
            "STATUS_NAMES": ",".join(NAMES),
        }

    def run(
        self, what: str, command: Sequence[str | Path], settings: dict[str, str], limit: int = 300
    ) -> Run:
        """Runs a program and passes its verdicts on."""
        self.report.say(what)
        run = execute(what, [str(word) for word in command], settings, self.printed, limit)
        report_run(self.report, what, run)
        return run


def addresses(facts: dict[str, Any]) -> dict[str, str]:
    """What the C programs are told about the emulator."""
    basic = base64.b64encode(f"{facts['app_id']}:{facts['app_secret']}".encode()).decode()
    return {
        "BASE_URL": facts["base_url"],
        "OAUTH_URL": facts["oauth_url"],
        "CONTROL_URL": facts["control_url"],
        "HTTPS_URL": facts["https_base_url"],
        "UNTRUSTED_URL": facts["untrusted_base_url"],
        "CA_FILE": facts["ca_file"],
        "APP_ID": facts["app_id"],
        "APP_SECRET": facts["app_secret"],
        "BASIC": basic,
        "PINTEREST_API_URI": facts["base_url"],
    }
