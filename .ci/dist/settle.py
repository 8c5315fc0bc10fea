#!/usr/bin/env python3
"""Takes the build's moment and its random identity out of an assembly that mcs made: settle.py FILE.

Two fields of a .NET file differ from build to build: the date in the PE header, and the MVID, the first GUID of the
metadata. Both are made of the contents instead.
"""

from __future__ import annotations

import hashlib
import struct
import sys
from pathlib import Path


def settle(data: bytearray) -> None:
    """Changes the two fields."""
    pe: int = struct.unpack_from("<I", data, 0x3C)[0]
    if data[pe : pe + 4] != b"PE\0\0":
        raise SystemExit("this is no assembly")
    count, size = struct.unpack_from("<H", data, pe + 6)[0], struct.unpack_from("<H", data, pe + 20)[0]
    struct.pack_into("<I", data, pe + 8, 0)
    optional = pe + 24
    wide = struct.unpack_from("<H", data, optional)[0] == 0x20B
    directory = optional + (112 if wide else 96) + 14 * 8
    sections = [
        struct.unpack_from("<IIII", data, optional + size + 40 * each + 8)[:4] for each in range(count)
    ]

    def place(address: int) -> int:
        for length, start, raw, offset in sections:
            if start <= address < start + max(length, raw):
                return int(offset + address - start)
        raise SystemExit("this is no assembly")

    header = place(struct.unpack_from("<I", data, directory)[0])
    root = place(struct.unpack_from("<I", data, header + 8)[0])
    at = root + 16 + struct.unpack_from("<I", data, root + 12)[0]
    streams = struct.unpack_from("<H", data, at + 2)[0]
    at += 4
    for _ in range(streams):
        offset, _length = struct.unpack_from("<II", data, at)
        end = data.index(0, at + 8)
        if bytes(data[at + 8 : end]) == b"#GUID":
            mvid = root + offset
            data[mvid : mvid + 16] = bytes(16)
            data[mvid : mvid + 16] = hashlib.sha256(data).digest()[:16]
            return
        at += 8 + (end - at - 8) // 4 * 4 + 4
    raise SystemExit("the assembly has no GUIDs")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    file = Path(sys.argv[1])
    contents = bytearray(file.read_bytes())
    settle(contents)
    file.write_bytes(contents)
