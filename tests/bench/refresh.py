"""What a refresh costs that is kept: the bare call, and what must be written so that no token is lost."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

from harness.program import Command

from .bench import Bench, Environment, in_turn
from .figures import Spread, percentile, ratios, spread
from .places import BUILT, RUST
from .stores import Written, document, fill, in_store, places, written
from .table import Aim, Table

FSYNCS = 4
AIM = 1.1
SLICE = 20
KEPT, CALL, WRITES, TOGETHER = "refresh", "bare call", "writes and fsyncs in C", "the same, as ours"


def table(bench: Bench) -> Table:
    """Microseconds of each; all in turn."""
    rows, aims, figures = [], [], {}
    with bench.server() as env, places() as folders:
        for name, folder in folders.items():
            stored = in_store(env, folder / "tokens")
            fill(stored, document())
            lengths = written(stored)
            times = _times(bench, name, stored, folder, lengths)
            ratio, strict = _ratio(times, WRITES), _ratio(times, TOGETHER)
            medians = (f"{spread(each).median:.0f}" for each in times.values())
            rows.append([name, *medians, ratio.shown(), strict.shown()])
            aims.append(
                Aim(
                    f"a refresh on {name}: {FSYNCS} fsync",
                    f"{lengths.fsyncs:g} (strace)",
                    lengths.fsyncs == FSYNCS,
                )
            )
            wanted = f"a refresh on {name} at most {AIM:g} × (bare call + writes)"
            aims.append(Aim(wanted, ratio.shown(), ratio.median <= AIM))
            aims.append(Aim(f"{wanted}, these as ours", strict.shown(), strict.median <= AIM))
            figures[name] = {"microseconds": times, "written": lengths.__dict__}
    return Table(
        title="A refresh that is kept, µs",
        head=["", KEPT, CALL, WRITES, TOGETHER, "refresh / call and writes (range)", "/ call and ours in C"],
        rows=rows,
        aims=aims,
        notes=[
            f"Medians of {bench.rounds} rounds; all take turns every {SLICE} calls. In Rust, over one kept-alive connection;",
            "the C program writes as many bytes into as many files, makes them durable, locks and renames, without a call. It",
            "makes each file durable when it is written; `as ours`: room and intent together, the answer without its length.",
        ],
        figures=figures,
    )


def _times(
    bench: Bench, name: str, env: Environment, folder: Path, lengths: Written
) -> dict[str, list[float]]:
    """p50 of each, round by round."""
    records = folder / "records"
    records.mkdir()
    commands: dict[str, Command] = {
        KEPT: [RUST, "refresh"],
        CALL: [RUST, "call"],
        WRITES: [BUILT / "writes", "singly", records, *lengths.lengths],
        TOGETHER: [BUILT / "writes", "together", records, *lengths.lengths],
    }
    p50: dict[str, list[float]] = {what: [] for what in commands}
    with ExitStack() as running:
        clients = {what: running.enter_context(bench.client(words, env)) for what, words in commands.items()}
        for client in clients.values():
            client.ask(str(SLICE))  # now it is warm
        for number in range(bench.rounds):
            bench.say(f"a refresh on {name}, round {number + 1} of {bench.rounds}")
            taken: dict[str, list[int]] = {what: [] for what in commands}
            for _, what in in_turn(list(commands), max(1, bench.calls // SLICE // 10)):
                taken[what] += json.loads(clients[what].ask(str(SLICE)))[1:]
            for what, times in taken.items():
                p50[what].append(percentile(times, 50) / 1000)
    return p50


def _ratio(times: dict[str, list[float]], writes: str) -> Spread:
    both = [call + disk for call, disk in zip(times[CALL], times[writes])]
    return ratios(times[KEPT], both)
