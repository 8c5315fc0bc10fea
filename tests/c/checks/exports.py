"""What the shared library shows the world, compared with its header."""

from __future__ import annotations

import re
from pathlib import Path

from harness.program import run, succeed
from harness.report import Report

from ..library import BUILD, STRICT, Library, optimised
from ..session import CSession
from ..statuses import NUMBERS

HIGHEST_GLIBC = (2, 34)
NEEDED = {"libc.so.6", "libgcc_s.so.1", "libm.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def check_exports(session: CSession) -> None:
    """the library shows its header and nothing else"""
    report, library = session.report, session.library
    header = (library.stage / "include" / "pinterest_oauth.h").read_text()
    code = re.sub(r"//.*", "", header)
    declared = set(re.findall(r"\b(pinterest_oauth_\w+)\s*\(", code))
    abi = "".join(re.findall(r"PINTEREST_OAUTH_ABI_VERSION (\d+)$", code, re.MULTILINE))
    for one in filter(None, (library, optimised(report))):
        _symbols(report, one, declared, abi)
    statuses = re.findall(r"PINTEREST_OAUTH_STATUS_(\w+)\s*=\s*(\d+)", code)
    differing = sorted(set(statuses) ^ {(name.upper(), str(number)) for name, number in NUMBERS.items()})
    report.verdict(
        "every status has the number of the documents", f"differ: {differing}" if differing else ""
    )
    _headers(report, library)


def _symbols(report: Report, library: Library, declared: set[str], abi: str) -> None:
    """Its symbols, what the loader is told, and the GLIBC it needs."""
    file = str(library.stage / "lib" / "libpinterest_oauth.so")
    symbols = succeed(["nm", "-D", "--defined-only", file]).splitlines()
    exported = {line.split()[-1].split("@")[0] for line in symbols}
    report.verdict(
        f"exactly the {len(declared)} functions of the header are exported",
        f"differ: {sorted(declared ^ exported)}" if declared != exported or len(declared) < 12 else "",
    )
    entries = succeed(["readelf", "-dW", file])
    soname = f"libpinterest_oauth.so.{abi}"
    report.verdict(f"the SONAME is {soname}", "" if f"soname: [{soname}]" in entries else "it is another")
    report.verdict(
        "the library is never unloaded", "" if re.search(r"FLAGS_1.*NODELETE", entries) else "no NODELETE"
    )
    needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", entries))
    report.say(f"needs {', '.join(sorted(needed))}")
    report.verdict(
        "only the system's C libraries are needed",
        f"also {sorted(needed - NEEDED)}" if needed - NEEDED else "",
    )
    wanted = re.findall(r"GLIBC_(\d+)\.(\d+)", succeed(["readelf", "-VW", file]))
    highest = max((int(major), int(minor)) for major, minor in wanted)
    report.say(f"highest GLIBC version {highest[0]}.{highest[1]}")
    report.verdict("GLIBC 2.34 is new enough", "" if highest <= HIGHEST_GLIBC else "it is not")


def _headers(report: Report, library: Library) -> None:
    """The header alone, in every language that reads it."""
    cflags = library.pkg_config("--cflags")
    alone = BUILD / "header-alone"
    alone.write_text("#include <pinterest_oauth.h>\n#include <pinterest_oauth.h>\n")
    for standard in ("c99", "c11", "c17", "c++11", "c++17", "c++20"):
        compiler, language = ("g++", "c++") if "+" in standard else ("gcc", "c")
        command: list[str | Path] = [
            compiler,
            "-x",
            language,
            f"-std={standard}",
            *STRICT,
            *cflags,
            "-fsyntax-only",
            alone,
        ]
        ended = run(command)
        report.verdict(f"the header alone is good {standard}", ended.said if ended.code else "")
