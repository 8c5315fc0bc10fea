"""What holds for every server, over http and over TLS."""

from __future__ import annotations

import base64
import os
import re
import signal
import time
from contextlib import closing
from types import ModuleType
from typing import Any

from support.askers import number
from support.emulator import Emulator
from support.report import Report

from .ground import PATIENCE, Ground, ServerFailed
from .visits import MASTERS_OWN, Visit, visit, visit_all

FIRST = range(2, 202)
LATER = range(300, 340)
TOKEN = re.compile(rb"pin[acr][._][A-Za-z0-9._-]{16}")


def check(server: ModuleType, emulator: Emulator, report: Report) -> None:
    """Runs one server twice; its own further checks after that."""
    for scheme in ("http", "https"):
        emulator.control("POST", "/reset")
        with closing(Ground(emulator, scheme == "https")) as ground:
            try:
                _visited(server, ground, report, scheme)
            except (ServerFailed, OSError) as problem:
                report.bad(f"{scheme}: {problem}; the logs say: {ground.tail()}")
    if hasattr(server, "further"):
        emulator.control("POST", "/reset")
        with closing(Ground(emulator, https=False)) as ground:
            try:
                server.further(ground, report)
            except (ServerFailed, OSError) as problem:
                report.bad(f"{problem}; the logs say: {ground.tail()}")


def _visited(server: ModuleType, ground: Ground, report: Report, scheme: str) -> None:
    url: str = server.start(ground)
    visits = visit_all(url, FIRST)
    report.good(f"{scheme}: {len(visits)} visitors, eight at once, get their own answers")
    workers = {seen.worker for seen in visits}
    if server.FORKS:
        report.verdict(
            f"{scheme}: several processes answer", "" if len(workers) > 1 else "only one process answered"
        )
    if server.PRELOADS:
        report.verdict(f"{scheme}: the master used the library before it forked", _not_preloaded(visits))
    if server.REPLACES_WORKERS:
        visits += _replace(url, workers)
        report.good(
            f"{scheme}: the master goes on: a worker that is killed is replaced, and the new one answers"
        )
    requests = ground.emulator.control("GET", "/requests")["requests"]
    report.verdict(
        f"{scheme}: no connection is used by two processes", _shared(requests, visits, server.PRELOADS)
    )
    texts = ground.texts()
    report.verdict(
        f"{scheme}: no secret in {', '.join(sorted(server.LOGS))} or a command line",
        _leaks(ground, texts, server.LOGS),
    )
    ground.stop()
    report.good(f"{scheme}: it ends when told")


def _not_preloaded(visits: list[Visit]) -> str:
    masters = {seen.master for seen in visits}
    if len(masters) != 1 or None in masters:
        return f"the application was loaded in {masters}"
    return "the master answered itself" if masters & {seen.worker for seen in visits} else ""


def _replace(url: str, workers: set[int]) -> list[Visit]:
    """Kills a worker; the visits until a process that was not there before answers."""
    os.kill(min(workers), signal.SIGKILL)
    seen: list[Visit] = []
    end = time.monotonic() + PATIENCE
    for asker in range(LATER.start, 2**14):
        try:
            seen.append(visit(url, asker))
        except (OSError, ServerFailed) as problem:
            if isinstance(problem, ServerFailed) and "got the answer of" in str(problem):
                raise
        if seen and seen[-1].worker not in workers:
            return seen
        if time.monotonic() > end:
            break
    raise ServerFailed("no new process answers after one was killed")


def _shared(requests: list[dict[str, Any]], visits: list[Visit], preloads: bool) -> str:
    process = {seen.asker: seen.worker for seen in visits}
    if preloads:
        process[MASTERS_OWN] = 0
    users: dict[int, set[int]] = {}
    for request in requests:
        asker = number(dict(request["form"])["scope"].split(","))
        if asker in process:
            users.setdefault(request["connection"], set()).add(process[asker])
    if len([asker for asker in process if asker in FIRST]) != len(FIRST) or len(users) < 2:
        return f"the emulator saw {len(requests)} requests on {len(users)} connections"
    shared = [sorted(pids) for pids in users.values() if len(pids) > 1]
    return f"processes {shared} used the same connections" if shared else ""


def _leaks(ground: Ground, texts: dict[str, bytes], logs: set[str]) -> str:
    if missing := logs - texts.keys():
        return f"there is no {', '.join(sorted(missing))}"
    facts = ground.emulator.facts
    secret = str(facts["app_secret"]).encode()
    basic = base64.b64encode(str(facts["app_id"]).encode() + b":" + secret)
    places = [name for name, text in texts.items() if secret in text or basic in text or TOKEN.search(text)]
    return f"found in {', '.join(places)}" if places else ""
