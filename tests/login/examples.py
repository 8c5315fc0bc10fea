"""The example apps of the languages: how each is started, with several workers."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.failure import NotRun, demand
from harness.places import BINDINGS, PYTHON, ROOT
from harness.program import succeed

EXAMPLES = ROOT / "examples"
BUNDLE = BINDINGS / "php-symfony"
FRAMEWORK = Path("/usr/share/php/Symfony/Bundle/FrameworkBundle/autoload.php")
WORKERS = 3
Words = list[str | Path]
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

    start: Callable[[Path, int], Words]
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


def start_flask(_: Path, port: int) -> Words:
    """Under gunicorn."""
    module("flask", "gunicorn")
    place: Words = ["--chdir", EXAMPLES / "python" / "web", "--bind", f"127.0.0.1:{port}"]
    return [
        PYTHON,
        "-B",
        "-m",
        "gunicorn",
        "--workers",
        f"{WORKERS}",
        "--threads",
        "4",
        *place,
        "flask_app:app",
    ]


def start_starlette(_: Path, port: int) -> Words:
    """Under uvicorn."""
    module("starlette", "uvicorn", "itsdangerous")
    place: Words = ["--app-dir", EXAMPLES / "python" / "web", "--host", "127.0.0.1", "--port", f"{port}"]
    quiet = ["--log-level", "warning"]
    return [PYTHON, "-B", "-m", "uvicorn", "--workers", f"{WORKERS}", *quiet, *place, "starlette_app:app"]


def start_psgi(_: Path, port: int) -> Words:
    """Under Starman, which loads it before it forks."""
    place = f"--listen=127.0.0.1:{port}"
    return [
        program("starman"),
        "--preload-app",
        f"--workers={WORKERS}",
        place,
        EXAMPLES / "perl" / "login.psgi",
    ]


def start_php(_: Path, port: int) -> Words:
    """Under PHP's own server."""
    _php()
    return [*PHP, f"127.0.0.1:{port}", EXAMPLES / "php" / "web" / "index.php"]


def start_symfony(folder: Path, port: int) -> Words:
    """The two pages of the bundle's README in a kernel for each request, under PHP's own server."""
    _php()
    if not FRAMEWORK.exists():
        raise NotRun("no php-symfony-framework-bundle")
    readme = (BUNDLE / "README.md").read_text(encoding="utf-8")
    found = dict(
        re.findall(r"^```(?:php|yaml)\n(?://|#) (\S+)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    )
    controllers = ("PinsController", "PinterestLoginController")
    files = {
        f"src/App/Controller/{name}.php": f"<?php\n{found[f'src/Controller/{name}.php']}"
        for name in controllers
    }
    tokens = "config/packages/pinterest_tokens.yaml"
    files[tokens] = found[tokens]
    files["config/routes.yaml"] = found["config/routes/pinterest_login.yaml"] + ROUTES
    files["config/services.yaml"] = found["config/services/pinterest_login.yaml"] + SERVICES
    for name, text in files.items():
        file = folder / "project" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [*PHP, f"127.0.0.1:{port}", BUNDLE / "tests" / "App" / "public" / "index.php"]


def start_node(folder: Path, _: int) -> Words:
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


FLASK = Example(start_flask)
STARLETTE = Example(start_starlette)
_SHOP = {"begin": "/login", "next": "/status", "greets": "The account is ready: ", "account": "shop-42"}
PSGI = Example(start_psgi, **_SHOP)
PLAIN_PHP = Example(start_php, **_SHOP)
NODE = Example(start_node, greets="Logged in: ", account="default")
SYMFONY = Example(
    start_symfony,
    begin="/shops/shop-42/pinterest",
    next="/shops/shop-42",
    callback="pinterest/callback",
    greets="a token of ",
    account="shop-42",
)
