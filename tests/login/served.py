"""An example app that runs with several workers behind one address, and a proxy that ends TLS."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Self

from harness import web
from harness.beside import Beside
from harness.failure import Failed, quoted
from harness.places import BINDINGS, LIBRARY
from harness.ports import free_port
from harness.program import succeed

from .examples import WORKERS, Example, program
from .world import World


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
            self._beside.until(lambda: self._workers() >= WORKERS, f"was served by {WORKERS} processes")
        except BaseException:
            self._beside.kill()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, problem: BaseException | None, *__: object) -> None:
        self._beside.kill()
        log = self._beside.output + self._beside.errors
        # The lines of requests are those of PHP's own server.
        self.world.seen["the log"] = "\n".join(line for line in log.splitlines() if "]: GET /" not in line)
        if isinstance(problem, Failed):
            raise Failed(f"{problem}; the app said:\n{quoted(log)}") from None

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
