"""Runs in a clean system, as nobody and without a network: installs one artefact, calls the emulator, takes it away.

    PYTHONPATH=/inside python3 -m dist.inside CELL

What is to be told is printed as one line of JSON at the end. It runs on Python 3.9, the oldest of the systems.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dist.registry import serve

DIST, PROGRAMS, TOOLS = Path("/dist"), Path("/inside/dist/programs"), Path("/tools")
WORK = Path(os.environ.get("HOME", "/work"))


class Wrong(Exception):
    """What is not as it must be."""


class NotRun(Exception):
    """What this system lacks."""


def run(*command: str | Path, env: dict[str, str] | None = None, folder: Path | None = None) -> str:
    """What a program prints; it has to succeed."""
    words = [str(word) for word in command]
    ended = subprocess.run(
        words,
        env=env,
        cwd=folder or WORK,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    if ended.returncode != 0:
        raise Wrong(
            f"{' '.join(words)[:200]} ended with {ended.returncode}:\n{(ended.stdout + ended.stderr)[-3000:]}"
        )
    return ended.stdout


def one(pattern: str) -> Path:
    """The artefact of that name."""
    found = sorted(DIST.glob(pattern))
    if len(found) != 1:
        raise Wrong(f"{pattern}: {len(found)} artefacts")
    return found[0]


def untar(archive: Path, folder: Path) -> None:
    """Unpacks it into a folder, which is made."""
    folder.mkdir(exist_ok=True, parents=True)
    run("tar", "xzf", archive, "-C", folder)


def below(folder: Path) -> set[str]:
    """Every file below a folder, without what interpreters write for themselves."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if not path.is_dir() and "__pycache__" not in path.parts
    }


class Emulator:
    """The emulator of the command's own package, and the environments of its two addresses."""

    def __init__(self) -> None:
        folder = WORK / "command"
        folder.mkdir()
        untar(next(DIST.glob("pinterest-oauth-0*-linux-gnu.tar.gz")), folder)
        (self.program,) = folder.glob("*/bin/pinterest-oauth")
        self.process = subprocess.Popen(
            [str(self.program), "emulator", "--json", "--show-secret", "--until-stdin-closes"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout
        self.facts: dict[str, Any] = json.loads(self.process.stdout.readline())
        self.calls = {
            "http": self._environment(self.facts["base_url"]),
            "tls": self._environment(self.facts["https_base_url"], SSL_CERT_FILE=self.facts["ca_file"]),
        }

    def _environment(self, address: str, **more: str) -> dict[str, str]:
        return {
            **os.environ,
            "PINTEREST_APP_ID": self.facts["app_id"],
            "PINTEREST_APP_SECRET": self.facts["app_secret"],
            "PINTEREST_API_URI": address,
            **more,
        }

    def try_with(self, *command: str | Path, **more: str) -> float:
        """Runs a program against both addresses: each time it has to get its token. The time of its import."""
        took = 0.0
        for name, environment in self.calls.items():
            said = run(*command, env={**environment, **more}).split()
            if len(said) != 2 or said[1] != "ads:read":
                raise Wrong(f"over {name}: {' '.join(said)[:500]}")
            took = float(said[0])
        return took


def gone(folder: Path, before: set[str]) -> None:
    """Nothing is left in a folder but what was there before."""
    left = below(folder) - before
    if left:
        raise Wrong(f"left behind: {', '.join(sorted(left))[:500]}")


def python(emulator: Emulator) -> dict[str, Any]:
    """The wheel, by pip, in an environment of its own."""
    place = WORK / "venv"
    run("python3", "-m", "venv", place)
    before = below(place)
    pip: list[str | Path] = [place / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
    run(
        *pip,
        "install",
        "--quiet",
        "--no-index",
        "--find-links",
        DIST,
        "--only-binary",
        ":all:",
        "pinterest-oauth",
    )
    took = emulator.try_with(place / "bin" / "python", PROGRAMS / "exchange.py")
    said = run(place / "bin" / "pinterest-oauth", "--version").strip()
    run(*pip, "uninstall", "--quiet", "--yes", "pinterest-oauth")
    gone(place, before)
    return {"import_ms": took, "version": run("python3", "--version").strip(), "command": said}


def command(emulator: Emulator) -> dict[str, Any]:
    """The command, unpacked."""
    for name, environment in emulator.calls.items():
        said = json.loads(
            run(
                emulator.program,
                "token",
                "client_credentials",
                "--scope",
                "ads:read",
                "--json",
                env=environment,
            )
        )
        if said.get("scope") != "ads:read":
            raise Wrong(f"over {name} it got no token")
    return {}


def c(emulator: Emulator) -> dict[str, Any]:
    """The C library, unpacked in a folder with a space: gcc, pkg-config, CMake, Meson; shared and static."""
    # The old pkg-config of bullseye does not quote what it finds.
    place = WORK / ("a folder" if int(run("pkg-config", "--version").split(".")[0]) > 0 else "folder")
    place.mkdir()
    untar(one("pinterest-oauth-c-*.tar.gz"), place)
    (prefix,) = place.iterdir()
    folder = WORK / "c"
    shutil.copytree(PROGRAMS, folder)
    environment = {
        **os.environ,
        "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig"),
        "CMAKE_PREFIX_PATH": str(prefix),
    }

    def flags(*options: str) -> list[str]:
        return shlex.split(run("pkg-config", *options, "pinterest_oauth", env=environment))

    static = [each for each in flags("--static", "--libs") if each != "-lpinterest_oauth"]
    compiled = {
        "shared": flags("--libs"),
        "static": [str(prefix / "lib" / "libpinterest_oauth.a"), *static],
        "alone": ["-static", *flags("--static", "--libs")],
    }
    library = {"LD_LIBRARY_PATH": str(prefix / "lib")}
    for name, libraries in compiled.items():
        run("gcc", "-std=c11", "-Wall", "token.c", "-o", name, *flags("--cflags"), *libraries, folder=folder)
        emulator.try_with(folder / name, **(library if name == "shared" else {}))
    run("cmake", "-S", folder, "-B", folder / "cmake", env=environment)
    run("cmake", "--build", folder / "cmake", env=environment)
    run("meson", "setup", folder / "meson", folder, env=environment)
    run("ninja", "-C", folder / "meson", env=environment)
    for made in ("cmake/token-shared", "cmake/token-static", "meson/token", "meson/token-static"):
        emulator.try_with(folder / made, **library)
    return {"compiled": len(compiled) + 4}


def perl(emulator: Emulator) -> dict[str, Any]:
    """The distribution, by cpanm; and a library that was tampered with, which is refused."""
    archive, place = one("Pinterest-OAuth-*.tar.gz"), WORK / "perl"
    environment = {**os.environ, "PERL_CPANM_HOME": str(WORK / "cpanm"), "PERL_MM_USE_DEFAULT": "1"}
    platypus = run("perl", "-MFFI::Platypus", "-e", "print FFI::Platypus->VERSION")
    if int(platypus.split(".")[0]) < 2:
        raise NotRun(f"FFI::Platypus {platypus}, and the module needs 2.00")
    place.mkdir()
    run(
        "cpanm",
        "--quiet",
        "--mirror-only",
        "--mirror",
        f"file://{WORK}",
        "-l",
        place,
        archive,
        env=environment,
    )
    found = {"PERL5LIB": str(place / "lib" / "perl5")}
    took = emulator.try_with("perl", PROGRAMS / "token.pl", **found)
    run("cpanm", "--quiet", "-l", place, "-U", "-f", "Pinterest::OAuth", env={**environment, **found})
    left = {name for name in below(place) if "Pinterest" in name}
    if left:
        raise Wrong(f"left behind: {', '.join(sorted(left))}")
    untar(archive, WORK / "tampered")
    (folder,) = (WORK / "tampered").iterdir()
    (library,) = folder.glob("prebuilt/*/libpinterest_oauth.so")
    with library.open("ab") as file:
        file.write(b"!")
    try:
        run("perl", "Makefile.PL", folder=folder)
    except Wrong as refused:
        if "is not the file of prebuilt/SHA256SUMS" not in str(refused):
            raise
    else:
        raise Wrong("a library that was changed is taken")
    return {"import_ms": took, "version": f"Perl {run('perl', '-e', 'print $^V')}, FFI::Platypus {platypus}"}


def php(emulator: Emulator) -> dict[str, Any]:
    """The package, by Composer from an artifact repository."""
    if not shutil.which("php"):
        raise NotRun("the system's PHP is 7.4, and the package needs 8.1")
    project = WORK / "php"
    project.mkdir()
    composer = ["composer", "--no-interaction", "--quiet"]
    environment = {**os.environ, "COMPOSER_HOME": str(WORK / "composer"), "COMPOSER_DISABLE_NETWORK": "1"}
    run(*composer, "init", "--name", "a/project", env=environment, folder=project)
    run(
        *composer,
        "config",
        "repositories.ours",
        "artifact",
        DIST / "composer",
        env=environment,
        folder=project,
    )
    run(*composer, "config", "repositories.packagist.org", "false", env=environment, folder=project)
    before = below(project)
    run(*composer, "require", "pinterest-oauth/pinterest-oauth", env=environment, folder=project)
    took = emulator.try_with("php", PROGRAMS / "token.php", project / "vendor" / "autoload.php")
    run(*composer, "remove", "pinterest-oauth/pinterest-oauth", env=environment, folder=project)
    left = {name for name in below(project) - before if "pinterest" in name}
    if left:
        raise Wrong(f"left behind: {', '.join(sorted(left))}")
    return {"import_ms": took, "version": run("php", "-r", "echo PHP_VERSION;")}


def node(emulator: Emulator) -> dict[str, Any]:
    """The packages, by npm from a registry on this machine: import, require, uninstall."""
    server = serve(DIST / "npm")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    project = WORK / "node"
    project.mkdir()
    (project / "package.json").write_text('{"name": "a-project", "private": true}')
    path = f"{TOOLS}/node/bin:{os.environ['PATH']}"
    npm = [TOOLS / "node" / "bin" / "node", TOOLS / "npm" / "bin" / "npm-cli.js"]
    settings = {
        **os.environ,
        "PATH": path,
        "npm_config_registry": f"http://127.0.0.1:{server.server_address[1]}/",
        "npm_config_cache": str(WORK / "npm"),
        "npm_config_update_notifier": "false",
    }
    run(*npm, "install", "--no-audit", "--no-fund", "pinterest-oauth", env=settings, folder=project)
    names = sorted(
        path.name for path in (project / "node_modules").iterdir() if not path.name.startswith(".")
    )
    if len(names) != 2:
        raise Wrong(f"npm installed {', '.join(names)}")
    took = 0.0
    for program in ("token.mjs", "token.cjs"):
        shutil.copy(PROGRAMS / program, project)
        took = emulator.try_with(npm[0], project / program)
    run(*npm, "uninstall", "--no-audit", "--no-fund", "pinterest-oauth", env=settings, folder=project)
    gone(project / "node_modules", {".package-lock.json"})
    return {"import_ms": took, "version": run(npm[0], "--version").strip()}


def dotnet(emulator: Emulator) -> dict[str, Any]:
    """The package for .NET: its assembly and its library beside a program that was compiled elsewhere."""
    folder = WORK / "dotnet"
    shutil.copytree(TOOLS / "token-dotnet", folder)
    with zipfile.ZipFile(one("Pinterest.OAuth.Net.*.nupkg")) as archive:
        archive.extract("lib/netstandard2.0/Pinterest.OAuth.dll", WORK)
        (library,) = (name for name in archive.namelist() if name.endswith("libpinterest_oauth.so"))
        archive.extract(library, folder)
    shutil.copy(WORK / "lib/netstandard2.0/Pinterest.OAuth.dll", folder)
    runtime = TOOLS / "dotnet" / "dotnetcore2" / "bin" / "dotnet"
    took = emulator.try_with(runtime, folder / "token.dll", DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
    return {"import_ms": took, "version": ".NET Core 3.1"}


def deb(emulator: Emulator) -> dict[str, Any]:
    """Debian's packages, as root: installed, compiled against, removed without a trace."""
    etc = {"etc/ld.so.cache", "etc/ld.so.cache~"}
    folders = [Path("/usr"), Path("/etc")]
    before = {folder: below(folder) for folder in folders}
    packages = sorted(DIST.glob("*.deb"))
    run("dpkg", "-i", *packages)
    run(
        "sh",
        "-c",
        f"cd /tmp && gcc {PROGRAMS}/token.c -o token $(pkg-config --cflags --libs pinterest_oauth)",
    )
    emulator.try_with("/tmp/token")
    run("pinterest-oauth", "--version")
    names = [path.name.split("_")[0] for path in packages]
    run("dpkg", "--purge", *names)
    for folder in folders:
        gone(folder, before[folder] | {name.split("/", 1)[1] for name in etc})
    return {"packages": names}


CELLS: dict[str, Callable[[Emulator], dict[str, Any]]] = {
    "python": python,
    "command": command,
    "c": c,
    "perl": perl,
    "php": php,
    "node": node,
    "dotnet": dotnet,
    "deb": deb,
}


def main(cell: str) -> int:
    """Runs one cell; its exit code."""
    for tool in ("rustc", "cargo"):
        if shutil.which(tool):
            raise SystemExit(f"{tool} is in this system")
    began, told = time.monotonic(), {}
    emulator = Emulator()
    try:
        told = {"state": "passed", **CELLS[cell](emulator)}
    except NotRun as reason:
        told = {"state": "not run", "reason": str(reason)}
    except Wrong as problem:
        told = {"state": "failed", "reason": str(problem)}
    finally:
        assert emulator.process.stdin
        emulator.process.stdin.close()
        emulator.process.wait(timeout=20)
    print(json.dumps({**told, "seconds": round(time.monotonic() - began, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
