"""A copy of the project's files, in which changes are made. All changes use this one, so that little is built anew."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from harness.environment import users
from harness.failure import demand
from harness.places import ROOT, TARGET
from harness.program import Ended, run, succeed

TREE = TARGET / "house" / "tree"
BUILD = TARGET / "house" / "build"
# Folders of what others built, which are no part of the project.
LINKS = {
    "bindings/node/node_modules": ROOT / "bindings" / "node" / "node_modules",
    "bindings/node/native": ROOT / "bindings" / "node" / "native",
}
NOT_OURS = {"bindings/node/dist", "bindings/python/python/pinterest_oauth/_native.abi3.so", *LINKS}
LIMIT = 900.0


def renew() -> None:
    """Makes the copy what the project is now. A file that is the same is left alone: its time tells cargo so."""
    files = succeed(["git", "ls-files", "-z"], folder=ROOT).split("\0")
    wanted = {file for file in files if (ROOT / file).is_file()}
    demand(len(wanted) > 300, f"git names only {len(wanted)} files")
    for file in set(_found()) - wanted:
        (TREE / file).unlink()
    for file in wanted:
        source, copy = ROOT / file, TREE / file
        if not copy.is_file() or copy.read_bytes() != source.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            shutil.copymode(source, copy)
    for link, place in LINKS.items():
        if not (TREE / link).is_symlink():
            (TREE / link).symlink_to(place)
    _borrow()


def _found(folder: Path = TREE) -> Iterator[str]:
    """The project's files in the copy."""
    for path in folder.iterdir() if folder.is_dir() else ():
        name = str(path.relative_to(TREE))
        if path.name == "__pycache__" or name in NOT_OURS:
            continue
        if path.is_dir():
            yield from _found(path)
        else:
            yield name


def _borrow() -> None:
    """The crates that are built already: their files, without a second copy. Cargo builds what is not there."""
    for name in ("deps", "build", ".fingerprint"):
        built, ours = TARGET / "debug" / name, BUILD / "debug" / name
        if built.is_dir() and not ours.exists():
            ours.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(built, ours, copy_function=_link, ignore=shutil.ignore_patterns("*pinterest*"))
    runtime = BUILD / "dotnet"
    if not runtime.exists() and (TARGET / "dotnet").exists():
        runtime.symlink_to(TARGET / "dotnet")


def _link(source: str, copy: str) -> None:
    with contextlib.suppress(FileNotFoundError):  # of a build that goes on meanwhile
        os.link(source, copy)


def apply(patch: str, name: str) -> None:
    """Makes a change in the copy."""
    command = ["patch", "-p1", "--batch", "--forward", "--no-backup-if-mismatch", "--reject-file=-"]
    ended = run(command, folder=TREE, given=patch)
    demand(ended.code == 0, f"tests/house/{name}.patch no longer applies: renew it\n{ended.said}")


def generated() -> list[str]:
    """What `make header` writes anew in the copy: the files that differ from those before."""
    outputs = ("include", "bindings/php/resources", "README.md")
    files = [file for file in _found() if file.startswith(outputs)]
    before = {file: (TREE / file).read_bytes() for file in files}
    built(["make", "-s", "header"]).demand_success()
    return [file for file in files if (TREE / file).read_bytes() != before[file]]


def built(command: list[str]) -> Ended:
    """A command that builds in the copy, at its end."""
    return run(command, env=users(CARGO_TARGET_DIR=str(BUILD)), folder=TREE, limit=LIMIT)
