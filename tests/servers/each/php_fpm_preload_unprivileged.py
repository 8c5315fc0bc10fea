"""php-fpm without root: the master itself preloads the package and calls, then forks."""

from __future__ import annotations

from harness.report import Report

from ..ground import Ground
from ..languages.php import (
    install,
    only_the_package_may_use_ffi,
    recipe,
    start_fpm,
    start_nginx,
    with_own_preload,
    without_a_home_the_error_says_what_to_set,
)

ABOUT = "PHP under php-fpm and nginx, preloaded and used in the master itself"
FORKS = True
PRELOADS = True
REPLACES_WORKERS = True
LOGS = {"fpm.log", "nginx-access.log", "nginx-error.log"}


def start(ground: Ground) -> str:
    """The application's preload script requires the package's, and calls."""
    install(ground)
    settings = with_own_preload(ground, recipe(ground))
    master = ground.write("master.pid", "")
    master.chmod(0o666)
    start_fpm(ground, settings, unprivileged=True, MASTER_FILE=str(master))
    return start_nginx(ground)


def further(ground: Ground, report: Report) -> None:
    """Other scripts stay without FFI, and a pool without a user has no home."""
    url = start(ground)
    only_the_package_may_use_ffi(url, report)
    without_a_home_the_error_says_what_to_set(url, report)
