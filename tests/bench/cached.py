"""What a cached access token costs in each language, and that it costs no system call."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from harness.places import BINDINGS
from harness.program import Command, run

from .bench import Bench, calling
from .figures import spread
from .machine import clock
from .places import BUILT, NODE, PROGRAMS, PYTHON, RUST
from .stores import document, fill, in_store
from .table import Aim, Table

COUNT = 200_000
TRACED = 100_000
# What is allowed, in microseconds.
AIMS = {"Rust": 0.2, "C": 0.3, "Python": 0.5, "Perl": 1.0, "PHP": 1.0, "Node": 1.0}


# A runtime's own memory may cost a few now and then; one for every so many reads would be the read's.
ONE_IN = 1_000
# V8 collects garbage meanwhile, with threads: not of tokens, but of promises and texts. With enough memory it need not.
UNDISTURBED = {
    "Node": ["node", "--single-threaded", "--min-semi-space-size=256", "--max-semi-space-size=256"],
}


def table(bench: Bench) -> Table:
    """Nanoseconds each, of one handle, one call after the other."""
    programs: dict[str, Command] = {
        "Rust": [RUST, "cached"],
        "C": [BUILT / "cached"],
        "Python": [PYTHON, PROGRAMS / "cached.py"],
        "Perl": ["perl", f"-I{BINDINGS}/perl/lib", PROGRAMS / "cached.pl"],
        "PHP": ["php", PROGRAMS / "cached.php"],
        "Node": ["node", NODE / "cached.mjs"],
    }
    known = {"Rust", *(language.name for language in bench.languages)}
    rows: list[list[str]] = []
    aims: list[Aim] = []
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = calling("http://127.0.0.1:9/v5", "1234567", "0123456789abcdef0123456789abcdef")
        env = in_store(env, Path(folder)) | {"AUTOLOAD": str(BINDINGS / "php" / "autoload.php")}
        fill(env, document())
        for name, program in programs.items():
            if name not in known:
                continue
            results = [bench.result([*program, str(COUNT)], env) for _ in range(bench.rounds)]
            cached = spread([one["cached"] for one in results])
            look = spread([one["dictionary"] for one in results])
            call = spread([one["call"] for one in results])
            traced = [*UNDISTURBED.get(name, program[:1]), *program[1:]]
            calls = _system_calls([*traced, str(TRACED)], [*traced, "1"], env)
            rows.append([name, cached.shown(0), look.shown(0), call.shown(0), str(calls)])
            if name == "Node":
                now = spread([one["now"] for one in results])
                rows.append(["Node, accessTokenNow()", now.shown(0), "", "", ""])
            reached = f"{cached.median / 1000:.2f} µs, {calls} system calls for {TRACED:,}"
            good = cached.median <= AIMS[name] * 1000 and calls < TRACED / ONE_IN
            aims.append(Aim(f"{name} at most {AIMS[name]:g} µs, no system call", reached, good))
            figures[name] = results
    return Table(
        title="A cached access token, ns",
        head=[
            "",
            "access_token()",
            "a look into a dictionary",
            "a bare call",
            f"system calls, {TRACED:,} reads",
        ],
        rows=rows,
        aims=aims,
        notes=[
            (
                f"The clock of this machine is {clock()}: without one that is read in user space no cached read is free of "
                "system calls."
            ),
            (
                "Node's read is awaited, and both of its reads are counted, 100,000 each, with enough memory for V8 to collect no "
                "garbage meanwhile."
            ),
        ],
        figures=figures,
    )


def _system_calls(many: Command, one: Command, env: dict[str, str]) -> int:
    """How many system calls the reads cost, beyond a program that makes one."""
    counts = []
    for command in (many, one):
        ended = run(["strace", "-f", "-c", "-o", BUILT / "strace", *command], env=env)
        ended.demand_success()
        text = (BUILT / "strace").read_text(encoding="utf-8")
        total = re.findall(r"^\s*100\.00\s+\S+\s+\S*\s+(\d+)", text, re.MULTILINE)
        counts.append(int(total[-1]))
    return counts[0] - counts[1]
