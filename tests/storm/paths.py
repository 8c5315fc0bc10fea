"""The ways to make a call: each language's driver of the conformance cases, and what those leave out."""

from __future__ import annotations

from conformance.runner import languages
from conformance.runner.languages import Language
from harness.places import PYTHON, TARGET, TESTS

# A path is named as its language, or as what it does differently.
BLOCKING = {"rust": "rust-blocking"}
DRIVERS = TESTS / "storm" / "drivers"
# No path: a program that does everything wrong.
BAD = Language("itself", [PYTHON, str(DRIVERS / "bad.py")])


def load() -> list[Language]:
    """Every path that this project has, those that need a program which is not here included."""
    rust = Language(
        "rust-async",
        [str(TARGET / "debug" / "pinterest-oauth-storm")],
        [["cargo", "build", "--locked", "-q", "-p", "pinterest-oauth-storm"]],
    )
    python = Language("python-async", [PYTHON, str(DRIVERS / "python.py")])
    found = [_renamed(language) for language in languages.load().values()]
    return [*found, rust, python]


def _renamed(language: Language) -> Language:
    name = BLOCKING.get(language.name, language.name)
    return Language(name, language.command, language.build, language.environment, language.missing)
