"""Symfony under php-fpm and nginx, with the bundle's gateway: who gets tokens from it, and how."""

from __future__ import annotations

from harness.report import Report

from ..gateway import check
from ..ground import Ground
from ..languages.symfony import start_application

ABOUT = "Symfony under php-fpm and nginx, FFI for the preloaded client alone"
FORKS = True
PRELOADS = False
REPLACES_WORKERS = True
LOGS = {"fpm.log", "nginx-access.log"}


def start(ground: Ground) -> str:
    """The application asks by the client of the bundle."""
    return start_application(ground)


def further(ground: Ground, report: Report) -> None:
    """The gateway, asked by programs that know nothing of it."""
    check(ground, start_application(ground), report)
