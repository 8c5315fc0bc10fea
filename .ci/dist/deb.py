"""Debian packages, without Debian's tools: an ar of two tars."""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

from archive import entries, epoch, tar
from places import AUTHORS, GLIBC, Platform, version

FIELDS = """Package: {name}
Version: {version}
Architecture: {architecture}
Multi-Arch: {multi}
Maintainer: {authors}
Installed-Size: {size}
Depends: {depends}
Section: {section}
Priority: optional
Description: {about}
 {more}
"""
COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: pinterest-oauth

Files: *
Copyright: {authors}
License: Expat or Apache-2.0
Comment: Unofficial. The texts of both licences, and those of the software by others that is linked in, are in this folder.
"""


def write(
    folder: Path,
    to: Path,
    platform: Platform,
    *,
    name: str,
    about: str,
    more: str,
    section: str,
    depends: str = "",
    multi: str = "same",
    library: bool = False,
) -> Path:
    """A folder, as it will lie below /, as the package `name`; `library` tells the loader of it."""
    doc = folder / "usr" / "share" / "doc" / name
    doc.mkdir(parents=True, exist_ok=True)
    (doc / "copyright").write_text(COPYRIGHT.format(authors=AUTHORS), encoding="utf-8")
    files = [path for path in entries(folder) if path.is_file() and not path.is_symlink()]
    control = to / f"{name}.control"
    control.mkdir()
    fields = FIELDS.format(
        name=name,
        version=version(),
        architecture=platform.debian,
        multi=multi,
        authors=AUTHORS,
        size=sum(path.stat().st_size for path in files) // 1024 + 1,
        depends=", ".join(filter(None, [f"libc6 (>= {GLIBC})", depends])),
        section=section,
        about=about,
        more=more,
    )
    (control / "control").write_text(fields, encoding="utf-8")
    sums = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(folder)}\n"
        for path in files
    )
    (control / "md5sums").write_text(sums, encoding="utf-8")
    if library:
        (control / "triggers").write_text("activate-noawait ldconfig\n", encoding="utf-8")
    made = to / f"{name}_{version()}_{platform.debian}.deb"
    made.write_bytes(
        _ar(
            {
                "debian-binary": b"2.0\n",
                "control.tar.xz": lzma.compress(tar(control, prefix="./"), preset=9),
                "data.tar.xz": lzma.compress(tar(folder, prefix="./"), preset=9),
            }
        )
    )
    for path in control.iterdir():
        path.unlink()
    control.rmdir()
    return made


def _ar(members: dict[str, bytes]) -> bytes:
    made = b"!<arch>\n"
    for name, contents in members.items():
        head = f"{name:<16}{epoch():<12}{0:<6}{0:<6}{'100644':<8}{len(contents):<10}`\n"
        made += head.encode() + contents + b"\n" * (len(contents) % 2)
    return made
