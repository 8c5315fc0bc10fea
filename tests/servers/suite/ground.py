"""Where a server runs: a folder, a port, an environment, and the processes that end with it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from support.emulator import Emulator
from support.environment import clean_environment

PATIENCE = 60.0


class ServerFailed(Exception):
    """A server does not start, does not answer, or does not end."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Ground:
    """A folder that every user may read, gone afterwards, and the processes started in it."""

    def __init__(self, emulator: Emulator, https: bool) -> None:
        self.emulator = emulator
        self.folder = Path(tempfile.mkdtemp(prefix="servers-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        facts = emulator.facts
        authority = self.folder / "ca.pem"
        shutil.copy(facts["ca_file"], authority)
        authority.chmod(0o644)
        self.settings = {
            "PINTEREST_API_URI": facts["https_base_url" if https else "base_url"],
            "PINTEREST_APP_ID": facts["app_id"],
            "PINTEREST_APP_SECRET": facts["app_secret"],
            "SSL_CERT_FILE": str(authority),
        }
        self._processes: list[subprocess.Popen[bytes]] = []

    def close(self) -> None:
        """Ends what still runs, and removes the folder."""
        for process in reversed(self._processes):
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, name: str, text: str) -> Path:
        """A file of the folder, for everybody to read."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
        return path

    def start(self, command: list[str], socket_path: Path | None = None, **environment: str) -> int:
        """Starts a server in the foreground and waits until it listens; its process id.

        It listens on this ground's port, or on `socket_path`. What it prints goes to NAME.log.
        """
        log = self.folder / f"{Path(command[0]).name}.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**clean_environment(), **self.settings, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self._processes.append(process)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                self._connect(socket_path)
                return process.pid
            time.sleep(0.02)
        raise ServerFailed(f"{command[0]} does not listen; it said: {self.tail()}")

    def _connect(self, socket_path: Path | None) -> None:
        if socket_path is None:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return
        with socket.socket(socket.AF_UNIX) as plug:
            plug.connect(str(socket_path))

    def stop(self) -> None:
        """Ends the servers as their administrators do, the last one first; they must obey."""
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                raise ServerFailed(f"{process.args!r} did not end when told") from None

    def pids(self) -> list[int]:
        """Every process of the servers."""
        groups = {process.pid for process in self._processes}
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                if entry.name.isdigit() and os.getpgid(int(entry.name)) in groups:
                    found.append(int(entry.name))
        return found

    def texts(self) -> dict[str, bytes]:
        """What the servers wrote into logs, and the command lines that everybody sees."""
        found = {str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*.log")}
        for pid in self.pids():
            with contextlib.suppress(OSError):
                found[f"command line of process {pid}"] = Path(f"/proc/{pid}/cmdline").read_bytes()
        return found

    def tail(self) -> str:
        """The end of the logs, for whoever has to find out what went wrong."""
        lines: list[str] = []
        for path in sorted(self.folder.rglob("*.log")):
            lines += [
                f"{path.name}: {line}" for line in path.read_text("utf-8", "replace").splitlines()[-15:]
            ]
        return "\n    ".join(["", *lines]) if lines else "nothing"
