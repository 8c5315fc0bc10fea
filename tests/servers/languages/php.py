"""What the PHP servers share: the package as users install it, php-fpm, nginx, and the settings of both."""

from __future__ import annotations

import json
import os
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import quote

from harness import web
from harness.environment import clean
from harness.places import BINDINGS, LIBRARY, TARGET, TESTS
from harness.program import succeed
from harness.report import Report

from ..ground import Ground

PAGES = TESTS / "servers" / "php"
BUILT = TARGET / "servers-php"
WORKERS = 3
USER = "www-data"
ENABLED = "ffi.enable = 1\n"


def php_version() -> str:
    """Such as 8.2, which is in the names of Debian's programs."""
    return succeed(["php", "-r", "echo PHP_MAJOR_VERSION, '.', PHP_MINOR_VERSION;"])


@cache
def _package() -> Path:
    """The package with the library inside, built once a run."""
    composer = clean(COMPOSER_ALLOW_SUPERUSER="1", COMPOSER_HOME=str(BUILT))
    succeed([BINDINGS / "php" / "package.sh", BUILT, LIBRARY], env=composer)
    return BUILT / "pinterest-oauth"


def install(ground: Ground) -> None:
    """The package and the pages, for every user to read."""
    shutil.copytree(_package(), ground.folder / "pinterest-oauth")
    for page in PAGES.glob("*.php"):
        ground.write(page.name, page.read_text(encoding="utf-8"))


def recipe(ground: Ground) -> str:
    """The settings that the package's own script prints: FFI for the preloaded package alone."""
    script = ground.folder / "pinterest-oauth" / "bin" / "pinterest-oauth-preload"
    settings = succeed(["php", script, ground.folder, USER])
    (ground.folder / "pinterest_oauth.h").chmod(0o644)
    return settings


def with_own_preload(ground: Ground, settings: str) -> str:
    """The same with the application's preload script, which requires the package's."""
    package = ground.folder / "pinterest-oauth" / "resources" / "preload.php"
    assert str(package) in settings
    return settings.replace(str(package), str(ground.folder / "preload.php"))


def ini(ground: Ground, settings: str) -> dict[str, str]:
    """The environment in which PHP reads these settings after the system's own."""
    ground.write("conf.d/90-pinterest-oauth.ini", settings)
    return {"PHP_INI_SCAN_DIR": f":{ground.folder / 'conf.d'}"}


def start_fpm(ground: Ground, settings: str, *, unprivileged: bool = False, **environment: str) -> None:
    """php-fpm on a socket in the folder. Unprivileged: the master is no root either."""
    socket_path = ground.folder / "run" / "fpm.sock"
    socket_path.parent.mkdir()
    log = ground.write("fpm.log", "")
    # As where the pool's user has none, on every machine: what is no path is no home.
    pool = {**ground.settings, "HOME": "none"}
    lines = [f'env[{name}] = "{value}"' for name, value in pool.items()]
    root = os.geteuid() == 0
    if root:
        shutil.chown(socket_path.parent, USER, USER)
        shutil.chown(log, USER, USER)
    if root and not unprivileged:
        lines += [f"user = {USER}", f"group = {USER}", f"listen.owner = {USER}", f"listen.group = {USER}"]
    config = ground.write(
        "fpm.conf",
        "\n".join(
            [
                "[global]",
                f"error_log = {log}",
                "[www]",
                f"listen = {socket_path}",
                "pm = static",
                f"pm.max_children = {WORKERS}",
                "catch_workers_output = yes",
                *lines,
                "",
            ]
        ),
    )
    command = [f"php-fpm{php_version()}", "--nodaemonize", "--fpm-config", str(config)]
    if unprivileged and root:
        command = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]
    ground.start(command, {**ini(ground, settings), **environment}, socket_path)


LOCATIONS = """
location / {
  fastcgi_pass unix:FOLDER/run/fpm.sock;
  fastcgi_param SCRIPT_FILENAME FOLDER/index.php;
  fastcgi_param QUERY_STRING $query_string;
  fastcgi_param REQUEST_METHOD $request_method;
}
location = /manager {
  fastcgi_pass unix:FOLDER/run/fpm.sock;
  fastcgi_param SCRIPT_FILENAME FOLDER/manager.php;
  fastcgi_param QUERY_STRING $query_string;
  fastcgi_param REQUEST_METHOD $request_method;
}
location = /other {
  fastcgi_pass unix:FOLDER/run/fpm.sock;
  fastcgi_param SCRIPT_FILENAME FOLDER/other.php;
  fastcgi_param REQUEST_METHOD $request_method;
}
"""


def start_nginx(ground: Ground, locations: str = LOCATIONS) -> str:
    """nginx in front of php-fpm; the address of the application. FOLDER in its locations is the ground's."""
    folder = ground.folder
    temporary = "\n".join(
        f"  {kind}_temp_path {folder}/nginx/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx").mkdir()
    config = ground.write(
        "nginx.conf",
        f"""
{f"user {USER};" if os.geteuid() == 0 else ""}
daemon off;
pid {folder}/nginx/pid;
error_log {folder}/nginx-error.log;
events {{}}
http {{
  access_log {folder}/nginx-access.log;
{temporary}
  server {{
    listen 127.0.0.1:{ground.port} backlog=256;
    {locations.replace("FOLDER", str(folder))}
  }}
}}
""",
    )
    ground.start(["nginx", "-e", str(folder / "nginx-error.log"), "-c", str(config)])
    return ground.url


def only_the_package_may_use_ffi(url: str, report: Report) -> None:
    """With the recipe, a script that is not preloaded may not use FFI."""
    answer = web.request("GET", f"{url}other")
    good = answer.status == 200 and answer.text.startswith("refused:") and "ffi.enable" in answer.text
    report.verdict("other scripts may not use FFI", "" if good else f"{answer.status} {answer.text}")


def requests_share_what_their_process_knows(ground: Ground, url: str, report: Report) -> None:
    """A manager that each request makes anew finds the token in its worker, without the disk."""
    store = ground.folder / "run" / "tokens"
    page = f"{url}manager?store={quote(str(store))}"
    first = json.loads(web.request("GET", f"{page}&code={ground.emulator.code()}").text)
    seen: dict[int, list[bool]] = {first.get("worker", 0): [first.get("known", False)]}
    tokens = {first.get("token")}
    for _ in range(20 * WORKERS):
        answer = json.loads(web.request("GET", page).text)
        seen.setdefault(answer.get("worker", 0), []).append(answer.get("known", False))
        tokens.add(answer.get("token"))
    good = len(tokens) == 1 and None not in tokens and all(all(known[1:]) for known in seen.values())
    good = good and any(len(known) > 1 for known in seen.values())
    problem = f"workers knew the token {seen}, of {len(tokens)} tokens"
    report.verdict("a manager made anew finds what its process knows", "" if good else problem)
    store.rename(store.with_name("away"))
    # A worker that was not asked before has nothing to find.
    last = json.loads(web.request("GET", page).text)
    kept = last.get("token") in tokens if last.get("worker") in seen else last.get("kind") is not None
    report.verdict("it does not touch the disk for it", "" if kept else str(last))


def without_a_home_the_error_says_what_to_set(url: str, report: Report) -> None:
    """php-fpm clears the environment."""
    answer = web.request("GET", f"{url}manager")
    told = "nor is PINTEREST_OAUTH_STORE in" in answer.text and answer.status == 500
    report.verdict(
        "without a home the error says what to set", "" if told else f"{answer.status} {answer.text}"
    )
