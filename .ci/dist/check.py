"""What every artefact has to be: complete, licensed, free of the builder's paths, and good for an old glibc."""

from __future__ import annotations

import io
import lzma
import os
import re
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from places import GLIBC, OUT, ROOT

Files = dict[str, bytes]
LICENCES = ("LICENSE-MIT", "LICENSE-APACHE")
NOTICES = "THIRD-PARTY-LICENSES.txt"
SYSTEM = {"libc.so.6", "libpthread.so.0", "libdl.so.2", "libm.so.6", "libgcc_s.so.1"}
# Of which artefact which folders are the source, and what of them it leaves out on purpose. A file of theirs that is in
# no such artefact fails the build, so that a new one is never forgotten.
SOURCES: dict[str, tuple[tuple[str, str], ...]] = {
    r"\.whl$": (("bindings/python/python", r"__pycache__"),),
    r"^pinterest_oauth-.*\.tar\.gz$": (
        ("bindings/python/python", r"__pycache__"),
        ("bindings/python/src", ""),
        ("bindings/cli/src", ""),
        ("core/src", ""),
        ("tests/emulator/src", ""),
    ),
    r"^npm/pinterest-oauth-[\d.]+\.tgz$": (("bindings/node/src", ""),),
    r"^composer/pinterest-oauth-": (
        ("bindings/php/src", ""),
        ("bindings/php/bin", ""),
        ("bindings/php/resources", ""),
    ),
    r"^composer/server-bundle-": (("bindings/php-symfony/src", ""), ("bindings/php-symfony/config", "")),
    r"^Pinterest-OAuth-": (
        ("bindings/perl/lib", ""),
        ("bindings/perl/t", ""),
        ("core/src", ""),
        ("ffi-c/src", ""),
        ("include", ""),
    ),
    r"^Pinterest\.OAuth[-.]\d": (("bindings/powershell/module", ""),),
    r"^crates/pinterest-oauth-\d": (("core/src", ""),),
    r"^crates/pinterest-oauth-emulator": (("tests/emulator/src", ""),),
    r"^crates/pinterest-oauth-cli": (("bindings/cli/src", ""),),
    r"^pinterest-oauth-c-": (("include", ""),),
}
# What becomes of a source file.
MADE = {".ts": ".js", ".mts": ".mjs"}


def unpacked(path: Path) -> Files:
    """Every file of an artefact, by its name in there."""
    data = path.read_bytes()
    if path.suffix in (".whl", ".zip", ".nupkg"):
        with zipfile.ZipFile(path) as archive:
            return {each.filename: archive.read(each) for each in archive.infolist() if not each.is_dir()}
    if path.suffix == ".deb":
        return _deb(data)
    return _tar(data, "r:gz")


def _tar(data: bytes, how: str) -> Files:
    files: Files = {}
    with tarfile.open(fileobj=io.BytesIO(data), mode=how) as archive:  # type: ignore[call-overload]
        for entry in archive:
            if entry.isfile() and (opened := archive.extractfile(entry)):
                files[entry.name] = opened.read()
    return files


def _deb(data: bytes) -> Files:
    at, files = 8, Files()
    while at < len(data):
        name, size = data[at : at + 16].decode().strip(), int(data[at + 48 : at + 58])
        if name.endswith(".tar.xz"):
            files |= _tar(lzma.decompress(data[at + 60 : at + 60 + size]), "r:")
        at += 60 + size + size % 2
    return files


def artefacts(*, all_of_them: bool) -> tuple[dict[str, Any], list[str]]:
    """Size and highest glibc of each artefact, and what is wrong with any."""
    facts: dict[str, Any] = {}
    problems: list[str] = []
    for path in sorted(OUT.rglob("*")):
        name = path.relative_to(OUT).as_posix()
        if not path.is_file() or path.name.endswith((".json", ".txt")) or path.name == "SHA256SUMS":
            continue
        files = unpacked(path)
        facts[name] = {"bytes": path.stat().st_size, "files": len(files)}
        binaries = {each: data for each, data in files.items() if data.startswith(b"\x7fELF")}
        for each, data in binaries.items():
            highest, wrong = _elf(data, each)
            facts[name]["glibc"] = highest
            problems += [f"{name}: {each} {what}" for what in wrong]
        problems += [f"{name}: {what}" for what in _texts(files, bool(binaries))]
        problems += [f"{name}: {each} holds the path {found}" for each, found in _paths(files)]
        problems += [f"{name}: lacks {missing}" for missing in _missing(name, files)]
        if not path.with_name(f"{path.name}.cdx.json").is_file():
            problems.append(f"{name}: has no bill of materials")
    for pattern in SOURCES:
        if all_of_them and not any(re.search(pattern, name) for name in facts):
            problems.append(f"no artefact is named {pattern}")
    return facts, problems


def _texts(files: Files, native: bool) -> list[str]:
    names = {name.rsplit("/", 1)[-1] for name in files}
    needed = [*LICENCES, *([NOTICES] if native else [])]
    return [f"lacks {text}" for text in needed if text not in names]


def _paths(files: Files) -> list[tuple[str, str]]:
    """Places of the machine that built it, in anything that was packed."""
    homes = {str(Path.home()), os.environ.get("CARGO_HOME", ""), str(ROOT)} - {"", "/"}
    return [
        (name, home) for name, data in files.items() for home in sorted(homes) if f"{home}/".encode() in data
    ]


def _missing(artefact: str, files: Files) -> list[str]:
    """Source files that are in no form in the artefact."""
    ends = [f"/{name}" for name in files]
    lacking = []
    for pattern, folders in SOURCES.items():
        if not re.search(pattern, artefact):
            continue
        for folder, left_out in folders:
            for path in sorted((ROOT / folder).rglob("*")):
                name = path.relative_to(ROOT / folder)
                if (
                    path.is_dir()
                    or (left_out and re.search(left_out, str(name)))
                    or "__pycache__" in name.parts
                ):
                    continue
                name = name.with_suffix(MADE.get(name.suffix, name.suffix))
                if not any(end.endswith(f"/{name}") for end in ends):
                    lacking.append(f"{folder}/{path.relative_to(ROOT / folder)}")
    return lacking


def _elf(data: bytes, name: str) -> tuple[str, list[str]]:
    """The highest glibc that a binary asks for, and what is wrong with it."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        said = subprocess.check_output(["readelf", "-dVWl", file.name], text=True)
    wanted = {tuple(map(int, each)) for each in re.findall(r"GLIBC_(\d+)\.(\d+)", said)}
    highest = max(wanted, default=(0, 0))
    wrong = []
    if highest > tuple(map(int, GLIBC.split("."))):
        wrong.append(f"needs glibc {highest[0]}.{highest[1]}")
    needed = {
        each
        for each in re.findall(r"\(NEEDED\).*\[(.+)\]", said)
        if each not in SYSTEM and not each.startswith("ld-linux")
    }
    if needed:
        wrong.append(f"needs {', '.join(sorted(needed))}")
    if not re.search(r"GNU_STACK .* RW +0", said):
        wrong.append("has an executable stack")
    if "GNU_RELRO" not in said or not re.search(r"FLAGS.*NOW", said):
        wrong.append("is not linked with -z relro -z now")
    if "libpinterest_oauth.so" in name:
        if not re.search(r"SONAME.*libpinterest_oauth\.so\.\d+\]", said):
            wrong.append("has no SONAME")
        if "NODELETE" not in said:
            wrong.append("may be unloaded")
    return f"{highest[0]}.{highest[1]}", wrong
