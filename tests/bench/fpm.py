"""Whole requests to php-fpm: one that asks the token manager, beside one that reads a file, and one that does nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from harness import web
from harness.emulator import Emulator
from harness.environment import clean
from harness.failure import Failed
from harness.places import BINDINGS
from harness.program import Command, run, succeed
from servers.ground import Ground
from servers.languages.php import ENABLED, WORKERS, recipe, start_fpm, start_nginx

from .bench import Bench, in_turn
from .figures import ratios, spread
from .places import BUILT, COMMAND, PROGRAMS, STAGE
from .table import Table

NOTHING, FILE = "nothing", "reads the token from a file"
CACHED, PRELOADED = "asks the token manager", "asks the token manager, preloaded"
PAGES = {NOTHING: "nothing", FILE: "file", CACHED: "cached"}
LOCATION = """
location = /PAGE {
  fastcgi_pass unix:FOLDER/run/fpm.sock;
  fastcgi_param SCRIPT_FILENAME FOLDER/PAGE.php;
  fastcgi_param QUERY_STRING $query_string;
  fastcgi_param REQUEST_METHOD $request_method;
}
"""
LIMIT = 600.0


def table(bench: Bench) -> Table:
    """Requests a second."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        folder.chmod(0o755)
        with bench.pinning.servers():
            emulator = running.enter_context(Emulator([COMMAND, "emulator"]))
            enabled, preloaded = (
                _ground(running, emulator, folder / name, preload=name == "preloaded")
                for name in ("enabled", "preloaded")
            )
        pages = {what: (enabled, page) for what, page in PAGES.items()} | {PRELOADED: (preloaded, "cached")}
        rates: dict[str, list[float]] = {what: [] for what in pages}
        for what, (ground, page) in pages.items():
            _rate(bench, ground, page, 10 * WORKERS)  # now every worker knows the token
        for number, what in in_turn(list(pages), bench.rounds):
            bench.say(f"php-fpm, round {number + 1} of {bench.rounds}: {what}")
            rates[what].append(_rate(bench, *pages[what], bench.calls))
    rows = [
        [what, f"{spread(each).median:.0f}", "" if what == FILE else ratios(each, rates[FILE]).shown()]
        for what, each in rates.items()
    ]
    return Table(
        title="PHP: a whole request to php-fpm",
        head=["", "requests/s", "of one that reads a file (range)"],
        rows=rows,
        notes=[
            f"{bench.rounds} rounds of {bench.calls} requests each, {WORKERS} at once, through nginx to {WORKERS} workers with opcache.",
            "Every request makes its manager anew. Preloaded is the recipe for php-fpm; otherwise ffi.enable=1, and each request",
            "reads the header.",
        ],
        figures=rates,
    )


def _ground(running: ExitStack, emulator: Emulator, folder: Path, *, preload: bool) -> Ground:
    """php-fpm behind nginx, whose user has logged in."""
    folder.mkdir()
    ground = Ground(emulator, folder, https=False)
    running.callback(ground.kill)
    ground.settings["PINTEREST_OAUTH_STORE"] = str(folder / "run" / "tokens")
    shutil.copytree(_package(), folder / "pinterest-oauth")
    for page in PAGES.values():
        ground.write(f"{page}.php", (PROGRAMS / "fpm" / f"{page}.php").read_text("utf-8"))
    ground.write("token.json", json.dumps(emulator.token() | {"expires_at": 4_000_000_000}))
    start_fpm(ground, recipe(ground) if preload else ENABLED)
    start_nginx(ground, "".join(LOCATION.replace("PAGE", page) for page in PAGES.values()))
    answer = web.request("GET", f"{ground.url}cached?code={emulator.code()}")
    if answer.status != 200:
        raise Failed(f"the page that logs in answered {answer.status}: {answer.text}{ground.tail()}")
    return ground


def _package() -> Path:
    """The package as users install it, with the optimised library."""
    built = BUILT / "php"
    composer = clean(COMPOSER_ALLOW_SUPERUSER="1", COMPOSER_HOME=str(built))
    succeed([BINDINGS / "php" / "package.sh", built, STAGE / "lib" / "libpinterest_oauth.so"], env=composer)
    return built / "pinterest-oauth"


def _rate(bench: Bench, ground: Ground, page: str, requests: int) -> float:
    request = f"GET /{page} HTTP/1.1\r\nhost: 127.0.0.1:{ground.port}\r\n\r\n"
    words: Command = [BUILT / "load", str(ground.port), str(WORKERS), str(requests)]
    with bench.pinning.clients():
        return float(run(words, given=request, limit=LIMIT).demand_success())
