"""The wheel after maturin: notices in, the builder's folder out of its bill of materials, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path

from archive import write_zip
from places import ROOT

NOTICES = "THIRD-PARTY-LICENSES.txt"


def finish(made: Path, to: Path, notices: str) -> Path:
    """Writes the wheel `made` into the folder `to`, under its own name."""
    with zipfile.ZipFile(made) as archive:
        files = {
            entry.filename: (archive.read(entry), 0o755 if entry.external_attr >> 16 & 0o100 else 0o644)
            for entry in archive.infolist()
            if not entry.is_dir()
        }
    (record,) = (name for name in files if name.endswith(".dist-info/RECORD"))
    info = record.removesuffix("/RECORD")
    for name, (contents, mode) in files.items():
        if name.startswith(f"{info}/sboms/"):
            files[name] = (contents.replace(str(ROOT).encode(), b"/src"), mode)
    files[f"{info}/licenses/{NOTICES}"] = (notices.encode(), 0o644)
    metadata, mode = files[f"{info}/METADATA"]
    last = b"License-File: LICENSE-MIT\n"
    if last not in metadata:
        raise SystemExit("the wheel's METADATA names no LICENSE-MIT")
    files[f"{info}/METADATA"] = (metadata.replace(last, last + f"License-File: {NOTICES}\n".encode()), mode)
    del files[record]
    lines = [f"{name},{_digest(contents)},{len(contents)}" for name, (contents, _) in sorted(files.items())]
    ordered = dict(sorted(files.items()))
    ordered[record] = ("\n".join([*lines, f"{record},,"]).encode() + b"\n", 0o644)
    write_zip(ordered, to / made.name)
    return to / made.name


def _digest(contents: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(contents).digest()).rstrip(b"=").decode()
    return f"sha256={digest}"
