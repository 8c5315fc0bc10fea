"""Apache with mod_php (prefork), with FFI for the preloaded package alone."""

from __future__ import annotations

from harness.report import Report

from ..ground import Ground
from ..languages.apache import start_apache
from ..languages.php import ini, install, only_the_package_may_use_ffi, php_version, recipe

ABOUT = "PHP under Apache's mod_php, FFI for the preloaded package alone"
FORKS = True
PRELOADS = False
REPLACES_WORKERS = True
LOGS = {"apache-error.log", "apache-access.log"}


def start(ground: Ground) -> str:
    """The same settings as php-fpm's."""
    install(ground)
    folder = ground.folder
    site = f"""
Alias /other {folder}/other.php
AliasMatch "^/$" {folder}/index.php
<Directory {folder}>
  SetHandler application/x-httpd-php
</Directory>
"""
    modules = ["alias", f"php:libphp{php_version()}"]
    return start_apache(ground, ini(ground, recipe(ground)), modules, site)


def further(ground: Ground, report: Report) -> None:
    """Other scripts stay without FFI."""
    only_the_package_may_use_ffi(start(ground), report)
