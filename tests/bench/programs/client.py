"""Many calls over kept-alive connections, from Python. Usage: client.py WHAT PORT [CALLS THREADS].

WHAT is a key of CONTESTANTS. On one thread it reads numbers of calls from standard input, and answers each
with the CPU time of all and the times of every one, in nanoseconds; on several it prints the calls a second
of all together. All but the raw socket, which is the floor, read the access token out of the answer.
"""

from __future__ import annotations

import importlib
import json
import socket
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

APP_ID, APP_SECRET = "1234567", "0123456789abcdef0123456789abcdef01234567"
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


def ours(port: int) -> Callable[[], Call]:
    """One client for all threads."""
    base_url = f"http://127.0.0.1:{port}"
    settings = {"app_id": APP_ID, "app_secret": APP_SECRET, "base_url": base_url, "trust_env": False}
    client = package("pinterest_oauth").Client(**settings)
    return lambda: lambda: client.oauth_token("refresh_token", refresh_token=REFRESH_TOKEN).access_token


def raw_socket(port: int) -> Callable[[], Call]:
    """The bytes and nothing else."""
    body = urlencode(FORM)
    head = f"POST /v5/oauth/token HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: {basic()}\r\n"
    kind = "content-type: application/x-www-form-urlencoded\r\n"
    request = f"{head}{kind}content-length: {len(body)}\r\n\r\n{body}".encode()

    def make() -> Call:
        connection = socket.create_connection(("127.0.0.1", port), LIMIT)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def call() -> None:
            connection.sendall(request)
            answer = connection.recv(4096)
            while not answer.endswith(b'pins:read"}'):
                answer += connection.recv(4096)

        return call

    return make


def http_client(port: int) -> Callable[[], Call]:
    """The standard library; it sets TCP_NODELAY itself."""
    headers = {"authorization": basic(), "content-type": "application/x-www-form-urlencoded"}

    def make() -> Call:
        connection = OneWrite("127.0.0.1", port, timeout=LIMIT)

        def call() -> object:
            connection.request("POST", "/v5/oauth/token", urlencode(FORM).encode(), headers)
            return json.loads(connection.getresponse().read())["access_token"]

        return call

    return make


def httpx(port: int) -> Callable[[], Call]:
    """A Client for each thread."""
    url = f"http://127.0.0.1:{port}/v5/oauth/token"

    def make() -> Call:
        client = package("httpx").Client(auth=(APP_ID, APP_SECRET), timeout=LIMIT, trust_env=False)
        return lambda: client.post(url, data=FORM).json()["access_token"]

    return make


def requests(port: int) -> Callable[[], Call]:
    """A Session for each thread."""
    url = f"http://127.0.0.1:{port}/v5/oauth/token"

    def make() -> Call:
        session = package("requests").Session()
        session.auth, session.trust_env = (APP_ID, APP_SECRET), False
        return lambda: session.post(url, data=FORM, timeout=LIMIT).json()["access_token"]

    return make


CONTESTANTS = {
    "ours": ours,
    "raw": raw_socket,
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


def main() -> None:
    """Measures, and prints."""
    make = CONTESTANTS[sys.argv[1]](int(sys.argv[2]))
    if len(sys.argv) > 3:
        print(several_threads(make, int(sys.argv[3]), int(sys.argv[4])))
        return
    call = make()
    one_thread(call, WARM_UP)
    for line in sys.stdin:
        print(json.dumps(one_thread(call, int(line))), flush=True)


if __name__ == "__main__":
    main()
