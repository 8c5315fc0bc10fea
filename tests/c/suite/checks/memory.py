"""Memory that is lost: by valgrind on every path once, and by the size of a process after many calls."""

from __future__ import annotations

import re
from pathlib import Path

from ..bench import Bench
from ..optimised import optimised
from ..places import BUILD
from ..programs import Run, execute

CALLS = 20_000
CALLS_TO_PROVE = 4_000
# Bytes a call, over the second half of a run. A forgotten error document is more than twice that.
BOUND = 200.0
LIMIT = 1500
LOST = re.compile(r"definitely lost: ([\d,]+) bytes")


def valgrind(bench: Bench) -> None:
    """`memory.c` under valgrind, then with a deliberate leak that it must find.

    The values that cryptographic code in assembler computes look undefined to valgrind, so over TLS it
    judges memory alone.
    """
    program = bench.compiler.program("memory", parts=["outcomes"])
    with bench.emulator() as emulator:
        settings = bench.settings(emulator)
        for part, options in (("plain", []), ("tls", ["--undef-value-errors=no"])):
            command, log = under_valgrind(program, part, options)
            run = bench.run(f"memory.c {part} under valgrind", command, settings, LIMIT)
            text = log.read_text()
            lost = LOST.search(text)
            clean = (
                run.code == 0 and (lost is None or lost.group(1) == "0") and "ERROR SUMMARY: 0 errors" in text
            )
            bench.report.verdict(
                f"valgrind finds no error and nothing definitely lost: {part}", "" if clean else f"see {log}"
            )
        command, _ = under_valgrind(program, "forget", [])
        bitten = execute("memory.c forget", command, settings, bench.printed, LIMIT)
        bench.report.verdict(
            "a document that is not freed is found by valgrind",
            "" if bitten.code == 9 and not bitten.odd else f"it ended with code {bitten.code}",
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


def leak(bench: Bench) -> None:
    """`leak.c` for 20,000 calls, then a shorter run that forgets documents and must be noticed."""
    compiler = optimised(bench.report) or bench.compiler
    program = compiler.program("leak", parts=["outcomes"])
    with bench.emulator() as emulator:
        settings = bench.settings(emulator, compiler)
        run = bench.run("leak.c", [program, str(CALLS)], settings, LIMIT)
        growth = slope(run)
        bench.report.say(f"{growth:.1f} bytes a call over the second half; at the end {size(run)} KiB")
        bench.report.verdict(
            f"a process does not grow over {CALLS} calls",
            "" if growth < BOUND else f"{growth:.0f} bytes a call",
        )
        name = "leak.c forget"
        bitten = execute(name, [str(program), str(CALLS_TO_PROVE), "forget"], settings, bench.printed, LIMIT)
        growth = slope(bitten)
        bench.report.verdict(
            "documents that are not freed are noticed",
            "" if growth > BOUND else f"only {growth:.0f} bytes a call",
        )


def samples(run: Run) -> list[tuple[int, int]]:
    """Calls made and bytes resident, in order."""
    found = []
    for said in run.said:
        words = said.split()
        if words[0] == "size":
            found.append((int(words[1]), int(words[2])))
    return found


def size(run: Run) -> int:
    """The last size, in KiB."""
    return samples(run)[-1][1] // 1024 if samples(run) else 0


def slope(run: Run) -> float:
    """Bytes a call over the second half of the run, by least squares; infinite without enough samples."""
    found = samples(run)
    half = found[len(found) // 2 :]
    if len(half) < 5:
        return float("inf")
    mean_x = sum(calls for calls, _ in half) / len(half)
    mean_y = sum(resident for _, resident in half) / len(half)
    over = sum((calls - mean_x) * (resident - mean_y) for calls, resident in half)
    return over / sum((calls - mean_x) ** 2 for calls, _ in half)
