"""What every check works with: the library under test, its programs, and all that they printed."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass, field

from harness.emulator import Emulator
from harness.environment import clean
from harness.failure import demand
from harness.program import Command, Late, run
from harness.report import Report
from harness.session import Session

from .library import Library
from .programs import Run, report_run
from .statuses import NUMBERS

TOOLS = ("gcc", "g++", "pkg-config", "nm", "readelf", "valgrind")
LIMIT = 300.0


@dataclass
class Printed:
    """Everything that programs printed and every error document they got, to be searched for secrets."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    documents: list[tuple[str, str]] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)


class CSession(Session):
    """For every check."""

    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        super().__init__(options, report)
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        demand(not missing, f"missing: {', '.join(missing)}; on Debian, as root: make packages")
        self.library = Library(options.stage.resolve())
        self.printed = Printed()

    def settings(self, emulator: Emulator, library: Library | None = None) -> dict[str, str]:
        """What a program is told: about the emulator, and about the library."""
        library = library or self.library
        facts = emulator.facts
        return {
            "BASE_URL": emulator.base_url,
            "OAUTH_URL": emulator.oauth_url,
            "CONTROL_URL": facts["control_url"],
            "HTTPS_URL": facts["https_base_url"],
            "UNTRUSTED_URL": facts["untrusted_base_url"],
            "CA_FILE": facts["ca_file"],
            "APP_ID": emulator.app_id,
            "APP_SECRET": emulator.app_secret,
            "BASIC": emulator.basic,
            "PINTEREST_API_URI": emulator.base_url,
            "LD_LIBRARY_PATH": str(library.stage / "lib"),
            "PACKAGE_VERSION": "".join(library.pkg_config("--modversion")),
            "STATUS_NAMES": ",".join(NUMBERS),
        }

    def run(self, what: str, command: Command, settings: dict[str, str], limit: float = LIMIT) -> Run:
        """Runs a program and passes its verdicts on."""
        self.report.say(what)
        ran = self.execute(what, command, settings, limit)
        report_run(self.report, what, ran)
        return ran

    def execute(self, what: str, command: Command, settings: dict[str, str], limit: float = LIMIT) -> Run:
        """Runs a program and keeps what it printed, the error documents that it got, and the secret it knew."""
        noted = self.folder / "documents"
        noted.unlink(missing_ok=True)
        late = ""
        try:
            # With backtraces on, a panic would show.
            ended = run(command, env=clean(**settings, RUST_BACKTRACE="1", DOCUMENTS=str(noted)), limit=limit)
        except Late as problem:
            ended, late = problem.ended, f"not at its end after {limit:g} s"
        documents = noted.read_text(errors="replace") if noted.exists() else ""
        self.printed.texts += [(what, ended.output), (what, ended.errors)]
        self.printed.documents += [(what, document) for document in documents.splitlines()]
        self.printed.secrets.add(settings["APP_SECRET"])
        return Run.of(ended, late)
