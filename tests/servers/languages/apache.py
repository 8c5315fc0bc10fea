"""Apache in the foreground, with few workers."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ..ground import Ground

MODULES = "/usr/lib/apache2/modules"
WORKERS = 3
USER = "www-data"


def start_apache(ground: Ground, environment: Mapping[str, str], modules: list[str], site: str) -> str:
    """With these modules, such as `env` or `php:libphp8.2`, and this site; the address of the application."""
    folder = ground.folder
    named = [module.partition(":") for module in ("mpm_prefork", "authz_core", *modules)]
    loaded = "\n".join(
        f"LoadModule {name}_module {MODULES}/{file or f'mod_{name}'}.so" for name, _, file in named
    )
    config = ground.write(
        "apache.conf",
        f"""
{loaded}
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
<Directory {folder}>
  Require all granted
</Directory>
{site}
""",
    )
    ground.start(["apache2", "-D", "FOREGROUND", "-f", config], environment)
    return ground.url
