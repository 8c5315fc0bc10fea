"""What an installation weighs, and how long an import takes."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

from harness.program import run, succeed

from .bench import Bench
from .build import wheel
from .places import PYTHON, RELEASE, STAGE
from .table import Aim, Table

AIM_MB = 3.0
MODULES = ("pinterest_oauth", "http.client", "httpx", "requests")


def table(bench: Bench) -> Table:
    """Sizes in MB of 1,000,000 bytes, imports in ms."""
    library = (STAGE / "lib" / "libpinterest_oauth.so").resolve()
    module = succeed([PYTHON, "-c", "import pinterest_oauth._native as it; print(it.__file__)"]).strip()
    sizes = {
        "shared library, stripped": library.stat().st_size,
        "static library": (STAGE / "lib" / "libpinterest_oauth.a").stat().st_size,
        "wheel": wheel().stat().st_size,
        "the wheel's module, installed": Path(module).stat().st_size,
    }
    if any(language.name == "Node" for language in bench.languages):
        sizes["npm package's native half"] = (RELEASE / "libpinterest_oauth_node.so").stat().st_size
    imports: dict[str, list[float]] = {name: [] for name in MODULES}
    for _ in range(bench.rounds):
        for name in MODULES:
            imports[name].append(_import_ms(bench, name))
    rows = [[what, f"{size / 1e6:.2f} MB", f"{size:,} bytes"] for what, size in sizes.items()]
    rows += [[f"import {name}", f"{statistics.median(times):.1f} ms", ""] for name, times in imports.items()]
    megabytes = sizes["shared library, stripped"] / 1e6
    return Table(
        title="Size, and time to import",
        head=["", "", ""],
        rows=rows,
        aims=[Aim(f"library at most {AIM_MB:g} MB", f"{megabytes:.2f} MB", megabytes <= AIM_MB)],
        notes=["The wheel holds the command and the emulator too. Imports are as -X importtime counts them."],
        figures={"bytes": sizes, "import_ms": imports},
    )


def _import_ms(bench: Bench, name: str) -> float:
    with bench.pinning.clients():
        ended = run([PYTHON, "-X", "importtime", "-c", f"import {name}"])
    ended.demand_success()
    found = re.findall(rf"\|\s+(\d+) \| {re.escape(name)}$", ended.errors, re.MULTILINE)
    return int(found[-1]) / 1000
