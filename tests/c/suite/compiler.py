"""From C sources to programs that use the library as it is installed: through pkg-config."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from .places import BUILD, SOURCES

LIMIT = 120
TOOLS = ["gcc", "g++", "pkg-config", "nm", "readelf", "valgrind"]
STRICT = ["-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
SHARED_PARTS = ["report", "client", "emulator", "json"]


class ToolFailed(Exception):
    """A tool is missing or says no."""


def require_tools() -> None:
    """Says what to install when something is missing."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        raise ToolFailed(f"missing: {', '.join(missing)}; on Debian, as root: make packages")


def tool(*command: str, limit: int = LIMIT, cwd: Path | None = None, **settings: str) -> str:
    """Runs a tool; its output."""
    try:
        done = subprocess.run(
            command,
            check=False,
            cwd=cwd,
            env={**os.environ, **settings},
            timeout=limit,
            text=True,
            capture_output=True,
        )
    except OSError as problem:
        raise ToolFailed(f"{command[0]}: {problem.strerror}") from None
    except subprocess.TimeoutExpired:
        raise ToolFailed(f"{command[0]} took longer than {limit} s") from None
    if done.returncode != 0:
        raise ToolFailed(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


class Compiler:
    """Compiles against one installed library."""

    def __init__(self, stage: Path, label: str = "") -> None:
        self.stage = stage
        self._label = label

    def pkg_config(self, *options: str) -> list[str]:
        """What pkg-config says about the installed library."""
        path = str(self.stage / "lib" / "pkgconfig")
        return tool("pkg-config", *options, "pinterest_oauth", PKG_CONFIG_LIBDIR=path).split()

    def program(
        self, name: str, *, cpp: bool = False, static: bool = False, parts: list[str] | None = None
    ) -> Path:
        """Compiles `src/NAME.c` with what the programs share; a C++ program has its main file in C++17."""
        cflags = self.pkg_config("--cflags")
        if static:
            archive = str(self.stage / "lib" / "libpinterest_oauth.a")
            libraries = self.pkg_config("--static", "--libs")
            libraries = [archive if item == "-lpinterest_oauth" else item for item in libraries]
        else:
            libraries = self.pkg_config("--libs")
        kind = f"{self._label}{'cpp' if cpp else 'c'}-{'static' if static else 'shared'}"
        folder = BUILD / kind
        folder.mkdir(parents=True, exist_ok=True)
        compiler, main = ("g++", ["-std=c++17"]) if cpp else ("gcc", ["-std=c11"])
        objects = []
        for part in SHARED_PARTS + (parts or []):
            objects.append(str(folder / f"{part}.o"))
            source = str(SOURCES / f"{part}.c")
            tool("gcc", "-std=c11", *STRICT, "-pthread", *cflags, "-c", source, "-o", objects[-1])
        source, made = str(SOURCES / f"{name}.c"), folder / name
        language = ["-x", "c++" if cpp else "c", source, "-x", "none"]
        tool(compiler, *main, *STRICT, "-pthread", *cflags, *language, *objects, "-o", str(made), *libraries)
        return made
