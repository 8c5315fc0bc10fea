"""Programs that use the library as users do: all of it, wrongly, and from many threads."""

from __future__ import annotations

from ..bench import Bench
from ..wire import answered_once

# One for each thread and the few that a busy machine costs; a client that kept none would make 1,608.
CONNECTIONS = 40


def surface(bench: Bench) -> None:
    """Every exported function, compiled and linked in each way."""
    for cpp in (False, True):
        for static in (False, True):
            what = f"surface.c as {'C++17' if cpp else 'C11'}, {'static' if static else 'shared'}"
            program = bench.compiler.program("surface", cpp=cpp, static=static)
            with bench.emulator() as emulator:
                settings = bench.settings(emulator)
                if static:
                    # Proof that the archive is inside: there is no other library to find.
                    del settings["LD_LIBRARY_PATH"]
                bench.run(what, [program], settings)


def bad_input(bench: Bench) -> None:
    """NULL, empty, no UTF-8, over-long, NUL inside, wrong types, unknown keys, bad addresses."""
    program = bench.compiler.program("bad_input")
    with bench.emulator() as emulator:
        bench.run("bad_input.c", [program], bench.settings(emulator))


def threads(bench: Bench) -> None:
    """Eight threads on one client."""
    program = bench.compiler.program("threads", parts=["lineage"])
    for name, base in (("http", "BASE_URL"), ("https", "HTTPS_URL")):
        with bench.emulator() as emulator:
            settings = bench.settings(emulator)
            settings["BASE_URL"] = settings[base]
            run = bench.run(f"threads.c over {name}", [program], settings)
            record = emulator.control("GET", "/requests")
            bench.report.verdict(
                f"over {name} every request was answered and none was sent twice", answered_once(record, run)
            )
            connections = record["connections"]
            bench.report.say(f"{connections} connections for {len(record['requests'])} requests")
            bench.report.verdict(
                f"over {name} eight threads keep their connections",
                "" if connections <= CONNECTIONS else f"there were {connections}",
            )
