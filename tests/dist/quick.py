#!/usr/bin/env python3
"""What can be said of the packages without building them; `make dist` and `make test-dist` say the rest."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / ".ci" / "dist"))

import archive
import notices
import places
import version

from harness.check import collect
from harness.environment import clean, users
from harness.failure import demand
from harness.main import main
from harness.places import BINDINGS, ROOT
from harness.program import run, succeed
from harness.session import Session

PACKAGED = ("core", "tests/emulator", "bindings/cli", "bindings/python")
PLATFORM = places.platform("x86_64")


def check_version(session: Session) -> str:
    """the version is the same in every place"""
    wrong = version.differing(version.current())
    demand(not wrong, "; ".join(wrong))
    return version.current()


def check_new_version(session: Session) -> None:
    """a new version is set everywhere, and the changelogs get its date"""
    copy = session.folder / "copy"
    for pattern, _, _ in version.PLACES:
        for file in ROOT.glob(pattern):
            _copied(file, copy)
    crates = succeed(["git", "ls-files", "*Cargo.toml", "*.rs", "*CHANGELOG.md", "*Changes"], folder=ROOT)
    for name in crates.splitlines():
        _copied(ROOT / name, copy)
    script = _copied(ROOT / ".ci" / "dist" / "version.py", copy)
    said = run([sys.executable, script, "0.9.1", "--date", "2031-02-03"], env=users())
    session.report.verdict(
        "the new one is set", "" if said.code == 0 and said.output == "0.9.1\n" else said.said
    )
    dated = (copy / "CHANGELOG.md").read_text(encoding="utf-8")
    listed = (copy / "bindings" / "perl" / "Changes").read_text(encoding="utf-8")
    good = "## [Unreleased]\n\n## [0.9.1] - 2031-02-03\n" in dated and "0.901 2031-02-03" in listed
    session.report.verdict(
        "CHANGELOG.md and Changes have it with its date", "" if good else dated[:400] + listed[:200]
    )
    again = run([sys.executable, script, "0.9.2"], env=users())
    session.report.verdict(
        "where nothing is unreleased, there is no new version",
        "" if again.code != 0 and "nothing under Unreleased" in again.errors else again.said,
    )


def check_rust_version(session: Session) -> None:
    """each crate of ours asks for a Rust that all it links can be built with"""
    wrong = []
    for name in (each["name"] for each in _ours()):
        crates = places.linked(name, PLATFORM.triple)
        own = next(each["rust_version"] for each in crates if each["name"] == name)
        for each in crates:
            if _number(each["rust_version"]) > _number(own):
                wrong.append(f"{name} says {own}, but {each['name']} needs {each['rust_version']}")
    demand(not wrong, "; ".join(wrong))


def check_said_rust_version(session: Session) -> None:
    """the builds that look for Rust ask for the version of their crate"""
    wanted = {each["name"]: ".".join(each["rust_version"].split(".")[:2]) for each in _ours()}
    for file, crate, said in (
        ("bindings/python/build_backend.py", "pinterest-oauth-python", "RUST = ({}, {})"),
        ("bindings/node/scripts/build-native.mjs", "pinterest-oauth-node", "RUST = [{}, {}]"),
        ("bindings/perl/Makefile.PL", "pinterest-oauth-ffi", "$RUST = {}.{};"),
    ):
        text = " ".join((ROOT / file).read_text(encoding="utf-8").split())
        line = said.format(*wanted[crate].split("."))
        session.report.verdict(f"{file} asks for Rust {wanted[crate]}", "" if line in text else f"no {line}")


def check_licences(session: Session) -> None:
    """every package that is made of its own folder has the licences in it, word for word"""
    for name in ("LICENSE-MIT", "LICENSE-APACHE"):
        text = (ROOT / name).read_bytes()
        different = [folder for folder in PACKAGED if (ROOT / folder / name).read_bytes() != text]
        demand(not different, f"{name} is another one in {', '.join(different)}: copy the one at the top")


def check_notices(session: Session) -> None:
    """what is linked has licences that are on the list, and brings their texts"""
    for name in (
        "pinterest-oauth-ffi",
        "pinterest-oauth-node",
        "pinterest-oauth-cli",
        "pinterest-oauth-python",
    ):
        crates = [each for each in places.linked(name, PLATFORM.triple) if each["source"]]
        wrong = [f"{each['name']} has no text" for each in crates if not notices.texts(each)]
        wrong += notices.refused(crates)
        session.report.verdict(f"{name}: {len(crates)} crates", "; ".join(wrong))
    session.report.verdict(
        "another licence is refused", "" if not notices.permitted("GPL-3.0-only") else "it is not"
    )
    mixed = "(MIT OR GPL-2.0) AND Apache-2.0"
    session.report.verdict("of a choice one is enough", "" if notices.permitted(mixed) else "it is not")


def check_no_cargo(session: Session) -> None:
    """a build without Rust, or with an old one, ends with one sentence"""
    node = shutil.which("node")
    demand(node is not None, "node is missing")
    tools = session.folder / "tools"
    tools.mkdir()
    (tools / "node").symlink_to(str(node))
    old = session.folder / "old"
    shutil.copytree(tools, old, symlinks=True)
    (old / "cargo").write_text("#!/bin/sh\necho cargo 1.84.0\n")
    (old / "cargo").chmod(0o755)
    native = _native_build(session.folder / "a" / "bindings" / "node")
    for folder, sentence in ((tools, "cargo cannot be run"), (old, "and this is 1.84")):
        builds: dict[str, list[str | Path]] = {
            "pip": [sys.executable, BINDINGS / "python" / "build_backend.py"],
            "npm": ["node", native],
        }
        for name, command in builds.items():
            said = run(command, env={"PATH": str(folder)})
            lines = said.errors.strip().splitlines()
            good = said.code != 0 and len(lines) == 1 and sentence in lines[0]
            session.report.verdict(f"{name}: {sentence}", "" if good else said.said)


def _native_build(folder: Path) -> Path:
    """build-native.mjs, beside a dist/platform.js that it can import."""
    for name in ("scripts", "dist"):
        (folder / name).mkdir(parents=True)
    (folder / "dist" / "platform.js").write_text("exports.nativePath = () => '/nowhere';\n")
    return Path(shutil.copy(BINDINGS / "node" / "scripts" / "build-native.mjs", folder / "scripts"))


def check_npm_folder(session: Session) -> None:
    """npm install of a folder that is not built says what to do"""
    folder, project = session.folder / "node", session.folder / "project"
    left_out = shutil.ignore_patterns("node_modules", "dist", "native", "*.tgz")
    shutil.copytree(BINDINGS / "node", folder, ignore=left_out)
    project.mkdir()
    (project / "package.json").write_text('{"name": "a-project", "private": true}')
    said = run(["npm", "install", "--offline", folder], folder=project, env=clean())
    good = said.code != 0 and "is not built yet" in said.errors and "npm run build:release" in said.errors
    demand(good, said.said)


def check_archives(session: Session) -> None:
    """an archive's bytes do not depend on dates, owners or the umask"""
    made = []
    for name, umask in (("one", 0o022), ("two", 0o077)):
        folder = session.folder / name
        before = os.umask(umask)
        try:
            (folder / "b").mkdir(parents=True)
            (folder / "b" / "program").write_text("1")
            (folder / "b" / "program").chmod(0o700 | (0o055 & ~umask))
            (folder / "a").write_text("2")
        finally:
            os.umask(before)
        os.utime(folder / "a", (umask, umask))
        for file in (f"{name}.zip", f"{name}.tar.gz"):
            archive.pack(folder, session.folder / file, "top")
        made.append([(session.folder / f"{name}{suffix}").read_bytes() for suffix in (".zip", ".tar.gz")])
    demand(made[0] == made[1], "they differ")
    with tarfile.open(fileobj=io.BytesIO(made[0][1])) as opened:
        names = opened.getnames()
    demand(names == ["top/a", "top/b", "top/b/program"], f"it holds {names}")


def _ours() -> Iterator[dict[str, Any]]:
    known = places.metadata(PLATFORM.triple)
    yield from (each for each in known["packages"] if each["id"] in known["workspace_members"])


def _number(text: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in (text or "0").split(".")[:2])


def _copied(file: Path, to: Path) -> Path:
    there = to / file.relative_to(ROOT)
    there.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, there)
    return there


if __name__ == "__main__":
    sys.exit(main("packages", __doc__, collect(sys.modules[__name__])))
