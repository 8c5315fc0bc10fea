"""Many accounts, all due: `pinterest-oauth refresh --due` beside what the server and the disk can do at most."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from harness.emulator import Emulator
from harness.failure import Failed
from harness.program import Command, run, succeed

from .bench import Bench, Environment, calling
from .figures import ratios, spread
from .places import BUILT, COMMAND
from .stores import Written, copied, document, file_system, fill, in_memory, in_store, places, written
from .table import Aim, Table

PARALLEL = 16
SHARE = 0.8
MEMORY_MB = 64
LIMIT = 3600.0


@dataclass
class Figures:
    """A value each round: accounts a second of each, and the command's largest memory in MB."""

    due: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    together: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def table(bench: Bench) -> Table:
    """Accounts a second, on each file system."""
    rows, aims, figures = [], [], {}
    with places() as folders:
        for name, folder in folders.items():
            found = Figures()
            for number in range(bench.rounds):
                bench.say(f"{bench.accounts:,} accounts on {name}, round {number + 1} of {bench.rounds}")
                _round(bench, folder / f"{number}", found)
            all_rates = (found.due, found.posts, found.writes, found.together)
            of_posts, of_writes, of_ours = (ratios(found.due, rate) for rate in all_rates[1:])
            memory = max(found.memory)
            rates = (f"{spread(each).median:.0f}" for each in all_rates)
            shares = (share.shown() for share in (of_posts, of_writes, of_ours))
            rows.append([name, *rates, *shares, f"{memory:.1f} MB"])
            is_in_memory = name == "tmpfs"
            share, whose = (
                (of_posts, "the emulator's own speed") if is_in_memory else (of_writes, "the C program")
            )
            wanted = f"{bench.accounts:,} accounts due on {name}: at least {SHARE:g} × {whose}"
            aims.append(Aim(wanted, share.shown(), share.median >= SHARE))
            aims.append(
                Aim(f"memory on {name} at most {MEMORY_MB} MB", f"{memory:.1f} MB", memory <= MEMORY_MB)
            )
            figures[name] = found.__dict__
    return Table(
        title=f"{bench.accounts:,} accounts, all due, {PARALLEL} at once: a second",
        head=[
            "",
            "refresh --due",
            "bare POSTs",
            "writes in C",
            "the same, as ours",
            "of the POSTs (range)",
            "of the writes (range)",
            "of ours in C",
            "VmHWM",
        ],
        rows=rows,
        aims=aims,
        notes=[
            f"{bench.rounds} rounds, each with an emulator of its own. The whole command, from start to end; as many bare POSTs over",
            f"{PARALLEL} connections; as many accounts of the C program, {PARALLEL} threads, as `refresh` has it. VmHWM: the most",
            "memory, in MB of 1,000,000 bytes.",
        ],
        figures=figures,
    )


def _round(bench: Bench, folder: Path, found: Figures) -> None:
    folder.mkdir()
    with bench.pinning.servers():
        started = Emulator([COMMAND, "emulator"])
    with started as emulator:
        base = calling(emulator.base_url, emulator.app_id, emulator.app_secret)
        refresh_token = str(emulator.token()["refresh_token"])
        lengths = _lengths(base, folder, refresh_token)
        store = _store(base, folder, refresh_token, bench.accounts)
        found.posts.append(_posts(bench, emulator, refresh_token))
        rate, memory = _due(bench, in_store(base, store))
        found.due.append(rate)
        found.memory.append(memory)
        done = sum(emulator.control("GET", "/counts")["refresh_tokens"].values())
    wanted = 2 * bench.accounts
    # The few that showed what a refresh writes come on top.
    if done < wanted:
        raise Failed(f"{done} requests came, not {wanted}")
    hows = [("singly", found.writes), ("together", found.together)]
    # By turns: none is always first.
    for how, rates in hows if len(found.due) % 2 else reversed(hows):
        records = folder / how
        records.mkdir()
        words: Command = [
            BUILT / "writes",
            how,
            records,
            *lengths.lengths,
            str(bench.accounts),
            str(PARALLEL),
        ]
        with bench.pinning.clients():
            rates.append(float(succeed(words, limit=LIMIT)))
        shutil.rmtree(records)
    shutil.rmtree(folder)


def _lengths(base: Environment, folder: Path, refresh_token: str) -> Written:
    """What such a refresh writes: of an account that has one token, as all of them."""
    env = in_store(base, folder / "one")
    fill(env, document(refresh_token))
    return written(env)


def _store(base: Environment, folder: Path, refresh_token: str, accounts: int) -> Path:
    """A store in which all accounts are due. It is filled in memory, which is quicker."""
    with in_memory() as memory:
        made = memory / "tokens"
        fill(in_store(base, made), document(refresh_token, expires_in=1), accounts)
        place = folder / "tokens"
        if file_system(folder) == "tmpfs":
            return Path(shutil.move(made, place))
        return copied(made, place)


def _posts(bench: Bench, emulator: Emulator, refresh_token: str) -> float:
    form = urlencode({"grant_type": "refresh_token", "refresh_token": refresh_token})
    port = urlsplit(emulator.base_url).port
    request = (
        f"POST {urlsplit(emulator.base_url).path}/oauth/token HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n"
        f"authorization: Basic {emulator.basic}\r\ncontent-type: application/x-www-form-urlencoded\r\n"
        f"content-length: {len(form)}\r\n\r\n{form}"
    )
    words: Command = [BUILT / "load", str(port), str(PARALLEL), str(bench.accounts)]
    with bench.pinning.clients():
        return float(run(words, given=request, limit=LIMIT).demand_success())


def _due(bench: Bench, env: Environment) -> tuple[float, float]:
    """Accounts a second, and MB."""
    words = [str(COMMAND), "refresh", "--due", "--parallel", str(PARALLEL)]
    with bench.pinning.clients():
        begin = time.perf_counter()
        process = os.posix_spawn(words[0], words, dict(env))
        _, status, used = os.wait4(process, 0)
        taken = time.perf_counter() - begin
    if status != 0:
        raise Failed(f"refresh --due ended with {os.waitstatus_to_exitcode(status)}")
    return bench.accounts / taken, used.ru_maxrss * 1024 / 1e6
