"""Every scenario of `fork.c` over each way to the server."""

from __future__ import annotations

from ..record import answered_once, shared_connections
from ..session import CSession

SCENARIOS = ("at-once", "in-flight", "nested", "freed", "storm")


def check_fork(session: CSession) -> None:
    """before, at and after a fork every answer belongs to its asker"""
    program = session.library.program("fork", parts=["lineage"])
    with session.emulator() as emulator:
        settings = session.settings(emulator)
        plain = settings["BASE_URL"]
        ways = {
            "http to 127.0.0.1": plain,
            "http to localhost": plain.replace("127.0.0.1", "localhost"),
            "https": settings["HTTPS_URL"],
        }
        for way, base_url in ways.items():
            for scenario in SCENARIOS:
                what = f"fork.c {scenario} over {way}"
                emulator.reset()
                emulator.forget_requests()
                run = session.run(what, [program, scenario], {**settings, "BASE_URL": base_url})
                record, verdict = emulator.record(), session.report.verdict
                verdict(
                    f"{what}: every request was answered and none was sent twice", answered_once(record, run)
                )
                verdict(f"{what}: no two processes shared a connection", shared_connections(record))
