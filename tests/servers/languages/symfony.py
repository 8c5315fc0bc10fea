"""The Symfony application with the gateway, under php-fpm and nginx, as a company would run it."""

from __future__ import annotations

import os
import shutil

from harness.places import BINDINGS, TESTS

from ..ground import Ground
from .php import USER, install, recipe, start_fpm, start_nginx

BUNDLE = BINDINGS / "php-symfony"
PROJECT = TESTS / "servers" / "symfony"
CALLER = "shop"
# May ask for client_credentials and pins:read alone.
LIMITED = "reader"
PASSWORD = "a made-up+password%41"
# password_hash() of it; the cheapest, because made-up passwords need no protection.
HASH = "$2y$04$jCUBQ.tfMIVFahWU53zyaORXgPuVYpEQq6OgkGI2jLYOjDewmpZ4a"

# Pinterest's other operations go past the gateway, to Pinterest. TRACE, which nginx refuses by itself, does not.
LOCATIONS = """
location = /v5/user_account {
  proxy_pass UPSTREAM;
}
error_page 405 = @application;
location / {
  try_files "" @application;
}
location @application {
  fastcgi_pass unix:FOLDER/run/fpm.sock;
  fastcgi_param SCRIPT_FILENAME FOLDER/index.php;
  fastcgi_param SCRIPT_NAME /index.php;
  fastcgi_param REQUEST_URI $request_uri;
  fastcgi_param QUERY_STRING $query_string;
  fastcgi_param REQUEST_METHOD $request_method;
  fastcgi_param CONTENT_TYPE $content_type;
  fastcgi_param CONTENT_LENGTH $content_length;
  fastcgi_param SERVER_PROTOCOL $server_protocol;
  fastcgi_param REMOTE_ADDR $remote_addr;
}
"""


def install_application(ground: Ground) -> None:
    """The client, the bundle and the application, for every user to read."""
    install(ground)
    (ground.folder / "php").symlink_to("pinterest-oauth")
    for part in ("src", "config", "tests/App"):
        shutil.copytree(BUNDLE / part, ground.folder / "php-symfony" / part)
    shutil.copy(BUNDLE / "autoload.php", ground.folder / "php-symfony")
    shutil.copytree(PROJECT, ground.folder / "project")
    var = ground.folder / "var"
    var.mkdir()
    if os.geteuid() == 0:
        shutil.chown(var, USER, USER)
    ground.write("index.php", _entry(ground))


def _entry(ground: Ground) -> str:
    settings = {
        "APP_PROJECT": str(ground.folder / "project"),
        "APP_VAR": str(ground.folder / "var"),
        "SHOP_PASSWORD_HASH": HASH,
    }
    lines = "".join(f"$_SERVER['{name}'] = '{value}';\n" for name, value in settings.items())
    front = ground.folder / "php-symfony" / "tests" / "App" / "public" / "index.php"
    return f"<?php\n{lines}require '{front}';\n"


def start_application(ground: Ground) -> str:
    """FFI for the preloaded client alone; the address of the application."""
    install_application(ground)
    start_fpm(ground, recipe(ground))
    return start_nginx(ground, LOCATIONS.replace("UPSTREAM", ground.emulator.root_url))
