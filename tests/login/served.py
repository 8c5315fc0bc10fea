"""The example apps of the languages: how each is started, with several workers behind one address."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from harness import web
from harness.beside import Beside
from harness.failure import Failed, NotRun, demand
from harness.places import BINDINGS, LIBRARY, PYTHON, ROOT
from harness.program import succeed

from .world import World, free_port

EXAMPLES = ROOT / "examples"
SYMFONY = BINDINGS / "php-symfony"
FRAMEWORK = Path("/usr/share/php/Symfony/Bundle/FrameworkBundle/autoload.php")
WORKERS = 3
PHP = ("php", "-d", "ffi.enable=1", "-S")
# What is not in the README of Symfony's bundle: the page at which its login ends is its PinsController.
ROUTES = "shop:\n    path: /shops/{shop}\n    controller: App\\Controller\\PinsController\n"
SERVICES = "    App\\Controller\\PinsController: { autowire: true, tags: [controller.service_arguments] }\n"


@dataclass(frozen=True)
class Example:
    """`start` prepares a folder, and gives the command that listens on a port of 127.0.0.1.

    A login begins at `begin` and ends at `next`, which says `greets` to who is logged in. Where `account` is empty, each
    visitor has an account of his own.
    """

    start: Callable[[Path, int], list[str | Path]]
    begin: str = "/login?next=/%3Ftab%3D2"
    next: str = "/?tab=2"
    callback: str = "callback"
    greets: str = "You are logged in."
    account: str = ""


def program(name: str) -> str:
    """Where it is; the check is not run where it is not there."""
    if not (found := shutil.which(name)):
        raise NotRun(f"no {name}")
    return found


def module(*names: str) -> None:
    """The check is not run where a Python module is missing."""
    for name in names:
        if importlib.util.find_spec(name) is None:
            raise NotRun(f"no {name}")


def start_flask(_: Path, port: int) -> list[str | Path]:
    """Under gunicorn."""
    module("flask", "gunicorn")
    place = ["--chdir", EXAMPLES / "python", "--bind", f"127.0.0.1:{port}"]
    return [PYTHON, "-B", "-m", "gunicorn", "--workers", f"{WORKERS}", "--threads", "4", *place, "flask_app:app"]


def start_starlette(_: Path, port: int) -> list[str | Path]:
    """Under uvicorn."""
    module("starlette", "uvicorn", "itsdangerous")
    place = ["--app-dir", EXAMPLES / "python", "--host", "127.0.0.1", "--port", f"{port}"]
    quiet = ["--log-level", "warning"]
    return [PYTHON, "-B", "-m", "uvicorn", "--workers", f"{WORKERS}", *quiet, *place, "starlette_app:app"]


def start_psgi(_: Path, port: int) -> list[str | Path]:
    """Under Starman, which loads it before it forks."""
    place = f"--listen=127.0.0.1:{port}"
    return [program("starman"), "--preload-app", f"--workers={WORKERS}", place, EXAMPLES / "perl" / "login.psgi"]


def start_php(_: Path, port: int) -> list[str | Path]:
    """Under PHP's own server."""
    _php()
    return [*PHP, f"127.0.0.1:{port}", EXAMPLES / "php" / "web" / "index.php"]


def start_symfony(folder: Path, port: int) -> list[str | Path]:
    """The two pages of the bundle's README in a kernel for each request, under PHP's own server."""
    _php()
    if not FRAMEWORK.exists():
        raise NotRun("no php-symfony-framework-bundle")
    readme = (SYMFONY / "README.md").read_text(encoding="utf-8")
    found = dict(re.findall(r"^```(?:php|yaml)\n(?://|#) (\S+)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL))
    controllers = ("PinsController", "PinterestLoginController")
    files = {f"src/App/Controller/{name}.php": f"<?php\n{found[f'src/Controller/{name}.php']}" for name in controllers}
    tokens = "config/packages/pinterest_tokens.yaml"
    files[tokens] = found[tokens]
    files["config/routes.yaml"] = found["config/routes/pinterest_login.yaml"] + ROUTES
    files["config/services.yaml"] = found["config/services/pinterest_login.yaml"] + SERVICES
    for name, text in files.items():
        file = folder / "project" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [*PHP, f"127.0.0.1:{port}", SYMFONY / "tests" / "App" / "public" / "index.php"]


def start_node(folder: Path, _: int) -> list[str | Path]:
    """With node:cluster, and the npm package beside it."""
    node, package = program("node"), BINDINGS / "node"
    demand((package / "dist").exists(), "the package is not built: node bindings/node/scripts/prepare.mjs")
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "pinterest-oauth").symlink_to(package)
    shutil.copy(EXAMPLES / "node" / "web.mjs", folder)
    return [node, folder / "web.mjs"]


def _php() -> None:
    if "FFI" not in succeed([program("php"), "-m"]).split():
        raise NotRun("no FFI in php")


class Served:
    """An example that runs in a world, for `with`; with `own_port` it is behind a proxy that has the world's port."""

    def __init__(self, world: World, example: Example, own_port: int | None = None) -> None:
        self.world, self.example = world, example
        self.origin = world.redirect_uri.removesuffix(f"/{example.callback}")
        port = own_port or world.port
        command = example.start(world.folder, port)
        environment = world.environment(
            REDIRECT_URI=world.redirect_uri,
            PINTEREST_REDIRECT_URI=world.redirect_uri,
            SECRET_KEY="of the session",
            PORT=str(port),
            PINTEREST_OAUTH_LIBRARY=str(LIBRARY),
            PERL5LIB=str(BINDINGS / "perl" / "lib"),
            PHP_CLI_SERVER_WORKERS=str(WORKERS),
            APP_PROJECT=str(world.folder / "project"),
            APP_VAR=str(world.folder / "var"),
        )
        self._beside = Beside(command, env=environment, folder=world.folder)
        try:
            self._beside.until(lambda: _answers(port), "answered")
            demand(self._workers() >= WORKERS, f"{self._workers()} processes serve it")
        except BaseException:
            self._beside.kill()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.kill()
        log = self._beside.output + self._beside.errors
        # The lines of requests are the server's own.
        self.world.seen["the log"] = "\n".join(line for line in log.splitlines() if "GET /" not in line)

    def _workers(self) -> int:
        """How many processes it has forked."""
        found = 0
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                with contextlib.suppress(OSError):
                    # Its fields after the name: state, parent, group.
                    group = (process / "stat").read_text().rpartition(")")[2].split()[2]
                    found += int(group) == self._beside.pid != int(process.name)
        return found


def _answers(port: int) -> bool:
    with contextlib.suppress(Failed):
        return web.request("GET", f"http://127.0.0.1:{port}/").status < 500
    return False


class Proxy:
    """nginx, which ends TLS at a world's port and hands on to `port`, for `with`."""

    def __init__(self, world: World) -> None:
        nginx, openssl = program("nginx"), program("openssl")
        self.port = free_port()
        folder = world.folder / "proxy"
        folder.mkdir()
        made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
        succeed([openssl, *made, "-keyout", "key.pem", "-out", "certificate.pem"], folder=folder)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        config = folder / "nginx.conf"
        config.write_text(
            f"""
daemon off; pid {folder}/pid; error_log stderr;
events {{}}
http {{
  access_log off; {folders}
  server {{
    listen 127.0.0.1:{world.port} ssl;
    ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    location / {{ proxy_pass http://127.0.0.1:{self.port}; proxy_set_header Host $http_host; }}
  }}
}}
""",
            encoding="utf-8",
        )
        self._beside = Beside([nginx, "-e", "stderr", "-c", config], folder=folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.kill()


FLASK = Example(start_flask)
STARLETTE = Example(start_starlette)
_SHOP = {"begin": "/login", "next": "/status", "greets": "The account is ready: ", "account": "shop-42"}
PSGI = Example(start_psgi, **_SHOP)
PLAIN_PHP = Example(start_php, **_SHOP)
NODE = Example(start_node, greets="Logged in: ", account="default")
APP_OF_SYMFONY = Example(
    start_symfony,
    begin="/shops/shop-42/pinterest",
    next="/shops/shop-42",
    callback="pinterest/callback",
    greets="a token of ",
    account="shop-42",
)
