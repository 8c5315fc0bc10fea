"""A web site of our own on loopback: an app to which logins come back, or a page that wants to harm."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qsl, urlsplit


class Site:
    """It answers every path with `page`, for `with`; `visits` are the paths that browsers navigated to.

    A POST sends the browser on to `sends_to` by 303, as an app does that begins a login.
    """

    def __init__(self, page: str = "<!doctype html><title>site</title>") -> None:
        self.page = page
        self.sends_to = "/"
        self.visits: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path != "/favicon.ico":
                    site.visits.append(self.path)
                body = site.page.encode()
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                self.send_response(303)
                self.send_header("location", site.sends_to)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Its front page."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    @property
    def url_by_name(self) -> str:
        """The same by another name, which makes it another site for a browser that is at `127.0.0.1`."""
        return f"http://localhost:{self._server.server_port}/"

    def came_back(self) -> list[dict[str, str]]:
        """The parameters of each visit that had some."""
        queries = (urlsplit(visit).query for visit in self.visits)
        return [dict(parse_qsl(query)) for query in queries if query]
