"""Where a server runs: a folder, a port, an environment, and the processes that end with it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from harness.beside import Beside
from harness.emulator import Emulator
from harness.environment import clean
from harness.failure import Failed
from harness.ports import free_port
from harness.program import Command
from harness.session import Session

PATIENCE = 60.0
SHOWN = 15


@contextmanager
def grounded(session: Session, *, https: bool = False) -> Iterator[Ground]:
    """A ground with an emulator of its own. What fails on it fails with the end of its logs."""
    with session.emulator() as emulator, tempfile.TemporaryDirectory(dir=session.folder) as folder:
        session.folder.chmod(0o755)
        ground = Ground(emulator, Path(folder), https)
        try:
            yield ground
        except (Failed, OSError) as problem:
            raise Failed(f"{problem}; the logs say: {ground.tail()}") from None
        finally:
            ground.kill()


class Ground:
    """A folder that every user may read, and the processes started in it."""

    def __init__(self, emulator: Emulator, folder: Path, https: bool) -> None:
        self.emulator = emulator
        self.folder = folder
        self.folder.chmod(0o755)
        self.port = free_port()
        authority = self.folder / "ca.pem"
        shutil.copy(emulator.facts["ca_file"], authority)
        authority.chmod(0o644)
        self.settings = {
            "PINTEREST_API_URI": emulator.facts["https_base_url" if https else "base_url"],
            "PINTEREST_APP_ID": emulator.app_id,
            "PINTEREST_APP_SECRET": emulator.app_secret,
            "SSL_CERT_FILE": str(authority),
        }
        self._servers: list[Beside] = []

    @property
    def url(self) -> str:
        """Where the application answers."""
        return f"http://127.0.0.1:{self.port}/"

    def write(self, name: str, text: str) -> Path:
        """A file of the folder, for everybody to read."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
        return path

    def start(
        self, command: Command, environment: Mapping[str, str] | None = None, socket_path: Path | None = None
    ) -> None:
        """Starts a server in the foreground and waits until it listens.

        It listens on this ground's port, or on `socket_path`. What it prints goes to NAME.log.
        """
        log = self.folder / f"{Path(command[0]).name}.log"
        env = clean(**self.settings, **(environment or {}))
        server = Beside(command, env=env, folder=self.folder, files=(log, log))
        self._servers.append(server)
        server.until(lambda: self._listens(socket_path), "listens", PATIENCE)

    def _listens(self, socket_path: Path | None) -> bool:
        if socket_path is None:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        else:
            with socket.socket(socket.AF_UNIX) as plug:
                plug.connect(str(socket_path))
        return True

    def stop(self) -> None:
        """Ends the servers as their administrators do, the last one first; they must obey."""
        for server in reversed(self._servers):
            server.stop(PATIENCE)

    def kill(self) -> None:
        """Ends what still runs."""
        for server in reversed(self._servers):
            server.kill()

    def texts(self) -> dict[str, bytes]:
        """What the servers wrote into logs, and the command lines that everybody sees."""
        found = {str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*.log")}
        for pid in self._pids():
            with contextlib.suppress(OSError):
                found[f"command line of process {pid}"] = Path(f"/proc/{pid}/cmdline").read_bytes()
        return found

    def _pids(self) -> list[int]:
        groups = {server.pid for server in self._servers}
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                if entry.name.isdigit() and os.getpgid(int(entry.name)) in groups:
                    found.append(int(entry.name))
        return found

    def tail(self) -> str:
        """The end of the logs, for whoever has to find out what went wrong."""
        lines: list[str] = []
        for path in sorted(self.folder.rglob("*.log")):
            last = path.read_text("utf-8", "replace").splitlines()[-SHOWN:]
            lines += [f"{path.name}: {line}" for line in last]
        return "\n    ".join(["", *lines]) if lines else "nothing"
