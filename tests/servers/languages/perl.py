"""What the Perl servers share: the module as it is when installed, the applications, and Apache."""

from __future__ import annotations

import os
import shutil

from harness.places import BINDINGS, LIBRARY, TESTS

from ..ground import Ground

APPLICATIONS = TESTS / "servers" / "perl"
WORKERS = 3
USER = "www-data"
PASSED = "PINTEREST_API_URI PINTEREST_APP_ID PINTEREST_APP_SECRET SSL_CERT_FILE PERL5LIB"
MODULES = "/usr/lib/apache2/modules"


def install(ground: Ground) -> dict[str, str]:
    """The module with the library beside it, and the applications; the environment that finds them."""
    folder = ground.folder / "perl"
    shutil.copytree(BINDINGS / "perl" / "lib", folder)
    beside = folder / "auto" / "Pinterest" / "OAuth"
    beside.mkdir(parents=True)
    shutil.copy(LIBRARY, beside / "libpinterest_oauth.so")
    for application in APPLICATIONS.iterdir():
        shutil.copy(application, folder)
    return {"PERL5LIB": str(folder)}


def start_apache(ground: Ground, modules: list[str], site: str) -> str:
    """Apache with these modules and this site; the address of the application."""
    environment = install(ground)
    folder = ground.folder
    loaded = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in modules]
    config = ground.write(
        "apache.conf",
        "\n".join(
            [
                *loaded,
                "ServerName 127.0.0.1",
                f"Listen 127.0.0.1:{ground.port}",
                f"PidFile {folder}/apache.pid",
                f"DefaultRuntimeDir {folder}",
                *([f"User {USER}", f"Group {USER}"] if os.geteuid() == 0 else []),
                f"StartServers {WORKERS}",
                f"MinSpareServers {WORKERS}",
                f"MaxSpareServers {WORKERS + 1}",
                f"MaxRequestWorkers {WORKERS}",
                "KeepAlive Off",
                f"ErrorLog {folder}/apache-error.log",
                'LogFormat "%r %>s" short',
                f"CustomLog {folder}/apache-access.log short",
                f"DocumentRoot {folder}",
                f"<Directory {folder}>",
                "  Require all granted",
                "</Directory>",
                f"PassEnv {PASSED}",
                site,
                "",
            ]
        ),
    )
    ground.start(["apache2", "-D", "FOREGROUND", "-f", str(config)], environment)
    return ground.url
