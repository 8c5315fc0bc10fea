"""Many calls at once against a server that takes 20 ms. Ideally no call waits for another."""

from __future__ import annotations

from .bench import Bench, in_turn
from .figures import ratios, spread
from .language import Language, Overlap
from .table import Aim, Table

DELAY_MS = 20


def tables(bench: Bench) -> list[Table]:
    """One for each language in which calls may overlap."""
    return [_table(bench, language, language.overlap) for language in bench.languages if language.overlap]


def _table(bench: Bench, language: Language, overlap: Overlap) -> Table:
    """Calls a second, of all together."""
    title = f"{language.name}: {overlap.at_once} {overlap.by}, the server takes {DELAY_MS} ms"
    calls, ideal = max(1, round(overlap.calls * bench.overlapping_share)), overlap.at_once * 1000 / DELAY_MS
    reached: dict[str, list[float]] = {name: [] for name in overlap.programs}
    with bench.server(delay_us=DELAY_MS * 1000) as env:
        for number, name in in_turn(list(overlap.programs), bench.rounds):
            bench.say(f"{title}, round {number + 1} of {bench.rounds}: {name}")
            times = 1 if name in overlap.slow else calls
            command = [*overlap.programs[name], "several", str(times), str(overlap.at_once)]
            reached[name].append(float(bench.result(command, env)))
    slow = "".join(f", {name} of one" for name in overlap.slow)
    rows, aims = [], []
    ours = next(iter(reached))
    for name, rates in reached.items():
        percent = spread([rate / ideal * 100 for rate in rates])
        against = "" if name == ours else ratios(reached[ours], rates).shown()
        rows.append([language.full(name), f"{spread(rates).median:.1f}", percent.shown(1), against])
        if name == ours and overlap.aim_percent:
            wanted = f"{language.full(name)}, {overlap.at_once} {overlap.by}, at least {overlap.aim_percent} % of the ideal"
            aims.append(Aim(wanted, f"{percent.median:.1f} %", percent.median >= overlap.aim_percent))
    return Table(
        title=title,
        head=["", "calls/s", "% of ideal (range)", "ours / it (range)"],
        rows=rows,
        aims=aims,
        notes=[
            f"The ideal is {ideal:g} calls/s; {bench.rounds} rounds of {calls} calls each{slow}. Ours is one client."
        ],
        figures={language.full(name): {"calls_per_second": rates} for name, rates in reached.items()},
    )
