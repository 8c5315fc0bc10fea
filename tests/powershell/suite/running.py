"""Starts programs in an environment that says nothing, with an emulator beside them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.emulator import Emulator, EmulatorFailed
from support.environment import clean_environment
from support.report import Report

from .places import HEADER, SEED


class Problem(Exception):
    """What does not hold."""


@dataclass(frozen=True)
class Session:
    """How the emulator is started, where the module is, and what has been seen."""

    emulator: list[str]
    module: str
    report: Report

    @contextmanager
    def running(self) -> Iterator[Emulator]:
        """An emulator, until the block ends."""
        try:
            emulator = Emulator(self.emulator)
        except EmulatorFailed as problem:
            raise Problem(str(problem)) from None
        try:
            yield emulator
        finally:
            emulator.close()

    @contextmanager
    def surroundings(self) -> Iterator[dict[str, str]]:
        """The environment of a test program, with an emulator of its own."""
        with self.running() as emulator:
            yield self.environment(EMULATOR_URLS=json.dumps(emulator.facts))

    def login(self, emulator: Emulator) -> dict[str, str]:
        """The environment of a user of the module, whose Pinterest is the emulator."""
        return self.environment(
            PINTEREST_APP_ID=emulator.facts["app_id"],
            PINTEREST_APP_SECRET=emulator.facts["app_secret"],
            PINTEREST_API_URI=emulator.facts["base_url"],
            PINTEREST_OAUTH_URI=emulator.facts["oauth_url"],
            PSModulePath=str(Path(self.module).parent),
        )

    def environment(self, **more: str) -> dict[str, str]:
        """An environment without what a client reads from it."""
        own = {"POWERSHELL_MODULE": self.module, "HEADER": str(HEADER), "SEED": str(SEED)}
        quiet = {
            "NO_COLOR": "1",
            "TERM": "dumb",
            "POWERSHELL_TELEMETRY_OPTOUT": "1",
            "POWERSHELL_UPDATECHECK": "Off",
        }
        return {**clean_environment(), **own, **quiet, **more}


def run(command: list[str], environment: dict[str, str] | None = None, minutes: float = 5) -> tuple[int, str]:
    """Runs a program without input; its exit code, and all that it printed."""
    try:
        ended = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=minutes * 60,
            check=False,
        )
    except OSError as problem:
        raise Problem(f"{command[0]} does not start: {problem.strerror}") from None
    except subprocess.TimeoutExpired as ended_late:
        said = (ended_late.stdout or b"").decode(errors="replace")
        raise Problem(f"it did not end within {minutes} minutes; it said:\n{said}") from None
    return ended.returncode, ended.stdout.decode(errors="replace")


def succeed(command: list[str], environment: dict[str, str] | None = None, minutes: float = 5) -> str:
    """As `run`, of what has to end with 0."""
    code, said = run(command, environment, minutes)
    if code != 0:
        raise Problem(f"{Path(command[0]).name} ended with {code}:\n{said}")
    return said


def counted(said: str, report: Report) -> None:
    """Notes each test that a program says it passed; one that failed has ended the program with a code."""
    lines = said.strip().splitlines()
    passed = [line.removeprefix("ok").strip() for line in lines if line.startswith("ok  ")]
    if not passed or lines[-1] != f"{len(passed)} passed, 0 failed":
        raise Problem(f"it ran no test to its end:\n{said}")
    for sentence in passed:
        report.good(sentence)


def lacks_canaries(said: str) -> None:
    """Fails where a secret shows; each of them begins with `canary-`."""
    secrets = ("secret", "refresh", "code", "access", "new", "state")
    shown = [secret for secret in secrets if f"canary-{secret}" in said]
    if shown:
        lines = [line for line in said.splitlines() if any(f"canary-{secret}" in line for secret in shown)]
        raise Problem("these secrets show: " + ", ".join(shown) + "\n" + "\n".join(lines[:20]))
    if "[redacted]" not in said or "(hidden)" not in said:
        raise Problem(f"too little was shown for a judgement:\n{said}")
