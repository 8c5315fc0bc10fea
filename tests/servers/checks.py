"""One check for each module of `each`: what holds for every server, over http and over TLS, and what it adds."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType

from harness.check import Check
from harness.failure import Failed
from harness.session import Session

from . import each
from .ground import grounded
from .holds import visited


def checks() -> list[Check]:
    """A check for each server; its sentence is what is run."""
    names = sorted(module.name for module in pkgutil.iter_modules(each.__path__))
    modules = {name: importlib.import_module(f"{each.__name__}.{name}") for name in names}
    return [Check(name.replace("_", "-"), it.ABOUT, _of(name, it)) for name, it in modules.items()]


def _of(name: str, server: ModuleType) -> Callable[[Session], None]:
    def run(session: Session) -> None:
        report = session.report
        passed, failed = report.passed, len(report.failures)
        for scheme in ("http", "https"):
            try:
                with grounded(session, https=scheme == "https") as ground:
                    visited(server, ground, report, scheme)
            except Failed as problem:
                report.bad(f"{scheme}: {problem}")
        if hasattr(server, "further"):
            try:
                with grounded(session) as ground:
                    server.further(ground, report)
            except Failed as problem:
                report.bad(str(problem))
        held, broken = report.passed - passed, len(report.failures) - failed
        report.say(f"server {name:<29} {held} of {held + broken} checks hold   {server.ABOUT}")

    return run
