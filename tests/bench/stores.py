"""Stores of the token manager for the benchmarks: in memory and on the disk, filled, and what a refresh writes into one."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness import disks
from harness.failure import Failed, NotRun
from harness.program import Command, run, succeed

from .bench import Environment
from .places import BUILT, RUST

MEMORY = Path("/dev/shm")
FILL_LIMIT = 1800.0
# It is sparse: only what is written takes room.
IMAGE = 8 * 1024 * disks.MIB
TRACED = 10


@contextmanager
def places() -> Iterator[dict[str, Path]]:
    """A folder in memory and one on the disk, by the names of their file systems."""
    with in_memory() as memory, _on_disk() as (name, disk):
        yield {file_system(memory): memory, name: disk}


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder in memory."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=MEMORY) as folder:
        yield Path(folder)


@contextmanager
def _on_disk() -> Iterator[tuple[str, Path]]:
    """A folder on the disk, and what file system that is.

    Few have an ext4 without a journal, and it is another measure: nothing waits for a journal there, and the kernel looks
    at each file that was removed within the last minutes before it makes a new one. Beside it an ext4 in an image.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=BUILT) as name, ExitStack() as mounted:
        folder = Path(name)
        kind = file_system(folder)
        if kind == "ext4" and not _has_journal(folder):
            try:
                kind, folder = "ext4 in an image", mounted.enter_context(disks.ext4(folder / "disk", IMAGE))
            except NotRun:
                kind = "ext4 without a journal"
        yield kind, folder


def file_system(folder: Path) -> str:
    """Such as `ext4`."""
    return _found(folder, "FSTYPE")


def _has_journal(folder: Path) -> bool:
    device = Path(_found(folder, "SOURCE")).resolve().name
    return any(Path("/proc/fs/jbd2").glob(f"{device}-*"))


def _found(folder: Path, what: str) -> str:
    return succeed(["findmnt", "--noheadings", "--output", what, "--target", folder]).split()[-1]


def in_store(env: Environment, folder: Path) -> dict[str, str]:
    """The environment of programs whose tokens are in `folder`."""
    return {**env, "PINTEREST_OAUTH_STORE": str(folder), "PINTEREST_API_URI": env["BENCH_URL"]}


def document(refresh_token: str = "pinr.benchmark", expires_in: int = 2_592_000) -> str:
    """A token document of two minutes ago: with 1 second it has expired."""
    obtained_at = int(time.time()) - 120
    token = {"access_token": "pina_" + "a" * 96, "refresh_token": refresh_token}
    return json.dumps(token | {"obtained_at": obtained_at, "expires_at": obtained_at + expires_in})


def fill(env: Environment, token: str, accounts: int = 1) -> None:
    """Imports one token for so many accounts, the first of which is called `bench`."""
    run([RUST, "fill", str(accounts)], env=env, given=token, limit=FILL_LIMIT).demand_success()


def copied(store: Path, folder: Path) -> Path:
    """The same store in another folder, durable."""
    shutil.copytree(store, folder)
    succeed(["sync"], limit=FILL_LIMIT)
    return folder


@dataclass(frozen=True)
class Written:
    """What one refresh does to the disk: how often it makes something durable, and the lengths of what it writes."""

    fsyncs: float
    room: int
    intent: int
    answer: int

    @property
    def lengths(self) -> list[str]:
        """As programs/writes.c takes them."""
        return [str(self.room), str(self.intent), str(self.answer)]


def written(env: Environment) -> Written:
    """Of the last of a few refreshes, by strace."""
    few, more = (_traced([RUST, "refresh"], env, count) for count in (TRACED, 2 * TRACED))
    durable = [sum(name.endswith("sync") for name, _ in calls) for calls in (few, more)]
    lengths = [length for name, length in more if name == "pwrite64"][-3:]
    if len(lengths) != 3:
        raise Failed("a refresh under strace writes no three files")
    return Written((durable[1] - durable[0]) / TRACED, *lengths)


def _traced(command: Command, env: Environment, count: int) -> list[tuple[str, int]]:
    """The names of the calls, and what they returned."""
    log = BUILT / "strace"
    traced = "trace=fsync,fdatasync,?sync_file_range,?msync,?sync,?syncfs,pwrite64"
    words: Command = ["strace", "-f", "-qq", "-s", "0", "-e", traced, "-o", log, *command]
    run(words, env=env, given=f"{count}\n").demand_success()
    # `17 pwrite64(9, ""..., 196608, 0) = 196608`; a call that another thread's line interrupts ends as `<... fsync resumed>`.
    found = re.findall(
        r"^\d+ +(?:<\.\.\. )?(\w+)(?:\(| resumed).*= (\d+)$", log.read_text("utf-8"), re.MULTILINE
    )
    return [(name, int(length)) for name, length in found]
