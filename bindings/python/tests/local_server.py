"""A server in a thread of this very process: it can only answer while other Python threads may run."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

LIMIT = 60
ANSWER = json.dumps({"access_token": "pina_local", "scope": "pins:read"}).encode()


class LocalServer:
    """Takes one connection. `arrived` is set when a request is there; `release` lets the answer go."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(LIMIT)
        self.arrived, self.release, self.closed = threading.Event(), threading.Event(), threading.Event()
        self.ticks = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._socket.close()
        self.release.set()
        self._thread.join(LIMIT)

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        connection.settimeout(LIMIT)
        with connection:
            request = b""
            while b"client_credentials" not in request:
                request += connection.recv(4096)
            self.arrived.set()
            for _ in range(1000):
                self.ticks += 1
            if self.release.wait(LIMIT):
                head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(ANSWER)}\r\n\r\n"
                connection.sendall(head.encode() + ANSWER)


class KeepingServer(LocalServer):
    """Answers and keeps the connection; `closed` is set when the client closes."""

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        connection.settimeout(LIMIT)
        with connection:
            request = b""
            while b"client_credentials" not in request:
                request += connection.recv(4096)
            head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(ANSWER)}\r\n\r\n"
            connection.sendall(head.encode() + ANSWER)
            while connection.recv(4096):
                pass
            self.closed.set()


class SilentServer(LocalServer):
    """Never answers; `closed` is set when the client closes."""

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        connection.settimeout(LIMIT)
        with connection:
            while connection.recv(4096):
                self.arrived.set()
            self.closed.set()
