#!/usr/bin/env python3
"""Archives whose bytes depend on names, contents and modes alone: archive.py FOLDER FILE [TOP].

FILE is a .zip or a .tar.gz; TOP is the folder that everything is put into. Dates are those of SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

# The first date that a zip can hold.
ZIP_EPOCH = 315532800


def epoch() -> int:
    """The date of everything that is packed, in Unix seconds."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", ZIP_EPOCH))


def mode(path: Path) -> int:
    """755 for folders and programs, 644 for the rest, whatever the umask was."""
    return 0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644


def entries(folder: Path) -> Iterator[Path]:
    """Everything below a folder, by name."""
    yield from sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())


def tar(folder: Path, top: str = "", prefix: str = "") -> bytes:
    """A tar of a folder: owned by root, GNU's format; `prefix` stands before each name."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in entries(folder):
            name = (Path(top) / path.relative_to(folder)).as_posix()
            entry = archive.gettarinfo(path, prefix + name)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            entry.mtime = epoch()
            entry.mode = 0o777 if path.is_symlink() else mode(path)
            if path.is_file() and not path.is_symlink():
                entry.type, entry.size = tarfile.REGTYPE, path.stat().st_size
                with path.open("rb") as contents:
                    archive.addfile(entry, contents)
            else:
                archive.addfile(entry)
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    """As `gzip -9n`: without a name or a date."""
    return gzip.compress(data, 9, mtime=0)


def write_zip(files: dict[str, tuple[bytes, int]], to: Path) -> None:
    """A zip of these contents and modes, in this order."""
    date = time.gmtime(max(epoch(), ZIP_EPOCH))[:6]
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, (contents, permissions) in files.items():
            entry = zipfile.ZipInfo(name, date)
            entry.create_system, entry.external_attr = 3, (stat.S_IFREG | permissions) << 16
            archive.writestr(entry, contents, zipfile.ZIP_DEFLATED, 9)


def contents(folder: Path, top: str = "") -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, for `write_zip`."""
    return {
        (Path(top) / path.relative_to(folder)).as_posix(): (path.read_bytes(), mode(path))
        for path in entries(folder)
        if path.is_file()
    }


def pack(folder: Path, to: Path, top: str = "") -> None:
    """A folder as the kind of archive that the name says."""
    if to.name.endswith(".zip"):
        write_zip(contents(folder, top), to)
    elif to.name.endswith(".tar.gz"):
        to.write_bytes(gzipped(tar(folder, top)))
    else:
        raise SystemExit(f"{to}: neither .zip nor .tar.gz")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    pack(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
