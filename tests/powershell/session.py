"""What a check is given: besides emulators, the module, and the environment of what uses it."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from harness.emulator import Emulator
from harness.environment import clean, users
from harness.failure import demand, quoted
from harness.places import BINDINGS, ROOT, TARGET, TESTS, optional
from harness.ports import free_port
from harness.program import Command, run, succeed
from harness.report import Report
from harness.session import Session

BINDING = BINDINGS / "powershell"
SCRIPTS = BINDING / "tests"
DOTNET = BINDING / "dotnet.sh"
EXAMPLE = ROOT / "examples" / "powershell" / "token.ps1"
WEB_EXAMPLE = ROOT / "examples" / "dotnet" / "login.cs"
HEADER = ROOT / "include" / "pinterest_oauth.h"
SEED = TESTS / "seeds" / "powershell-client.md"
MODULE = Path(os.environ.get("POWERSHELL_MODULE") or TARGET / "powershell" / "Pinterest.OAuth")
LIMIT = 300.0
BUILD_LIMIT = 900.0


class PowerShellSession(Session):
    """For every check."""

    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        super().__init__(options, report)
        self.module: Path = versioned(options.module.resolve())

    @cached_property
    def program(self) -> Path:
        """The test program of the C# half, beside the assembly and its library; built once, with the runtime."""
        program: list[str | Path] = ["tests", *sorted((SCRIPTS / "dotnet").glob("*.cs"))]
        commands: list[Command] = [[BINDING / "build.sh"], [DOTNET], [SCRIPTS / "build.sh", *program]]
        for command in commands:
            succeed(command, env=users(), limit=BUILD_LIMIT)
        return TARGET / "dotnet-tests" / "tests.dll"

    @contextmanager
    def surroundings(self) -> Iterator[dict[str, str]]:
        """The environment of a test program, with an emulator of its own."""
        redirect_uri = f"http://localhost:{free_port()}/"
        with self.emulator("--redirect-uri", redirect_uri) as emulator:
            facts = json.dumps(emulator.facts)
            yield self.environment(EMULATOR_URLS=facts, REDIRECT_URI=redirect_uri)

    def login(self, emulator: Emulator, **more: str) -> dict[str, str]:
        """The environment of a user of the module, whose Pinterest is the emulator."""
        modules = self.module.parents[1] if self.module.name != "Pinterest.OAuth" else self.module.parent
        return self.environment(**emulator.login(PSModulePath=str(modules), **more))

    def environment(self, **more: str) -> dict[str, str]:
        """The cleaned environment, which tells where things are and in which PowerShell says nothing of its own."""
        places = {"POWERSHELL_MODULE": str(self.module), "HEADER": str(HEADER), "SEED": str(SEED)}
        places["PWSH"] = optional("pwsh") or ""
        quiet = {"NO_COLOR": "1", "TERM": "dumb", "POWERSHELL_TELEMETRY_OPTOUT": "1"}
        return clean(**{**places, **quiet, "POWERSHELL_UPDATECHECK": "Off", **more})


def versioned(folder: Path) -> Path:
    """The folder with the manifest: that of the newest version, where the module's folder has one for each."""
    versions = [manifest.parent for manifest in folder.glob("*/Pinterest.OAuth.psd1")]
    return max(versions, key=lambda each: each.stat().st_mtime) if versions else folder


def said(command: Command, env: Mapping[str, str], limit: float = LIMIT) -> str:
    """All that a program says which ends with 0."""
    ended = run(command, env=env, limit=limit)
    ended.demand_success()
    return ended.said


def counted(text: str, report: Report) -> None:
    """Notes each test that a program says it passed; one that failed has ended the program with a code."""
    lines = text.strip().splitlines()
    passed = [line.removeprefix("ok").strip() for line in lines if line.startswith("ok  ")]
    complete = passed and lines[-1] == f"{len(passed)} passed, 0 failed"
    demand(bool(complete), f"it ran no test to its end:\n{quoted(text)}")
    for sentence in passed:
        report.good(sentence)


def lacks_canaries(text: str) -> None:
    """Fails where a secret shows; each of them begins with `canary-`."""
    secrets = ("secret", "refresh", "code", "access", "new", "state")
    shown = [secret for secret in secrets if f"canary-{secret}" in text]
    lines = [line for line in text.splitlines() if any(f"canary-{secret}" in line for secret in shown)]
    demand(not shown, "these secrets show: " + "\n".join([", ".join(shown), *lines[:20]]))
    demand("[redacted]" in text, f"too little was shown for a judgement:\n{quoted(text)}")
