"""Installs the oracles under target/oracles, each apart from the others, at most once per set of versions."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from .failure import CheckFailed, demand
from .places import BUILT, ORACLES
from .run_program import run_program

LIMIT = 900.0
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
        raise CheckFailed("Prism needs node and npm, which are not installed")
    folder = BUILT / "prism"
    entry = folder / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
    wanted = _digest(*(ORACLES / name for name in PACKAGE_FILES), extra=node)
    if not _is_installed(folder, wanted, entry):
        folder.mkdir(parents=True)
        for name in PACKAGE_FILES:
            shutil.copy(ORACLES / name, folder / name)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run_program(command, limit=LIMIT, folder=folder).demand_success("npm ci")
        _done(folder, wanted, entry)
    return [node, str(entry)]


def _python_environment(package: str) -> Path:
    folder = BUILT / package
    python = folder / "bin" / "python"
    wanted = _digest(REQUIREMENTS, extra=sys.version + sys.executable)
    if not _is_installed(folder, wanted, python):
        create = [sys.executable, "-m", "venv", str(folder)]
        run_program(create, limit=LIMIT).demand_success("python -m venv")
        # As a constraint the file gives the version, and the other package in it stays out.
        pip = [str(python), "-m", "pip", "install", "--quiet", "--constraint", str(REQUIREMENTS), package]
        run_program(pip, limit=LIMIT).demand_success(f"pip install {package}")
        _done(folder, wanted, python)
    return folder


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
