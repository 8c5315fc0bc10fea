"""Many calls over kept-alive connections, from Python.

Usage: client.py WHAT many, client.py WHAT several CALLS THREADS, or client.py versions. WHAT is a key of
CONTESTANTS; README.md says what the modes do. All encode the form and take the access token out of the JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import socket
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from http.client import HTTPConnection
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode, urlsplit

BASE_URL, APP_ID, APP_SECRET = (
    os.environ.get(name, "") for name in ("BENCH_URL", "PINTEREST_APP_ID", "PINTEREST_APP_SECRET")
)
ADDRESS, PATH = urlsplit(BASE_URL).netloc, urlsplit(BASE_URL).path + "/oauth/token"
URL = f"http://{ADDRESS}{PATH}"
REFRESH_TOKEN = "pinr.benchmark.benchmark.benchmark"
FORM = {"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN}
LIMIT = 30.0
WARM_UP, WARM_UP_EACH = 100, 3
Call = Callable[[], object]


def package(name: str) -> Any:
    """What is measured, imported only where it is, and of any type: it need not be there to check types."""
    return importlib.import_module(name)


def basic() -> str:
    """The value of the Authorization header."""
    return "Basic " + b64encode(f"{APP_ID}:{APP_SECRET}".encode()).decode()


class OneWrite(HTTPConnection):
    """http.client at its best: it writes headers and body apart, which costs a packet more."""

    _held = b""

    def send(self, data: Any) -> None:
        """Holds back what is to be sent."""
        self._held += data

    def getresponse(self) -> Any:
        """Sends it, and reads the answer."""
        held, self._held = self._held, b""
        super().send(held)
        return super().getresponse()


def ours() -> Callable[[], Call]:
    """One client for all threads."""
    settings = {"app_id": APP_ID, "app_secret": APP_SECRET, "base_url": BASE_URL, "trust_env": False}
    client = package("pinterest_oauth").Client(**settings)
    return lambda: lambda: client.oauth_token("refresh_token", refresh_token=REFRESH_TOKEN).access_token


def raw_socket() -> Callable[[], Call]:
    """By hand, and only what the server of the benchmarks needs."""
    head = f"POST {PATH} HTTP/1.1\r\nhost: {ADDRESS}\r\nauthorization: {basic()}\r\n"
    kind = "content-type: application/x-www-form-urlencoded\r\n"
    host, _, port = ADDRESS.partition(":")

    def make() -> Call:
        connection = socket.create_connection((host, int(port)), LIMIT)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def call() -> object:
            body = urlencode(FORM)
            connection.sendall(f"{head}{kind}content-length: {len(body)}\r\n\r\n{body}".encode())
            answer = connection.recv(4096)
            while not answer.endswith(b"}"):
                answer += connection.recv(4096)
            return json.loads(answer.partition(b"\r\n\r\n")[2])["access_token"]

        return call

    return make


def http_client() -> Callable[[], Call]:
    """The standard library; it sets TCP_NODELAY itself."""
    headers = {"authorization": basic(), "content-type": "application/x-www-form-urlencoded"}

    def make() -> Call:
        connection = OneWrite(ADDRESS, timeout=LIMIT)

        def call() -> object:
            connection.request("POST", PATH, urlencode(FORM).encode(), headers)
            return json.loads(connection.getresponse().read())["access_token"]

        return call

    return make


def httpx() -> Callable[[], Call]:
    """A Client for each thread."""

    def make() -> Call:
        client = package("httpx").Client(auth=(APP_ID, APP_SECRET), timeout=LIMIT, trust_env=False)
        return lambda: client.post(URL, data=FORM).json()["access_token"]

    return make


def requests() -> Callable[[], Call]:
    """A Session for each thread."""

    def make() -> Call:
        session = package("requests").Session()
        session.auth, session.trust_env = (APP_ID, APP_SECRET), False
        return lambda: session.post(URL, data=FORM, timeout=LIMIT).json()["access_token"]

    return make


CONTESTANTS = {
    "ours": ours,
    "raw socket": raw_socket,
    "http.client": http_client,
    "httpx": httpx,
    "requests": requests,
}


def one_thread(call: Call, calls: int) -> list[int]:
    """The CPU time of all, then the time of each."""
    times = []
    cpu = time.process_time_ns()
    for _ in range(calls):
        before = time.perf_counter_ns()
        call()
        times.append(time.perf_counter_ns() - before)
    return [time.process_time_ns() - cpu, *times]


def several_threads(make: Callable[[], Call], calls: int, threads: int) -> float:
    """Calls a second."""
    warm = threading.Barrier(threads + 1, timeout=LIMIT)
    failed = []

    def work() -> None:
        try:
            call = make()
            for _ in range(WARM_UP_EACH):
                call()
            warm.wait()
            for _ in range(calls):
                call()
        except Exception as problem:
            failed.append(problem)
            warm.abort()
            raise

    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    warm.wait()
    before = time.perf_counter()
    for thread in running:
        thread.join()
    if failed:
        raise failed[0]
    return calls * threads / (time.perf_counter() - before)


def main(what: str, mode: str = "", *numbers: str) -> None:
    """Measures, and prints."""
    if what == "versions":
        installed = [f"{name} {version(name)}" for name in ("pinterest-oauth", "httpx", "requests")]
        print(", ".join([f"Python {platform.python_version()}", *installed]))
        return
    make = CONTESTANTS[what]()
    if mode == "several":
        print(several_threads(make, *map(int, numbers)))
        return
    call = make()
    one_thread(call, WARM_UP)
    for line in sys.stdin:
        print(json.dumps(one_thread(call, int(line))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
