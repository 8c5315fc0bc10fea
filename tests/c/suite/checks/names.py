"""Host names: deadlines cover their look-up, and so may forks."""

from __future__ import annotations

from ..bench import Bench


def check(bench: Bench) -> None:
    """A look-up that hangs, by a getaddrinfo of the program's own."""
    program = bench.compiler.program("names")
    with bench.emulator() as emulator:
        settings = bench.settings(emulator)
        settings["NAMED_URL"] = settings["BASE_URL"].replace("127.0.0.1", "localhost")
        bench.run("names.c", [program], settings)
