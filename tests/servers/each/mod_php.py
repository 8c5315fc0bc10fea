"""Apache with mod_php (prefork), with FFI for the preloaded package alone."""

from __future__ import annotations

import os
from pathlib import Path

from harness.report import Report

from ..ground import Ground
from ..languages.php import USER, WORKERS, ini, install, only_the_package_may_use_ffi, php_version, recipe

ABOUT = "PHP under Apache's mod_php, FFI for the preloaded package alone"
FORKS = True
PRELOADS = False
REPLACES_WORKERS = True
LOGS = {"apache-error.log", "apache-access.log"}
MODULES = Path("/usr/lib/apache2/modules")


def start(ground: Ground) -> str:
    """The same settings as php-fpm's."""
    install(ground)
    settings = recipe(ground)
    folder = ground.folder
    config = ground.write(
        "apache.conf",
        f"""
LoadModule mpm_prefork_module {MODULES}/mod_mpm_prefork.so
LoadModule authz_core_module {MODULES}/mod_authz_core.so
LoadModule alias_module {MODULES}/mod_alias.so
LoadModule php_module {MODULES}/libphp{php_version()}.so
ServerName 127.0.0.1
Listen 127.0.0.1:{ground.port}
PidFile {folder}/apache.pid
DefaultRuntimeDir {folder}
{f"User {USER}" if os.geteuid() == 0 else ""}
{f"Group {USER}" if os.geteuid() == 0 else ""}
StartServers {WORKERS}
MinSpareServers {WORKERS}
MaxSpareServers {WORKERS + 1}
MaxRequestWorkers {WORKERS}
KeepAlive Off
ErrorLog {folder}/apache-error.log
LogFormat "%r %>s" short
CustomLog {folder}/apache-access.log short
DocumentRoot {folder}
Alias /other {folder}/other.php
<Directory {folder}>
  Require all granted
  SetHandler application/x-httpd-php
</Directory>
AliasMatch "^/$" {folder}/index.php
""",
    )
    ground.start(["apache2", "-D", "FOREGROUND", "-f", str(config)], ini(ground, settings))
    return ground.url


def further(ground: Ground, report: Report) -> None:
    """Other scripts stay without FFI."""
    only_the_package_may_use_ffi(start(ground), report)
