"""Reads `languages.json`: how each language's driver is built and started."""

from __future__ import annotations

import json
import os
import string
from dataclasses import dataclass, field
from typing import Any

from harness.environment import users
from harness.failure import Failed
from harness.places import PYTHON, ROOT, TARGET, TESTS, optional
from harness.program import succeed

CONFORMANCE = TESTS / "conformance"
KEYS = {"name", "build", "command", "environment", "needs"}
BUILD_LIMIT = 1500.0


class BadLanguage(Failed):
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
                succeed(command, env=users(), folder=ROOT, limit=BUILD_LIMIT)
            except Failed as problem:
                raise BadLanguage(f"{self.name}: {problem}") from None


def load() -> dict[str, Language]:
    """Every language by name, in the order of the file."""
    entries = json.loads((CONFORMANCE / "languages.json").read_text(encoding="utf-8"))
    return {entry["name"]: _language(entry) for entry in entries}


def _language(entry: dict[str, Any]) -> Language:
    if unknown := set(entry) - KEYS:
        raise BadLanguage(f"languages.json: unknown key {', '.join(sorted(unknown))}")
    places = {
        "ROOT": ROOT,
        "CONFORMANCE": CONFORMANCE,
        "TARGET": TARGET,
        "PYTHON": PYTHON,
        "CC": os.environ.get("CC") or "cc",
    }

    def filled(text: str) -> str:
        return string.Template(text).substitute(places)

    environment = {name: filled(value) for name, value in entry.get("environment", {}).items()}
    program = entry.get("needs", "")
    found = program and optional(program)
    if found:
        environment[program.upper()] = found
    return Language(
        entry["name"],
        [filled(word) for word in entry["command"]],
        [[filled(word) for word in command] for command in entry.get("build", [])],
        environment,
        "" if found else program,
    )


def choose(languages: dict[str, Language], wanted: list[str], skipped: list[str]) -> list[Language]:
    """The languages to run, checked by name."""
    for name in [*wanted, *skipped]:
        if name not in languages:
            raise BadLanguage(f"there is no language {name} (known: {', '.join(languages)})")
    names = wanted or list(languages)
    return [languages[name] for name in names if name not in skipped]
