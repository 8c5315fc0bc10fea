"""The one way to run what is printed: each language takes the text of a program, a folder and an environment."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from harness.emulator import Emulator
from harness.environment import clean
from harness.failure import NotRun, demand
from harness.places import BINDINGS, LIBRARY, PYTHON, STAGE, TARGET, command, optional
from harness.program import Ended, run, succeed

Runs = Callable[[str, Path, Mapping[str, str]], Ended]

PACKAGE = BINDINGS / "node"
TSC = PACKAGE / "node_modules" / ".bin" / "tsc"
STRICT = ("--strict", "--target", "es2022", "--module", "nodenext", "--types", "node")
MODULE = Path(os.environ.get("POWERSHELL_MODULE") or TARGET / "powershell" / "Pinterest.OAuth")


def user(emulator: Emulator, code: str | None = None) -> dict[str, str]:
    """The environment of a user who has our packages installed, and has given access where there is a code."""
    return emulator.login(
        code=code,
        PATH=f"{command().parent}{os.pathsep}{os.environ['PATH']}",
        PINTEREST_OAUTH_LIBRARY=str(LIBRARY),
        PERL5LIB=str(BINDINGS / "perl" / "lib"),
        PSModulePath=str(MODULE.parent),
        POWERSHELL_TELEMETRY_OPTOUT="1",
        NO_COLOR="1",
    )


def _written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def _interpreted(name: str, *interpreter: str) -> Runs:
    """For a language whose interpreter takes the file."""
    return lambda text, folder, env: run([*interpreter, _written(folder, name, text)], env=env, folder=folder)


python = _interpreted("printed.py", PYTHON)
perl = _interpreted("printed.pl", "perl")
php = _interpreted("printed.php", "php")
shell = _interpreted("printed.sh", "sh")


def powershell(text: str, folder: Path, env: Mapping[str, str]) -> Ended:
    """Where there is a pwsh."""
    pwsh = optional("pwsh")
    if not pwsh:
        raise NotRun("no pwsh")
    return _interpreted("printed.ps1", pwsh, "-NoLogo", "-NoProfile", "-NonInteractive", "-File")(
        text, folder, env
    )


def javascript(text: str, folder: Path, env: Mapping[str, str]) -> Ended:
    """With the npm package installed beside it."""
    _install(folder)
    return run(["node", _written(folder, "printed.mjs", text)], env=env, folder=folder)


def typescript(text: str, folder: Path, env: Mapping[str, str]) -> Ended:
    """With the npm package installed beside it; compiled by `tsc --strict`, then run by Node."""
    _install(folder)
    for types in ("@types", "undici-types"):
        shutil.copytree(PACKAGE / "node_modules" / types, folder / "node_modules" / types)
    succeed([TSC, *STRICT, _written(folder, "printed.ts", text)], folder=folder)
    return run(["node", "printed.js"], env=env, folder=folder)


def _install(folder: Path) -> None:
    """The npm package from its tarball, as a user installs it."""
    demand(TSC.exists(), "the package is not built: node bindings/node/scripts/prepare.mjs")
    succeed(["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, PACKAGE])
    _written(folder, "package.json", '{"private": true, "type": "module"}\n')
    flags = ["--silent", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]
    succeed(["npm", "install", *flags, *folder.glob("*.tgz")], folder=folder)


def c(text: str, folder: Path, env: Mapping[str, str]) -> Ended:
    """Compiled as a user does, with pkg-config."""
    program = folder / "printed"
    compiled(_written(folder, "printed.c", text), program)
    return run([program], env=env, folder=folder)


def compiled(source: Path, program: Path) -> None:
    """Makes a C program, which finds the staged library."""
    found = clean(PKG_CONFIG_PATH=str(STAGE / "lib" / "pkgconfig"))
    flags = succeed(["pkg-config", "--cflags", "--libs", "pinterest_oauth"], env=found).split()
    warnings = ["-std=c11", "-Wall", "-Wextra", "-Werror"]
    succeed(["cc", *warnings, source, "-o", program, *flags, f"-Wl,-rpath,{STAGE / 'lib'}"])
