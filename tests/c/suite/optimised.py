"""The optimised library, installed apart from the one under test."""

from __future__ import annotations

from support.report import Report

from .compiler import Compiler, tool
from .places import BUILD, ROOT, TARGET


def optimised(report: Report) -> Compiler | None:
    """It, if it is built and no older than its sources."""
    library = TARGET / "release" / "libpinterest_oauth_ffi.so"
    sources = [path for folder in ("core", "ffi-c") for path in (ROOT / folder / "src").rglob("*.rs")]
    if not library.exists() or library.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        report.say("the optimised library is not there, or older than its sources: without it")
        return None
    stage = BUILD / "release-stage"
    tool(str(ROOT / "ffi-c" / "install.sh"), str(stage), str(TARGET / "release"), cwd=ROOT)
    report.say("with the optimised library")
    return Compiler(stage, "release-")
