"""php-fpm behind nginx, as root, with FFI for the preloaded package alone: the recipe of the package."""

from __future__ import annotations

from harness.report import Report

from ..ground import Ground
from ..languages.php import (
    WORKERS,
    install,
    only_the_package_may_use_ffi,
    recipe,
    requests_share_what_their_process_knows,
    start_fpm,
    start_nginx,
)
from ..visits import visit_all

ABOUT = "PHP under php-fpm and nginx, FFI for the preloaded package alone"
FORKS = True
# As root, PHP preloads in a process of its own that ends before the workers are forked.
PRELOADS = False
REPLACES_WORKERS = True
LOGS = {"fpm.log", "nginx-access.log", "nginx-error.log"}


def start(ground: Ground) -> str:
    """With the settings that the package's own script prints."""
    install(ground)
    start_fpm(ground, recipe(ground))
    return start_nginx(ground)


def further(ground: Ground, report: Report) -> None:
    """Other scripts stay without FFI, and the next request finds the worker's connection, and its tokens."""
    url = start(ground)
    only_the_package_may_use_ffi(url, report)
    visits = visit_all(url, range(1, 101))
    connections = ground.emulator.record()["connections"]
    report.verdict(
        "connections outlive requests",
        "" if connections <= WORKERS else f"{len(visits)} requests made {connections} connections",
    )
    requests_share_what_their_process_knows(ground, url, report)
