"""The command line, and the order in which things are measured."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from harness.failure import Failed
from harness.places import TESTS
from harness.program import succeed

from . import (
    build,
    cached,
    due,
    fpm,
    machine,
    one_thread,
    opening,
    others,
    overlap,
    refresh,
    report,
    sizes,
    whole_process,
)
from .bench import Bench
from .languages import LANGUAGES
from .pinning import placements
from .places import BUILT, PYTHON
from .table import Table

PARTS: dict[str, Callable[[Bench], list[Table]]] = {
    "one-thread": one_thread.tables,
    "overlap": overlap.tables,
    "process": whole_process.tables,
    "size": lambda bench: [sizes.table(bench)],
    "cached": lambda bench: [cached.table(bench)],
    "refresh": lambda bench: [refresh.table(bench)],
    "due": lambda bench: [due.table(bench)],
    "open": lambda bench: [opening.table(bench)],
    "php-fpm": lambda bench: [fpm.table(bench)],
    "others": lambda bench: [others.table(bench)],
}
# What needs the wheel, which takes minutes to build: its emulator is optimised.
WITH_WHEEL = {"Python", "process", "size", "cached", "others"}
# What needs the command or the program in Rust.
WITH_RUST = {"cached", "refresh", "due", "open", "php-fpm", "others"}
# What is the same whatever languages are measured.
WITHOUT_LANGUAGES = {"refresh", "due", "open", "php-fpm", "others"}


def main(arguments: list[str] | None = None) -> int:
    """0 when everything was measured, whatever came out; 1 when something could not be."""
    chosen = _options(arguments)
    try:
        return _measure(chosen)
    except Failed as problem:
        print(problem, file=sys.stderr)
        return 1


def _measure(chosen: argparse.Namespace) -> int:
    languages = [LANGUAGES[name] for name in chosen.language or LANGUAGES]
    not_run = [f"{language.name}: not run ({language.not_run})" for language in languages if language.not_run]
    languages = [language for language in languages if not language.not_run]
    if not languages:
        raise Failed("\n".join(not_run))
    parts: list[str] = chosen.only or list(PARTS)
    if WITHOUT_LANGUAGES.issuperset(parts):
        languages, not_run = [], []
    warnings = build.c_programs()
    if WITH_RUST.intersection(parts):
        build.rust()
    if WITH_WHEEL & {*parts, *(language.name for language in languages)}:
        warnings += build.python(rebuild=chosen.rebuild)
    for language in languages:
        warnings += language.prepare()
    bench = Bench(
        languages=languages,
        placements=placements(wanted=not chosen.no_pin),
        rounds=chosen.rounds or (2 if chosen.quick else 5),
        calls=chosen.calls or (500 if chosen.quick else 2000),
        overlapping_share=0.25 if chosen.quick else 1,
        processes=5 if chosen.quick else 30,
        accounts=chosen.accounts or (200 if chosen.quick else 2000),
        say=_progress,
    )
    facts = {
        **machine.facts(languages),
        "cores": "; ".join(pinning.said for pinning in bench.placements),
        "single calls": f"{bench.rounds} rounds of {bench.calls} calls",
    }
    warnings += machine.busy("start")
    if chosen.quick:
        warnings.append("few calls: --quick shows that it works, not how fast it is")
    tables: list[Table] = []
    for part in parts:
        tables += PARTS[part](bench)
    _progress("")
    for name, value in facts.items():
        print(f"{name}: {value}")
    for table in tables:
        print(f"\n{report.text(table)}")
    print("\nAims")
    for table in tables:
        for aim in table.aims:
            print(f"  {aim.sentence()}")
    for line in not_run:
        print(line)
    for warning in warnings:
        print(f"caution: {warning}")
    report.write(BUILT, facts, [*not_run, *warnings], tables)
    print(f"written: {BUILT / 'result.md'}, result.json and {_drawn(parts)}")
    return 0


def _drawn(parts: list[str]) -> str:
    """Draws the picture, where there is what it shows and what draws it."""
    if "one-thread" not in parts or not PYTHON.is_file():
        return "no picture: it shows one call after the other, and is drawn by target/bench-venv"
    succeed([PYTHON, TESTS / "bench" / "draw.py"])
    return "result.svg"


def _progress(text: str) -> None:
    """One line that is overwritten, for people only."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Measures speed and size beside what others offer. Needs the optimised library "
        "(cargo build --release -p pinterest-oauth-ffi), a C compiler and libcurl's headers.",
        epilog="The exit status says whether everything could be measured, never how fast it was.",
    )
    add = parser.add_argument
    add("--quick", action="store_true", help="few calls: to see that it works, not to judge by")
    add("--rounds", type=_number, metavar="N", help="5 unless told")
    add("--calls", type=_number, metavar="N", help="calls a round on one thread: 2000 unless told")
    add("--accounts", type=_number, metavar="N", help="of the part due: 2000 unless told")
    add("--only", action="append", choices=list(PARTS), help="one part; repeatable")
    add("--language", action="append", choices=list(LANGUAGES), help="one language; repeatable")
    add("--no-pin", action="store_true", help="let the system choose the cores")
    add("--rebuild", action="store_true", help="make target/bench-venv and its wheel anew")
    return parser.parse_args(arguments)
