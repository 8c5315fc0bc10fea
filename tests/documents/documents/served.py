"""A PHP script behind PHP's own web server, which ends with its standard input."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from .failure import Wrong, quoted

LIMIT = 30.0
UNTIL_STDIN_CLOSES = 'php -d ffi.enable=1 -d log_errors=1 -S "$1" "$2" & read -r _; kill $!'


class Answer(NamedTuple):
    """What came back."""

    status: int
    content_type: str
    body: str


@contextmanager
def served(script: Path, environment: Mapping[str, str], folder: Path) -> Iterator[int]:
    """The port at which the script answers inside the block. What the server said is in server.log."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    log = folder / "server.log"
    command = ["sh", "-c", UNTIL_STDIN_CLOSES, "sh", f"127.0.0.1:{port}", str(script)]
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
        ) as server,
    ):
        try:
            _wait(port, server, log)
            yield port
        finally:
            if server.stdin:
                server.stdin.close()
            server.wait(LIMIT)


def post(port: int, path: str, body: str, headers: Mapping[str, str]) -> Answer:
    """One request, and its answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers.get_content_type(), answer.read().decode())
    finally:
        connection.close()


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + LIMIT
    while time.monotonic() < ends and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), LIMIT).close()
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            return
    raise Wrong(f"php does not listen; it said:\n{quoted(log.read_text(errors='replace'))}")
