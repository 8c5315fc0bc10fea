"""How long a program waits for a token manager whose store is there."""

from __future__ import annotations

from .bench import Bench
from .figures import percentile, spread
from .places import RUST
from .stores import document, fill, in_store, places
from .table import Aim, Table

AIM_MS = 1.0
AGAIN = 50


def table(bench: Bench) -> Table:
    """Milliseconds."""
    rows, aims, figures = [], [], {}
    with bench.server() as env, places() as folders:
        for name, folder in folders.items():
            stored = in_store(env, folder / "tokens")
            fill(stored, document())
            bench.say(f"opening a store on {name}")
            found = [bench.result([RUST, "open", str(AGAIN)], stored) for _ in range(bench.processes)]
            first = spread([each["first"] / 1e6 for each in found])
            again = spread([percentile(each["again"], 50) / 1e6 for each in found])
            rows.append([name, first.shown(3), again.shown(3)])
            wanted = f"TokenManager::new on {name} at most {AIM_MS:g} ms"
            aims.append(Aim(wanted, f"{first.median:.3f} ms", first.median <= AIM_MS))
            figures[name] = found
    return Table(
        title="Opening a store that is there, ms",
        head=["", "first in a process (range)", "with further settings (range)"],
        rows=rows,
        aims=aims,
        notes=[
            f"TokenManager::new in Rust, {bench.processes} processes; nothing is read of an account, nothing is sent."
        ],
        figures=figures,
    )
