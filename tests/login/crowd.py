"""Thousands of connections, and those that ask for nothing."""

from __future__ import annotations

import contextlib
import os
import resource
import socket
from pathlib import Path

from harness.failure import demand

from .session import LoginSession
from .whole import allow

MANY = 3_000
AT_ONCE = 400
SENT = {1: b"GET / HT", 2: b"\x16", 3: b"GET /canary HTTP/1.1\r\n\r\n"}
# Connections of the listener, and what a program has open anyway.
OPEN = 64 + 30


def check_many_connections(session: LoginSession) -> str:
    """3,000 connections that ask for nothing, or half: at most 64 are held, and the browser's own gets through"""
    browser = session.browser()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * AT_ONCE)), hard))
    with session.world() as world, contextlib.ExitStack() as held:
        login = world.start()
        start = login.opened()
        most = 0
        for number in range(MANY):
            host = ("127.0.0.1", "::1")[number % 2]
            idle = socket.create_connection((host, world.port), timeout=20)
            with contextlib.suppress(OSError):  # the listener has closed it again
                idle.sendall(SENT.get(number % 60, b""))
            if number < MANY - AT_ONCE:
                idle.close()
            else:
                held.callback(idle.close)
            if number % 100 == 0:
                most = max(most, len(os.listdir(Path("/proc") / str(login.beside.pid) / "fd")))
        most = max(most, len(os.listdir(Path("/proc") / str(login.beside.pid) / "fd")))
        demand(most <= OPEN, f"it held {most} descriptors")
        demand(start == login.opened(), "another address")
        login.begin(browser)
        allow(browser, world)
        login.ends()
        demand(world.exchanges() == 1, f"{world.exchanges()} codes were sent")
        return f"{most} descriptors at most"
