"""A call: one after the other over one kept-alive connection, a table for each language."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace

from harness.beside import Beside

from .bench import Bench, in_turn
from .figures import percentile, ratios, spread
from .language import Language
from .table import Aim, Table

SLICE = 100
NOTE = "One call in µs: p50 until the answer is there, CPU what it costs the client's side, ours / it of p50."


@dataclass
class Figures:
    """One contestant's, in µs, a value each round."""

    p50: list[float] = field(default_factory=list)
    p90: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


Placed = Mapping[str, Mapping[str, Figures]]
"""By where they ran, by full name."""


def tables(bench: Bench) -> list[Table]:
    """Wherever server and client may be: on two cores every call waits for one core to wake the other."""
    placed = {pinning.where: _measure(replace(bench, placements=[pinning])) for pinning in bench.placements}
    rounds = f"Medians of {bench.rounds} rounds of {bench.calls} calls; all take turns every {SLICE} calls."
    return [_table(language, placed, rounds) for language in bench.languages]


def _measure(bench: Bench) -> dict[str, Figures]:
    """All languages in the same rounds, so that they can be compared too."""
    commands = {lang.full(name): what for lang in bench.languages for name, what in lang.many.items()}
    slow = {lang.full(name) for lang in bench.languages for name in lang.slow}
    figures = {name: Figures() for name in commands}
    with ExitStack() as running:
        env = running.enter_context(bench.server())
        clients = {
            name: running.enter_context(bench.client([*command, "many"], env))
            for name, command in commands.items()
        }
        for client in clients.values():
            client.ask("1")  # now it is warm
        for number in range(bench.rounds):
            bench.say(
                f"one call after the other, {bench.pinning.where}, round {number + 1} of {bench.rounds}"
            )
            _round(clients, bench.calls, slow, figures)
    return figures


def _round(
    clients: Mapping[str, Beside], calls: int, slow: Collection[str], figures: Mapping[str, Figures]
) -> None:
    """`calls` calls of each, in slices, so that what disturbs one disturbs all."""
    times: dict[str, list[int]] = {name: [] for name in clients}
    cpu = dict.fromkeys(clients, 0)
    turns = max(1, calls // SLICE)
    for _, name in in_turn(list(clients), turns):
        spent, *each = json.loads(clients[name].ask(str(1 if name in slow else calls // turns)))
        times[name] += each
        cpu[name] += spent
    for name, found in figures.items():
        found.p50.append(percentile(times[name], 50) / 1000)
        found.p90.append(percentile(times[name], 90) / 1000)
        found.cpu.append(cpu[name] / len(times[name]) / 1000)


def _table(language: Language, placed: Placed, rounds: str) -> Table:
    measured = next(iter(placed.values()))
    limits = {name: limit for name, limit in language.at_most.items() if name in measured}
    names = [*(language.full(name) for name in language.many)]
    names += [name for name in limits if name not in names]
    head, rows, aims = [""], [[name] for name in names], []
    for where, figures in placed.items():
        ours = figures[names[0]]
        head += [f"{where}: p50", "CPU", "ours / it (range)"]
        for row, name in zip(rows, names):
            found = figures[name]
            against = "" if found is ours else ratios(ours.p50, found.p50).shown()
            row += [f"{spread(found.p50).median:.1f}", f"{spread(found.cpu).median:.1f}", against]
        for name, limit in limits.items():
            reached = ratios(ours.p50, figures[name].p50)
            wanted = f"{names[0]} / {name} at most {limit:.2f}, {where}"
            aims.append(Aim(wanted, reached.shown(), reached.median <= limit))
    return Table(
        title=f"{language.name}: one call after the other",
        head=head,
        rows=rows,
        aims=aims,
        notes=[NOTE, rounds, *language.notes],
        figures={where: {name: asdict(figures[name]) for name in names} for where, figures in placed.items()},
    )
