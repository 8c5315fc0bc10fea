"""A resource of Pinterest's, on this machine: it refuses access tokens as Pinterest does."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

NOT_ACCEPTED = {"code": 2, "message": "Authentication failed."}


class ResourceServer:
    """Refuses what stands in `refused`, with `answer`; notes each request's token, body and cookies."""

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.answer: tuple[int, Any] = (401, NOT_ACCEPTED)
        self.requests: list[tuple[str, str, bytes]] = []
        self.cookies: list[str] = []
        self.redirect: str | None = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._serve(self)

            def do_POST(self) -> None:
                outer._serve(self)

            def log_message(self, *arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v5/user_account"

    def _serve(self, request: BaseHTTPRequestHandler) -> None:
        if request.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(request.rfile.readline(), 16):
                body += request.rfile.read(size)
                request.rfile.readline()
            request.rfile.readline()
        else:
            body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.requests.append((request.command, token, body))
        self.cookies.append(request.headers.get("Cookie", ""))
        status, document = self.answer if token in self.refused or not token else (200, {"username": "x"})
        if self.redirect:
            status = 307
        text = document if isinstance(document, bytes) else json.dumps(document).encode()
        request.send_response(status)
        if self.redirect:
            request.send_header("Location", self.redirect)
        request.send_header("Set-Cookie", "seen=1")
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
