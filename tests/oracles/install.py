#!/usr/bin/env python3
"""Installs the oracles under target/oracles, each apart from the others, at most once per set of versions."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.environment import users
from harness.failure import Failed, demand
from harness.places import TARGET, TESTS
from harness.program import Command, succeed

LIMIT = 900.0
ORACLES = TESTS / "oracles"
BUILT = TARGET / "oracles"
REQUIREMENTS = ORACLES / "requirements.txt"
PACKAGE_FILES = ("package.json", "package-lock.json")


def schemathesis() -> Path:
    """The command `schemathesis`."""
    return _python_environment("schemathesis") / "bin" / "schemathesis"


def pinterest_sdk() -> Path:
    """A Python that has Pinterest's own SDK."""
    return _python_environment("pinterest-api-sdk") / "bin" / "python"


def prism() -> list[str]:
    """The command that starts Prism."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Failed("Prism needs node and npm, which are not installed")
    folder = BUILT / "prism"
    entry = folder / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
    wanted = _digest(*(ORACLES / name for name in PACKAGE_FILES), extra=node)
    if not _is_installed(folder, wanted, entry):
        folder.mkdir(parents=True)
        for name in PACKAGE_FILES:
            shutil.copy(ORACLES / name, folder / name)
        _fetch([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
        _done(folder, wanted, entry)
    return [node, str(entry)]


def _python_environment(package: str) -> Path:
    folder = BUILT / package
    python = folder / "bin" / "python"
    wanted = _digest(REQUIREMENTS, extra=sys.version + sys.executable)
    if not _is_installed(folder, wanted, python):
        _fetch([sys.executable, "-m", "venv", folder])
        # As a constraint the file gives the version, and the other package in it stays out.
        _fetch([python, "-m", "pip", "install", "--quiet", "--constraint", REQUIREMENTS, package])
        _done(folder, wanted, python)
    return folder


def _fetch(command: Command, folder: Path | None = None) -> None:
    """With the user's own settings: a package manager may need a proxy."""
    succeed(command, env=users(), folder=folder, limit=LIMIT)


def _digest(*files: Path, extra: str) -> str:
    digest = hashlib.sha256(extra.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _is_installed(folder: Path, wanted: str, program: Path) -> bool:
    """Whether it is there; if not, or half or another version, the folder is cleared away."""
    stamp = folder / "installed"
    if stamp.is_file() and stamp.read_text() == wanted and program.is_file():
        return True
    shutil.rmtree(folder, ignore_errors=True)
    return False


def _done(folder: Path, wanted: str, program: Path) -> None:
    demand(program.is_file(), f"{program.name} is not where its package was installed")
    (folder / "installed").write_text(wanted)


if __name__ == "__main__":
    schemathesis()
    pinterest_sdk()
    prism()
