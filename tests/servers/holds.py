"""What holds for every server, over http and over TLS."""

from __future__ import annotations

import os
import re
import signal
import time
from types import ModuleType
from typing import Any

from harness.failure import Failed
from harness.report import Report

from .askers import number
from .ground import PATIENCE, Ground
from .visits import MASTERS_OWN, OtherAnswer, Visit, visit, visit_all

FIRST = range(2, 202)
LATER = 300
TOKEN = re.compile(rb"pin[acr][._][A-Za-z0-9._-]{16}")


def visited(server: ModuleType, ground: Ground, report: Report, scheme: str) -> None:
    """Starts a server, and visits it as many do."""
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
    requests = ground.emulator.requests()
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
    for asker in range(LATER, 2**14):
        try:
            seen.append(visit(url, asker))
        except OtherAnswer:
            raise
        except Failed:
            pass  # the worker that was killed had taken this visitor
        if seen and seen[-1].worker not in workers:
            return seen
        if time.monotonic() > end:
            break
    raise Failed("no new process answers after one was killed")


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
    secret, basic = ground.emulator.app_secret.encode(), ground.emulator.basic.encode()
    places = [name for name, text in texts.items() if secret in text or basic in text or TOKEN.search(text)]
    return f"found in {', '.join(places)}" if places else ""
