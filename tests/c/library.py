"""An installed library, and programs from C sources that use it as it is installed: through pkg-config."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harness.environment import clean
from harness.failure import demand
from harness.places import ROOT, TARGET, TESTS
from harness.program import succeed
from harness.report import Report

SOURCES = TESTS / "c" / "src"
BUILD = TARGET / "tests-c"
INSTALL = ROOT / "ffi-c" / "install.sh"
STRICT = ("-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror")
SHARED_PARTS = ("report", "client", "emulator", "json")


class Library:
    """A library in a folder; `label` keeps its programs apart from those of others."""

    def __init__(self, stage: Path, label: str = "") -> None:
        demand((stage / "lib" / "pkgconfig").is_dir(), f"no library in {stage}: run `make stage` first")
        self.stage = stage
        self._label = label
        BUILD.mkdir(parents=True, exist_ok=True)

    def pkg_config(self, *options: str) -> list[str]:
        """What pkg-config says about it."""
        path = str(self.stage / "lib" / "pkgconfig")
        return succeed(["pkg-config", *options, "pinterest_oauth"], env=clean(PKG_CONFIG_LIBDIR=path)).split()

    def program(
        self, name: str, *, cpp: bool = False, static: bool = False, parts: Sequence[str] = ()
    ) -> Path:
        """Compiles `src/NAME.c` with what the programs share; a C++ program has its main file in C++17."""
        cflags = [*STRICT, "-pthread", *self.pkg_config("--cflags")]
        libraries = self.pkg_config("--libs")
        if static:
            archive = str(self.stage / "lib" / "libpinterest_oauth.a")
            libraries = self.pkg_config("--static", "--libs")
            libraries = [archive if item == "-lpinterest_oauth" else item for item in libraries]
        folder = BUILD / f"{self._label}{'cpp' if cpp else 'c'}-{'static' if static else 'shared'}"
        folder.mkdir(exist_ok=True)
        objects = []
        for part in (*SHARED_PARTS, *parts):
            objects.append(folder / f"{part}.o")
            succeed(["gcc", "-std=c11", *cflags, "-c", SOURCES / f"{part}.c", "-o", objects[-1]])
        compiler = ["g++", "-std=c++17", "-x", "c++"] if cpp else ["gcc", "-std=c11", "-x", "c"]
        source, made = SOURCES / f"{name}.c", folder / name
        succeed([*compiler, *cflags, source, "-x", "none", *objects, "-o", made, *libraries])
        return made


def installed(built: Path, stage: Path, label: str) -> Library:
    """What cargo built in a folder, installed in another."""
    succeed([INSTALL, stage, built], folder=ROOT)
    return Library(stage, label)


def optimised(report: Report) -> Library | None:
    """The optimised library, installed apart, if it is built and no older than its sources."""
    library = TARGET / "release" / "libpinterest_oauth_ffi.so"
    sources = [path for folder in ("core", "ffi-c") for path in (ROOT / folder / "src").rglob("*.rs")]
    if not library.exists() or library.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        report.say("the optimised library is not there, or older than its sources: without it")
        return None
    report.say("with the optimised library")
    return installed(TARGET / "release", BUILD / "release-stage", "release-")
