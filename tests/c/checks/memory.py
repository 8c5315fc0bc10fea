"""Memory that is lost: by valgrind on every path once, and by the size of a process after many calls."""

from __future__ import annotations

import re
from pathlib import Path

from ..library import BUILD, optimised
from ..programs import Run
from ..session import CSession

CALLS = 20_000
CALLS_TO_PROVE = 4_000
# Bytes a call, over the second half of a run. A forgotten error document is more than twice that.
BOUND = 200.0
LIMIT = 1500.0
LOST = re.compile(r"definitely lost: ([\d,]+) bytes")


def check_valgrind(session: CSession) -> None:
    """nothing is lost on any path

    `memory.c` under valgrind, then with a deliberate leak that it must find. The values that cryptographic code in
    assembler computes look undefined to valgrind, so over TLS it judges memory alone.
    """
    program = session.library.program("memory", parts=["outcomes"])
    with session.emulator() as emulator:
        settings = session.settings(emulator)
        for part, options in (("plain", []), ("tls", ["--undef-value-errors=no"])):
            command, log = under_valgrind(program, part, options)
            run = session.run(f"memory.c {part} under valgrind", command, settings, LIMIT)
            without_loss(session, run, log, part)
        command, _ = under_valgrind(program, "forget", [])
        bitten = session.execute("memory.c forget", command, settings, LIMIT)
        session.report.verdict(
            "a document that is not freed is found by valgrind",
            "" if bitten.code == 9 and not bitten.odd else f"it ended with code {bitten.code}",
        )


def without_loss(session: CSession, run: Run, log: Path, what: str) -> None:
    """Judges what valgrind wrote of a run."""
    text = log.read_text()
    lost = LOST.search(text)
    clean = run.code == 0 and (lost is None or lost.group(1) == "0") and "ERROR SUMMARY: 0 errors" in text
    session.report.verdict(
        f"valgrind finds no error and nothing definitely lost: {what}", "" if clean else f"see {log}"
    )


def under_valgrind(program: Path, part: str, options: list[str]) -> tuple[list[str], Path]:
    """The command, and where valgrind writes what it finds."""
    log = BUILD / f"valgrind-{part}.log"
    command = [
        "valgrind",
        "--leak-check=full",
        "--errors-for-leak-kinds=definite",
        "--error-exitcode=9",
        *options,
    ]
    return [*command, f"--log-file={log}", str(program), part], log


def check_leak(session: CSession) -> None:
    """20,000 calls leave the memory as it was

    Then a shorter run that forgets documents must be noticed.
    """
    library = optimised(session.report) or session.library
    program = library.program("leak", parts=["outcomes"])
    with session.emulator() as emulator:
        settings = session.settings(emulator, library)
        run = session.run("leak.c", [program, str(CALLS)], settings, LIMIT)
        growth = _slope(run)
        session.report.say(f"{growth:.1f} bytes a call over the second half; at the end {_size(run)} KiB")
        session.report.verdict(
            f"a process does not grow over {CALLS} calls",
            "" if growth < BOUND else f"{growth:.0f} bytes a call",
        )
        name = "leak.c forget"
        bitten = session.execute(name, [program, str(CALLS_TO_PROVE), "forget"], settings, LIMIT)
        growth = _slope(bitten)
        session.report.verdict(
            "documents that are not freed are noticed",
            "" if growth > BOUND else f"only {growth:.0f} bytes a call",
        )


def _samples(run: Run) -> list[tuple[int, int]]:
    """Calls made and bytes resident, in order."""
    found = []
    for said in run.said:
        words = said.split()
        if words[0] == "size":
            found.append((int(words[1]), int(words[2])))
    return found


def _size(run: Run) -> int:
    """The last size, in KiB."""
    return _samples(run)[-1][1] // 1024 if _samples(run) else 0


def _slope(run: Run) -> float:
    """Bytes a call over the second half of the run, by least squares; infinite without enough samples."""
    found = _samples(run)
    half = found[len(found) // 2 :]
    if len(half) < 5:
        return float("inf")
    mean_x = sum(calls for calls, _ in half) / len(half)
    mean_y = sum(resident for _, resident in half) / len(half)
    over = sum((calls - mean_x) * (resident - mean_y) for calls, resident in half)
    return over / sum((calls - mean_x) ** 2 for calls, _ in half)
