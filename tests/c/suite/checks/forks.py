"""The fork suite: every scenario of `fork.c` over each way to the server."""

from __future__ import annotations

from ..bench import Bench
from ..wire import answered_once, shared_connections

SCENARIOS = ["at-once", "in-flight", "nested", "freed", "storm"]


def check(bench: Bench) -> None:
    """Runs them, and asks the record of the emulator who used which connection."""
    program = bench.compiler.program("fork", parts=["lineage"])
    with bench.emulator() as emulator:
        settings = bench.settings(emulator)
        plain = settings["BASE_URL"]
        ways = {
            "http to 127.0.0.1": plain,
            "http to localhost": plain.replace("127.0.0.1", "localhost"),
            "https": settings["HTTPS_URL"],
        }
        for way, base_url in ways.items():
            for scenario in SCENARIOS:
                what = f"fork.c {scenario} over {way}"
                emulator.control("POST", "/reset")
                emulator.control("DELETE", "/requests")
                run = bench.run(what, [program, scenario], {**settings, "BASE_URL": base_url})
                record = emulator.control("GET", "/requests")
                bench.report.verdict(
                    f"{what}: every request was answered and none was sent twice", answered_once(record, run)
                )
                bench.report.verdict(
                    f"{what}: no two processes shared a connection", shared_connections(record)
                )
