"""Table 3: eight threads at once against a server that takes 20 ms. Ideally no call waits for another."""

from __future__ import annotations

from pathlib import Path

from .bench import Bench, in_turn
from .figures import spread
from .places import BUILT, PROGRAMS, PYTHON
from .table import Aim, Table

THREADS, DELAY_MS, AIM_PERCENT = 8, 20, 95
IDEAL = THREADS * 1000 / DELAY_MS
COMMANDS: dict[str, list[str | Path]] = {
    "C ours": [BUILT / "client", "ours"],
    "C libcurl, 8 handles": [BUILT / "client", "libcurl"],
    "Python ours": [PYTHON, PROGRAMS / "client.py", "ours"],
    "Python requests, 8 sessions": [PYTHON, PROGRAMS / "client.py", "requests"],
}


def table(bench: Bench) -> Table:
    """Calls a second, of all threads together."""
    reached: dict[str, list[float]] = {name: [] for name in COMMANDS}
    calls = str(bench.overlapping_calls)
    with bench.server(delay_us=DELAY_MS * 1000) as port:
        for number, name in in_turn(list(COMMANDS), bench.rounds):
            bench.say(f"{THREADS} threads, round {number + 1} of {bench.rounds}: {name}")
            reached[name].append(float(bench.result([*COMMANDS[name], port, calls, str(THREADS)])))
    rows, aims = [], []
    for name, rates in reached.items():
        percent = spread([rate / IDEAL * 100 for rate in rates])
        rows.append([name, f"{spread(rates).median:.1f}", percent.shown(1)])
        if name.endswith("ours"):
            wanted = f"{name}, {THREADS} threads, at least {AIM_PERCENT} % of the ideal"
            aims.append(Aim(wanted, f"{percent.median:.1f} %", percent.median >= AIM_PERCENT))
    rounds = f"{bench.rounds} rounds of {calls} calls a thread"
    return Table(
        title=f"3. {THREADS} threads, server takes {DELAY_MS} ms",
        head=["", "calls/s", "% of ideal (range)"],
        rows=rows,
        aims=aims,
        notes=[f"The ideal is {IDEAL:g} calls/s; {rounds}. Ours is one client for all threads."],
        figures={name: {"calls_per_second": rates} for name, rates in reached.items()},
    )
