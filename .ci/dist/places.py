"""Where things are, how programs are run, and what is built: shared by the parts of `make dist`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = Path(subprocess.check_output([ROOT / "ffi-c" / "target.sh"], text=True).strip())
OUT = Path(os.environ.get("DIST_OUT") or TARGET / "dist").resolve()
STAGE = TARGET / "dist-stage"
# The oldest glibc that everything runs on; Rust's own library needs as much.
GLIBC = "2.17"
AUTHORS = "the pinterest-oauth authors"


class Platform:
    """A system and what each ecosystem calls it."""

    def __init__(self, arch: str, npm: str, debian: str) -> None:
        self.arch, self.npm, self.debian = arch, f"linux-{npm}-gnu", debian
        self.dotnet = f"linux-{npm}"
        self.triple = f"{arch}-unknown-linux-gnu"
        self.php = self.perl = f"linux-{arch}-gnu"
        self.c = f"{arch}-linux-gnu"

    def is_here(self) -> bool:
        """Whether this machine is one."""
        return self.arch == os.uname().machine


PLATFORMS = {"x86_64": Platform("x86_64", "x64", "amd64"), "aarch64": Platform("aarch64", "arm64", "arm64")}
ALIASES = {"arm64": "aarch64", "amd64": "x86_64", "x64": "x86_64"}


def platform(name: str) -> Platform:
    """By any of its names."""
    try:
        return PLATFORMS[ALIASES.get(name, name)]
    except KeyError:
        raise SystemExit(f"ARCH={name}: known are {', '.join([*PLATFORMS, *ALIASES])}") from None


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, folder: Path = ROOT) -> None:
    """Runs a program that has to succeed; what it prints goes on."""
    try:
        subprocess.run([str(word) for word in command], cwd=folder, env=env, check=True)
    except FileNotFoundError:
        sys.exit(f"make dist needs {command[0]}, which is not installed")
    except subprocess.CalledProcessError as problem:
        sys.exit(f"{Path(command[0]).name} ended with {problem.returncode}")


def output(command: Sequence[str | Path], *, folder: Path = ROOT) -> str:
    """What a program prints."""
    try:
        return subprocess.check_output([str(word) for word in command], cwd=folder, text=True)
    except FileNotFoundError:
        sys.exit(f"make dist needs {command[0]}, which is not installed")


@cache
def version() -> str:
    """The one of Cargo.toml; .ci/dist/version.py checks that the others are the same."""
    found = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


@cache
def commit() -> tuple[str, int]:
    """The commit and its date in Unix seconds; SOURCE_DATE_EPOCH wins, and counts alone where there is no git."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        said = subprocess.check_output(["git", "log", "-1", "--format=%H %ct"], cwd=ROOT, text=True)
        name, date = said.split()
    except (OSError, subprocess.CalledProcessError):
        name, date = "unknown", "315532800"
    return name, int(given or date)


@cache
def metadata(triple: str) -> dict[str, Any]:
    """What cargo knows of the packages, for one system; those that are not here yet are fetched."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", triple]
    here = subprocess.run([*command, "--offline"], cwd=ROOT, capture_output=True, text=True, check=False)
    document: dict[str, Any] = json.loads(here.stdout if here.returncode == 0 else output(command))
    return document


def linked(package: str, triple: str) -> list[dict[str, Any]]:
    """The crates that are linked into a package of ours, itself included, without those of builds and tests."""
    known = metadata(triple)
    packages = {each["id"]: each for each in known["packages"]}
    nodes = {each["id"]: each for each in known["resolve"]["nodes"]}
    todo = [name for name in known["workspace_members"] if packages[name]["name"] == package]
    found: dict[str, dict[str, Any]] = {}
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found[name] = packages[name]
        todo += [
            dependency["pkg"]
            for dependency in nodes[name]["deps"]
            if any(kind["kind"] is None for kind in dependency["dep_kinds"])
            and not any("proc-macro" in target["kind"] for target in packages[dependency["pkg"]]["targets"])
        ]
    return sorted(found.values(), key=lambda each: (each["name"], each["version"]))
