"""Tables 1 and 2: one thread, one call after the other over one kept-alive connection."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .bench import Bench, in_turn
from .figures import percentile, ratios, spread
from .places import BUILT, PROGRAMS, PYTHON
from .programs import Beside
from .table import Aim, Table

C_AIM, PYTHON_AIM = 1.15, 1.4
SLICE = 100
REFERENCE = "C libcurl"
C_NAMES = {"C ours": "ours", REFERENCE: "libcurl", "C raw socket": "raw"}
PYTHON_NAMES = {
    "Python ours": "ours",
    "Python raw socket": "raw",
    "Python http.client": "http.client",
    "Python httpx": "httpx",
    "Python requests": "requests",
}
COMMANDS: dict[str, list[str | Path]] = {
    **{name: [BUILT / "client", what] for name, what in C_NAMES.items()},
    **{name: [PYTHON, PROGRAMS / "client.py", what] for name, what in PYTHON_NAMES.items()},
}


@dataclass
class Figures:
    """One contestant's, in µs, a value each round."""

    p50: list[float] = field(default_factory=list)
    p90: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def tables(bench: Bench) -> list[Table]:
    """Both, from the same rounds: Python's aim is against C's libcurl."""
    figures = {name: Figures() for name in COMMANDS}
    with ExitStack() as running:
        port = running.enter_context(bench.server())
        clients = {
            name: running.enter_context(closing(bench.client([*command, port])))
            for name, command in COMMANDS.items()
        }
        for number in range(bench.rounds):
            bench.say(f"one thread, round {number + 1} of {bench.rounds}")
            _round(clients, bench.calls, figures)
    rounds = [
        "One call in µs: p50 and p90 until the answer is there, CPU what it costs the client's side.",
        f"Medians of {bench.rounds} rounds of {bench.calls} calls; all take turns every {SLICE} calls.",
    ]
    python = [
        "http.client is made to send headers and body in one write, with TCP_NODELAY, over one connection.",
        "All but the raw socket and libcurl read the token out of the JSON.",
    ]
    return [
        _table("1. C, one thread", list(C_NAMES), figures, C_AIM, rounds),
        _table("2. Python, one thread", [*PYTHON_NAMES, REFERENCE], figures, PYTHON_AIM, python),
    ]


def _round(clients: Mapping[str, Beside], calls: int, figures: Mapping[str, Figures]) -> None:
    """`calls` calls of each, in slices, so that what disturbs one disturbs all."""
    times: dict[str, list[int]] = {name: [] for name in clients}
    cpu = dict.fromkeys(clients, 0)
    turns = max(1, calls // SLICE)
    for _, name in in_turn(list(clients), turns):
        spent, *each = json.loads(clients[name].ask(str(calls // turns)))
        times[name] += each
        cpu[name] += spent
    for name, found in figures.items():
        found.p50.append(percentile(times[name], 50) / 1000)
        found.p90.append(percentile(times[name], 90) / 1000)
        found.cpu.append(cpu[name] / len(times[name]) / 1000)


def _table(
    title: str, names: list[str], figures: Mapping[str, Figures], aim: float, notes: list[str]
) -> Table:
    ours = figures[names[0]]
    rows = []
    for name in names:
        found = figures[name]
        medians = [f"{spread(values).median:.1f}" for values in (found.p50, found.p90, found.cpu)]
        against = "" if found is ours else ratios(ours.p50, found.p50).shown()
        rows.append([name, *medians, against])
    reached = ratios(ours.p50, figures[REFERENCE].p50)
    return Table(
        title=title,
        head=["", "p50", "p90", "CPU", "p50: ours / it (range)"],
        rows=rows,
        aims=[Aim(f"{names[0]} / {REFERENCE} at most {aim:.2f}", reached.shown(), reached.median <= aim)],
        notes=notes,
        figures={name: asdict(figures[name]) for name in names},
    )
