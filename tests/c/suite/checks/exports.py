"""What the shared library shows the world, compared with its header."""

from __future__ import annotations

import re

from support.report import Report

from ..bench import Bench
from ..compiler import STRICT, Compiler, ToolFailed, tool
from ..optimised import optimised
from ..places import BUILD
from ..statuses import NAMES

HIGHEST_GLIBC = (2, 34)
NEEDED = {"libc.so.6", "libgcc_s.so.1", "libm.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def check(bench: Bench) -> None:
    """The library under test and, if it is built, the optimised one; then the header."""
    header = (bench.compiler.stage / "include" / "pinterest_oauth.h").read_text()
    code = re.sub(r"//.*", "", header)
    declared = set(re.findall(r"\b(pinterest_oauth_\w+)\s*\(", code))
    library(bench.report, bench.compiler, declared)
    release = optimised(bench.report)
    if release is not None:
        library(bench.report, release, declared)
    statuses = re.findall(r"PINTEREST_OAUTH_STATUS_(\w+)\s*=\s*(\d+)", code)
    expected = {(name.upper(), str(number)) for number, name in enumerate(NAMES)}
    differing = sorted(set(statuses) ^ expected)
    bench.report.verdict(
        "every status has the number of the documents", f"differ: {differing}" if differing else ""
    )
    headers(bench)


def library(report: Report, compiler: Compiler, declared: set[str]) -> None:
    """Its symbols, what the loader is told, and the GLIBC it needs."""
    file = str(compiler.stage / "lib" / "libpinterest_oauth.so")
    symbols = tool("nm", "-D", "--defined-only", file).splitlines()
    exported = {line.split()[-1].split("@")[0] for line in symbols}
    report.verdict(
        f"exactly the {len(declared)} functions of the header are exported",
        f"differ: {sorted(declared ^ exported)}" if declared != exported or len(declared) < 12 else "",
    )
    entries = tool("readelf", "-dW", file)
    version = compiler.pkg_config("--modversion")[0]
    soname = f"libpinterest_oauth.so.{version.split('.')[0]}"
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
    wanted = re.findall(r"GLIBC_(\d+)\.(\d+)", tool("readelf", "-VW", file))
    highest = max((int(major), int(minor)) for major, minor in wanted)
    report.say(f"highest GLIBC version {highest[0]}.{highest[1]}")
    report.verdict("GLIBC 2.34 is new enough", "" if highest <= HIGHEST_GLIBC else "it is not")


def headers(bench: Bench) -> None:
    """The header alone, in every language that reads it."""
    cflags = bench.compiler.pkg_config("--cflags")
    BUILD.mkdir(parents=True, exist_ok=True)
    alone = BUILD / "header-alone"
    alone.write_text("#include <pinterest_oauth.h>\n#include <pinterest_oauth.h>\n")
    for language, standard in (
        ("c", "c99"),
        ("c", "c11"),
        ("c", "c17"),
        ("c++", "c++11"),
        ("c++", "c++17"),
        ("c++", "c++20"),
    ):
        compiler = "gcc" if language == "c" else "g++"
        problem = ""
        try:
            tool(compiler, "-x", language, f"-std={standard}", *STRICT, *cflags, "-fsyntax-only", str(alone))
        except ToolFailed as failed:
            problem = str(failed)
        report = bench.report
        report.verdict(f"the header alone is good {standard}", problem)
