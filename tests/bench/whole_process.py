"""A process that starts, makes one call and ends; what that costs over one that does nothing."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from harness.emulator import Emulator
from harness.failure import Failed
from harness.program import Command, succeed

from .authorities import system_with
from .bench import Bench, Environment, calling, in_turn
from .figures import differences, percentile
from .language import Commands, Language
from .places import PYTHON
from .table import Aim, Table

# Optimised, other than the one of the tests.
EMULATOR: Command = [PYTHON, "-m", "pinterest_oauth", "emulator"]
HTTP, OWN, SYSTEM = "http", "https, one authority", "https, the system's"
Times = dict[str, list[float]]


def tables(bench: Bench) -> list[Table]:
    """Over http, and over https with two ways to trust: a table for each language."""
    taken: dict[str, dict[str, Times]] = {language.name: {} for language in bench.languages}

    def measure(how: str, env: Environment) -> None:
        for language in bench.languages:
            bench.say(f"whole processes, {how}: {language.name}")
            taken[language.name][how] = _times(bench, language.once, env)

    with bench.server() as env:
        measure(HTTP, env)
    with bench.pinning.servers():
        started = Emulator(EMULATOR)
    with started as emulator, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        authority = emulator.facts["ca_file"]
        system, number = system_with(Path(authority), Path(folder) / "authorities.pem")
        # Node has a list of its own, to which it adds this one.
        env = calling(
            emulator.facts["https_base_url"],
            emulator.app_id,
            emulator.app_secret,
            NODE_EXTRA_CA_CERTS=authority,
        )
        measure(OWN, {**env, "BENCH_CA_FILE": authority, "SSL_CERT_FILE": authority})
        measure(SYSTEM, {**env, **system})
    return [_table(bench, language, taken[language.name], number) for language in bench.languages]


def _times(bench: Bench, programs: Commands, env: Environment) -> Times:
    taken: Times = {name: [] for name in programs}
    for command in programs.values():
        _time(bench, command, env)  # the first run writes compiled modules and fills caches
    for _, name in in_turn(list(programs), bench.processes):
        taken[name].append(_time(bench, programs[name], env))
    return taken


def _table(bench: Bench, language: Language, taken: Mapping[str, Times], number: int) -> Table:
    bare, *others = language.once
    costs = {
        how: {name: percentile(differences(times[name], times[bare]), 50) for name in others}
        for how, times in taken.items()
    }
    rows = [[bare, *(f"{percentile(times[bare], 50):.2f}" for times in taken.values())]]
    rows += [[name, *(f"+ {cost[name]:.2f}" for cost in costs.values())] for name in others]
    return Table(
        title=f"{language.name}: one call in a whole process",
        head=["ms, p50", *taken],
        rows=rows,
        aims=_aims(language, bare, costs),
        notes=[
            f"{bench.processes} processes of each, in turn; from start to end, by fork and exec. + is over the",
            f"{bare}. The system's are {number} authorities.",
        ],
        figures={
            how: {language.full(name): ms for name, ms in times.items()} for how, times in taken.items()
        },
    )


def _aims(language: Language, bare: str, costs: Mapping[str, Mapping[str, float]]) -> list[Aim]:
    ours, aims = language.full("ours"), []
    if language.cost_ms is not None:
        cost = costs[HTTP]["ours"]
        wanted = f"{ours} at most {language.cost_ms:g} ms over the {bare}"
        aims.append(Aim(wanted, f"{cost:.2f} ms", cost <= language.cost_ms))
    for name in language.no_dearer_than:
        for how, each in costs.items():
            wanted = f"{ours} over the {bare} at most what {name} is, {how}"
            reached = f"{each['ours']:.2f} of {each[name]:.2f} ms"
            aims.append(Aim(wanted, reached, each["ours"] <= each[name]))
    return aims


def _time(bench: Bench, command: Command, env: Environment) -> float:
    """Milliseconds from start to end."""
    words = [*map(str, command), "once"]
    with bench.pinning.clients():
        before = time.perf_counter()
        process = os.posix_spawnp(words[0], words, dict(env))
        _, status = os.waitpid(process, 0)
        taken = (time.perf_counter() - before) * 1000
    if status != 0:
        # Once more, to hear what it says.
        succeed(words, env=env)
        raise Failed(f"{words[0]} {words[-2]} fails now and then")
    return taken
