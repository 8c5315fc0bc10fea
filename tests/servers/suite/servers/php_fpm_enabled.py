"""php-fpm behind nginx with `ffi.enable=1`; and what users read where it is not set."""

from __future__ import annotations

from support.report import Report

from ..ground import Ground
from ..php import ENABLED, install, start_fpm, start_nginx
from ..visits import get

ABOUT = "PHP under php-fpm and nginx, FFI for every script"
FORKS = True
PRELOADS = False
REPLACES_WORKERS = True
LOGS = {"fpm.log", "nginx-access.log", "nginx-error.log"}


def start(ground: Ground) -> str:
    """The library is found inside the package."""
    install(ground)
    start_fpm(ground, ENABLED)
    return start_nginx(ground)


def further(ground: Ground, report: Report) -> None:
    """PHP's default permits FFI to preloaded scripts alone."""
    install(ground)
    start_fpm(ground, "")
    status, text = get(f"{start_nginx(ground)}?scope=ads:read")
    told = all(word in text for word in ("ffi.enable", "pinterest-oauth-preload", "ffi.enable=1"))
    report.verdict(
        "where PHP forbids FFI, the error says what to set", "" if told and status == 500 else text
    )
