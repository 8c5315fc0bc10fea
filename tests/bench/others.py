"""The token manager beside other keepers of tokens, for what they can do: a cached read, and threads whose token has expired."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from harness.beside import Beside
from harness.program import Command

from .bench import Bench, calling, in_turn
from .figures import ratios, spread
from .places import PROGRAMS, PYTHON
from .table import Aim, Table

OURS = "ours"
KEEPS = {
    OURS: "a store, for all processes",
    "google-auth": "nothing",
    "msal-extensions": "a file, for all processes",
    "Authlib": "a file, read at the start",
}
READS, THREADS = 20_000, 8
DELAY = 0.05
# What MSAL wants of an answer, to know whose token it is; the others leave it alone.
CLIENT_INFO = "eyJ1aWQiOiJ1IiwidXRpZCI6InQifQ"


class Server(ThreadingHTTPServer):
    """Answers with a token, and takes its time; counts."""

    request_queue_size = 64
    daemon_threads = True
    posts = 0


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        """A token that lasts as long as the address says, a month unless told."""
        self.rfile.read(int(self.headers["content-length"]))
        self.server.posts += 1
        number = self.server.posts
        time.sleep(DELAY)
        asked = parse_qs(urlsplit(self.path).query)
        document = {
            "access_token": f"pina_{number}",
            "refresh_token": f"pinr.{number}",
            "token_type": "bearer",
            "expires_in": int(asked.get("expires_in", ["2592000"])[0]),
            "scope": "pins.read",
            "client_info": CLIENT_INFO,
        }
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def serving() -> Iterator[Server]:
    """The server, in threads of its own."""
    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def table(bench: Bench) -> Table:
    """Of each in Python."""
    times: dict[str, list[float]] = {what: [] for what in KEEPS}
    posts: dict[str, list[float]] = {what: [] for what in KEEPS}
    served: dict[str, list[float]] = {what: [] for what in KEEPS}
    with serving() as server:
        for number, what in in_turn(list(KEEPS), bench.rounds):
            bench.say(f"other keepers of tokens, round {number + 1} of {bench.rounds}: {what}")
            times[what].append(_run(bench, server, what, "read", READS)[0])
            got, sent = _run(bench, server, what, "threads", THREADS)
            posts[what].append(sent)
            served[what].append(got)
    rows = []
    for what, keeps in KEEPS.items():
        against = "" if what == OURS else ratios(times[OURS], times[what]).shown(3)
        cost = f"{spread(times[what]).median:.0f}"
        rows.append([what, keeps, cost, against, spread(posts[what]).shown(0), spread(served[what]).shown(0)])
    ours = spread(posts[OURS])
    return Table(
        title="Python: keepers of tokens",
        head=[
            *("", "keeps tokens in", "a cached read, ns", "ours / it (range)"),
            *(f"refreshes of {THREADS} threads (range)", "threads with a token (range)"),
        ],
        rows=rows,
        aims=[Aim(f"{THREADS} threads send 1 refresh", ours.shown(0), ours.high == 1)],
        notes=[
            f"{bench.rounds} rounds of {READS:,} reads; {THREADS} threads share one object whose token has expired, and the server takes",
            f"{DELAY * 1000:g} ms. MSAL is given an authority and an HTTP client that lead to this machine. Each as its documentation",
            "uses it: google-auth by `valid` and `refresh`, MSAL by `acquire_token_silent`, Authlib by `ensure_active_token`.",
            "A thread without a token has an exception: MSAL's, that its cache stayed locked for five seconds.",
        ],
        figures={"read_ns": times, "refreshes": posts, "served": served},
    )


def _run(bench: Bench, server: Server, what: str, mode: str, count: int) -> tuple[float, int]:
    """What the program printed, and how many requests came after its start."""
    base_url = f"http://127.0.0.1:{server.server_port}/v5"
    env = calling(base_url, "1234567", "0123456789abcdef0123456789abcdef")
    env["PINTEREST_API_URI"] = base_url
    words: Command = [PYTHON, PROGRAMS / "others.py", what, mode, str(count)]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        with bench.pinning.clients():
            program = Beside(words, env=env, folder=Path(folder))
        with program:
            program.line()
            before = server.posts
            return float(program.ask("")), server.posts - before
