"""The same as worker.c in Python, with the installed package: `worker.py THREADS < lines`."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from typing import Any

import pinterest_oauth


def ask(account: Any) -> str:
    """One line: the kind's number, a space, the token or the error document."""
    try:
        token = account.access_token()
    except pinterest_oauth.PinterestOAuthError as error:
        return f"1 {error.kind}: {error}"
    return f"0 {token}"


def get(account: Any, count: int) -> None:
    """Every thread asks, all at once."""
    together, said = threading.Barrier(count), list[str]()

    def work() -> None:
        together.wait()
        said.append(ask(account))

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(*said, sep="\n")


def forked(account: Any, micros: int) -> None:
    """A thread asks; so much later a child asks too."""
    said = list[str]()
    thread = threading.Thread(target=lambda: said.append(ask(account)))
    thread.start()
    time.sleep(micros / 1_000_000)
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        signal.alarm(50)
        os.write(1, f"child {ask(account)}\n".encode())
        os._exit(0)
    how = os.waitpid(child, 0)[1]
    if how:
        print(f"child -1 it ended with {how}")
    thread.join()
    print("parent", *said)


def main() -> None:
    """Reads lines until there are none."""
    threads = int(sys.argv[1])
    account = pinterest_oauth.TokenManager(**json.loads(sys.stdin.readline())).account("shop")
    print("ready", flush=True)
    for line in sys.stdin:
        word, _, more = line.strip().partition(" ")
        if word == "get":
            get(account, threads)
        elif word == "fork":
            forked(account, int(more))
        print(".", flush=True)


main()
