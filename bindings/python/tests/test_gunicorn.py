"""gunicorn --preload: the application calls, then is forked into workers with threads that call."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from asking import LIMIT, number

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

NUMBERS = range(2, 202)


def visit(port: int, asked: int) -> tuple[int, int, int]:
    connection = HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    try:
        connection.request("GET", f"/?{asked}")
        loaded_in, worker, granted = connection.getresponse().read().split()
    finally:
        connection.close()
    assert int(granted) == asked
    return int(loaded_in), int(worker), asked


@pytest.mark.skipif(not hasattr(os, "fork"), reason="gunicorn needs os.fork")
@pytest.mark.parametrize("https", [False, True])
def test_every_visitor_of_a_preloaded_application_gets_its_own_answer(
    emulator: Emulator, https: bool
) -> None:
    settings = emulator.settings(https=https)
    environment = {
        **os.environ,
        "PINTEREST_API_URI": settings["base_url"],
        "PINTEREST_APP_ID": settings["app_id"],
        "PINTEREST_APP_SECRET": settings["app_secret"],
        **({"SSL_CERT_FILE": settings["ca_file"]} if https else {}),
    }
    options = ["--preload", "--workers=3", "--threads=4", "--graceful-timeout=5", "--log-level=warning"]
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        command = [sys.executable, "-m", "gunicorn", *options, f"--bind=fd://{listener.fileno()}"]
        with subprocess.Popen(
            [*command, "gunicorn_app:application"],
            env=environment,
            cwd=Path(__file__).parent,
            pass_fds=[listener.fileno()],
        ) as server:
            try:
                port = listener.getsockname()[1]
                with ThreadPoolExecutor(8) as visitors:
                    visits = list(visitors.map(lambda asked: visit(port, asked), NUMBERS))
            finally:
                server.terminate()
                try:
                    server.wait(LIMIT)
                finally:
                    server.kill()
    assert {loaded_in for loaded_in, _, _ in visits} == {server.pid}
    workers = {asked: worker for _, worker, asked in visits} | {1: server.pid}
    assert server.pid not in {worker for _, worker, _ in visits}
    users: dict[int, set[int]] = {}
    for request in emulator.requests():
        asked = number(dict(request["form"])["scope"].split(","))
        users.setdefault(request["connection"], set()).add(workers[asked])
    assert [pids for pids in users.values() if len(pids) > 1] == []
    assert len(emulator.requests()) == len(NUMBERS) + 1
