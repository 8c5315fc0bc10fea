"""Small disks of a check's own: in memory, and ext4 in an image. Each is unmounted at its end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from harness.failure import NotRun
from harness.places import optional
from harness.program import run, succeed

KIB = 1024
MIB = 1024 * KIB
# What a folder of the store on such a disk may take.
SMALL = 4 * MIB
IMAGE = 24 * MIB
SBIN = ("/usr/sbin", "/sbin")


def tool(name: str) -> str:
    """A program of the administrator's."""
    found = optional(name) or next(
        (f"{folder}/{name}" for folder in SBIN if Path(folder, name).exists()), None
    )
    if found is None:
        raise NotRun(f"no {name}")
    return found


@contextmanager
def mounted(folder: Path, *words: str | Path) -> Iterator[Path]:
    """Something mounted at `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    ended = run([tool("mount"), *words, folder])
    if ended.code != 0:
        raise NotRun(f"mount is not permitted: {ended.errors.strip()}")
    try:
        yield folder
    finally:
        if run([tool("umount"), folder]).code != 0:
            run([tool("umount"), "--lazy", folder])


@contextmanager
def memory(folder: Path, size: int = SMALL) -> Iterator[Path]:
    """A tmpfs."""
    with mounted(folder, "-t", "tmpfs", "-o", f"size={size},mode=0700", "none") as disk:
        yield disk


def image(path: Path, size: int = IMAGE) -> Path:
    """A new ext4 image with a journal, nothing of which is left to be made later."""
    with path.open("wb") as file:
        file.truncate(size)
    journal = ["-J", "size=4"] if size == IMAGE else []
    whole = ["-E", "lazy_itable_init=0,lazy_journal_init=0"]
    succeed([tool("mkfs.ext4"), "-q", "-F", "-m", "0", *journal, *whole, path])
    return path


@contextmanager
def attached(path: Path) -> Iterator[str]:
    """The image as a loop device; its name, such as `/dev/loop0`."""
    ended = run([tool("losetup"), "--show", "--find", path])
    if ended.code != 0:
        raise NotRun(f"loop devices are not permitted: {ended.errors.strip()}")
    device = ended.output.strip()
    try:
        yield device
    finally:
        run([tool("losetup"), "--detach", device])


@contextmanager
def ext4(folder: Path, size: int = IMAGE) -> Iterator[Path]:
    """An ext4 of its own."""
    path = image(folder.with_suffix(".img"), size)
    with attached(path) as device, mounted(folder, device) as disk:
        yield disk


def fill(disk: Path) -> Path:
    """Takes all the room that is left; the file that has it."""
    path = disk / "full"
    with path.open("ab", buffering=0) as file:
        for size in (64 * KIB, KIB, 1):
            with suppress(OSError):
                while True:
                    os.write(file.fileno(), b"x" * size)
        with suppress(OSError):
            os.fsync(file.fileno())
    return path
