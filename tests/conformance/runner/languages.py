"""Reads `languages.json`: how each language's driver is built and started."""

from __future__ import annotations

import json
import os
import shutil
import string
import subprocess
import sys
from dataclasses import dataclass, field

from .places import CONFORMANCE, LANGUAGES, ROOT


class BadLanguage(Exception):
    """An entry that cannot be used, a name that does not exist, or a driver that cannot be built."""


@dataclass(frozen=True)
class Language:
    """One entry, its placeholders filled in."""

    name: str
    command: list[str]
    build: list[list[str]] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    missing: str = ""  # the program it needs and this machine lacks

    def make(self) -> None:
        """Runs the commands that build the driver."""
        for command in self.build:
            try:
                subprocess.run(command, check=True, cwd=ROOT)
            except (OSError, subprocess.CalledProcessError) as problem:
                raise BadLanguage(f"{self.name}: {' '.join(command)}: {problem}") from None


def target_dir() -> str:
    """Where cargo puts what it builds."""
    return str(ROOT / (os.environ.get("CARGO_TARGET_DIR") or "target"))


def needed(program: str) -> str | None:
    """Where a program is that not every machine has: what the variable of its name says, or on PATH."""
    return os.environ.get(program.upper()) or shutil.which(program)


def load() -> dict[str, Language]:
    """Every language by name, in the order of the file."""
    places = {
        "ROOT": str(ROOT),
        "CONFORMANCE": str(CONFORMANCE),
        "TARGET": target_dir(),
        "PYTHON": os.environ.get("PYTHON") or sys.executable,
        "CC": os.environ.get("CC") or "cc",
    }

    def filled(texts: list[str]) -> list[str]:
        return [string.Template(text).substitute(places) for text in texts]

    languages = {}
    for entry in json.loads(LANGUAGES.read_text(encoding="utf-8")):
        unknown = set(entry) - {"name", "build", "command", "environment", "needs"}
        if unknown:
            raise BadLanguage(f"languages.json: unknown key {', '.join(sorted(unknown))}")
        variables = entry.get("environment", {})
        program = entry.get("needs", "")
        found = program and needed(program)
        languages[entry["name"]] = Language(
            entry["name"],
            filled(entry["command"]),
            [filled(command) for command in entry.get("build", [])],
            {
                **dict(zip(variables, filled(list(variables.values())))),
                **({program.upper(): found} if found else {}),
            },
            "" if found else program,
        )
    return languages


def choose(languages: dict[str, Language], wanted: list[str], skipped: list[str]) -> list[Language]:
    """The languages to run, checked by name."""
    for name in [*wanted, *skipped]:
        if name not in languages:
            raise BadLanguage(f"there is no language {name} (known: {', '.join(languages)})")
    names = wanted or list(languages)
    return [languages[name] for name in names if name not in skipped]
