"""The build that panics on purpose: nothing gets out, nothing is printed."""

from __future__ import annotations

from ..bench import Bench
from ..compiler import Compiler, tool
from ..places import ROOT, TARGET

BUILD_LIMIT = 1500


def check(bench: Bench) -> None:
    """Builds the library with its one panicking function, installs it apart, runs `panic.c`."""
    target = TARGET / "panic-test"
    build = ["cargo", "build", "-q", "-p", "pinterest-oauth-ffi", "--features", "panic-test"]
    tool(*build, "--target-dir", str(target), limit=BUILD_LIMIT, cwd=ROOT)
    stage = target / "stage"
    tool(str(ROOT / "ffi-c" / "install.sh"), str(stage), str(target / "debug"), cwd=ROOT)
    compiler = Compiler(stage, "panic-")
    program = compiler.program("panic")
    with bench.emulator() as emulator:
        bench.run("panic.c", [program], bench.settings(emulator, compiler))
