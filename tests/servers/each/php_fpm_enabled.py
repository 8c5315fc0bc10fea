"""php-fpm behind nginx with `ffi.enable=1`; and what users read where it is not set."""

from __future__ import annotations

from harness import web
from harness.report import Report

from ..ground import Ground
from ..languages.php import ENABLED, install, start_fpm, start_nginx

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
    answer = web.request("GET", f"{start_nginx(ground)}?scope=ads:read")
    told = all(word in answer.text for word in ("ffi.enable", "pinterest-oauth-preload", "ffi.enable=1"))
    good = told and answer.status == 500
    report.verdict("where PHP forbids FFI, the error says what to set", "" if good else answer.text)
