"""PHP's own web server, with workers."""

from __future__ import annotations

from ..ground import Ground
from ..languages.php import WORKERS, install

ABOUT = "PHP under php -S"
FORKS = True
PRELOADS = False
REPLACES_WORKERS = False
LOGS = {"php.log"}


def start(ground: Ground) -> str:
    """Other than the plain command line it needs `ffi.enable=1`."""
    install(ground)
    command = ["php", "-d", "ffi.enable=1", "-S", f"127.0.0.1:{ground.port}", "-t", str(ground.folder)]
    ground.start(command, {"PHP_CLI_SERVER_WORKERS": str(WORKERS)})
    return f"{ground.url}index.php"
