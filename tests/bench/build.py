"""Builds what is measured: the library as installed, the programs against it, a Python with our wheel."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from harness.environment import users
from harness.failure import Failed
from harness.places import BINDINGS, ROOT, TESTS
from harness.program import Command, succeed

from .places import BUILT, MODULE, NODE, PROGRAMS, PYTHON, RELEASE, STAGE, VENV

REQUIREMENTS = TESTS / "bench" / "requirements.txt"
PACKAGE = BINDINGS / "python"
FLAGS = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE", f"-I{STAGE}/include"]
OURS = [f"-L{STAGE}/lib", "-lpinterest_oauth", f"-Wl,-rpath,{STAGE}/lib"]
PROGRAM = {
    "server": ["server.c", "-pthread"],
    "client": ["client.c", *OURS, "-lcurl", "-pthread"],
    "once-bare": ["once.c"],
    "once-ours": ["once.c", "-DOURS", *OURS],
    "cached": ["cached.c", *OURS],
    "writes": ["writes.c", "-pthread"],
    "load": ["load.c", "-pthread"],
    "once-libcurl": ["once.c", "-DLIBCURL", "-lcurl"],
}
SOURCES = (ROOT / "core" / "src", ROOT / "Cargo.toml", ROOT / "Cargo.lock")
BUILD_LIMIT = 1800.0
NODE_OTHERS = ("undici@7.30.2", "koffi@3.3.4")
LIBCURL = "libcurl4-openssl-dev on Debian"
MAKE_LIBRARY = "cargo build --release -p pinterest-oauth-ffi"


def c_programs() -> list[str]:
    """Stages the library and compiles against it; gives what a reader must know of it."""
    library = RELEASE / "libpinterest_oauth_ffi.so"
    if not library.is_file():
        raise Failed(f"{library} is missing. Run: {MAKE_LIBRARY}")
    succeed([ROOT / "ffi-c" / "install.sh", STAGE, RELEASE])
    BUILT.mkdir(parents=True, exist_ok=True)
    compiler = os.environ.get("CC") or "cc"
    for name, words in PROGRAM.items():
        try:
            succeed([compiler, *FLAGS, "-o", BUILT / name, PROGRAMS / words[0], *words[1:]])
        except Failed as problem:
            if "curl" not in str(problem):
                raise
            raise Failed(f"{problem}\nInstall libcurl with its headers ({LIBCURL})") from None
    return _stale("the library", library, MAKE_LIBRARY, [*SOURCES, ROOT / "ffi-c" / "src"])


def python(*, rebuild: bool) -> list[str]:
    """Makes target/bench-venv if it is not there; gives what a reader must know of it."""
    stamp = VENV / "installed"
    wanted = REQUIREMENTS.read_text() + sys.version
    if rebuild or not stamp.is_file() or stamp.read_text() != wanted:
        print("building the wheel for target/bench-venv; this takes some minutes", flush=True)
        _install()
        stamp.write_text(wanted)
    return _stale("the wheel", wheel(), "tests/bench/run.py --rebuild", [*SOURCES, PACKAGE / "src"])


def node() -> list[str]:
    """Makes target/bench-node: our package with an optimised native half, and undici."""
    ours, source = NODE / "node_modules" / "pinterest-oauth", BINDINGS / "node"
    NODE.mkdir(exist_ok=True)
    for program in ("client.mjs", "cached.mjs"):
        shutil.copy(PROGRAMS / program, NODE)
    if not (NODE / "node_modules" / "koffi").is_dir():
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--loglevel=error"]
        _make(["npm", "install", *quiet, "--prefix", NODE, *NODE_OTHERS])
    print("building the npm package for target/bench-node; the first time takes some minutes", flush=True)
    if _newest([source / "src"], "*.*ts") > _newest([source / "dist"], "*.*js"):
        _make(["node", source / "scripts" / "prepare.mjs"])
    build = ["cargo", "build", "--locked", "--release", "-p", "pinterest-oauth-node"]
    _make([*build, "--manifest-path", ROOT / "Cargo.toml"])
    shutil.rmtree(ours, ignore_errors=True)
    shutil.copytree(source / "dist", ours / "dist")
    shutil.copy(source / "package.json", ours)
    addon = Path(succeed(["node", "-p", f"require('{ours}/dist/platform.js').nativePath()"]).strip())
    addon.parent.mkdir(parents=True)
    shutil.copy(RELEASE / "libpinterest_oauth_node.so", addon)
    return []


def rust() -> None:
    """The program that measures in Rust, and the command with its emulator."""
    print("building the command and the Rust program; the first time takes some minutes", flush=True)
    packages = ["-p", "pinterest-oauth-cli", "-p", "pinterest-oauth-bench"]
    _make(["cargo", "build", "--locked", "--release", *packages, "--manifest-path", ROOT / "Cargo.toml"])


def powershell() -> list[str]:
    """The module's folder, with an optimised library."""
    succeed([BINDINGS / "powershell" / "build.sh", STAGE / "lib" / "libpinterest_oauth.so", MODULE])
    return []


def wheel() -> Path:
    """Our wheel, as it was installed."""
    return next((VENV / "wheel").glob("*.whl"))


def _install() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    _make([sys.executable, "-m", "venv", VENV])
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    _make([*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", VENV / "wheel", PACKAGE])
    _make([*pip, "install", "--quiet", "-r", REQUIREMENTS, wheel()])


def _make(command: Command) -> None:
    """With the user's own environment, for the settings of cargo, pip and npm."""
    succeed(command, env=users(), limit=BUILD_LIMIT)


def _stale(what: str, built: Path, again: str, sources: Iterable[Path]) -> list[str]:
    if _newest(sources, "*.rs") <= built.stat().st_mtime:
        return []
    return [f"{what} is older than the sources; to measure these, first run: {again}"]


def _newest(sources: Iterable[Path], pattern: str) -> float:
    """When the last of these files, or files in these folders, was changed; 0 without any."""
    files = [file for it in sources for file in ([it] if it.is_file() else it.rglob(pattern))]
    return max((file.stat().st_mtime for file in files), default=0.0)
