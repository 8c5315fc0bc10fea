"""Starman, with the application loaded before the workers are forked."""

from __future__ import annotations

from ..ground import Ground
from ..languages.perl import WORKERS, install

ABOUT = "Perl under Starman, --preload-app"
FORKS = True
PRELOADS = True
REPLACES_WORKERS = True
LOGS = {"starman.log"}


def start(ground: Ground) -> str:
    """Starman in the foreground."""
    environment = install(ground)
    command = ["starman", "--preload-app", f"--workers={WORKERS}", f"--listen=127.0.0.1:{ground.port}"]
    ground.start([*command, str(ground.folder / "perl" / "application.psgi")], environment)
    return ground.url
