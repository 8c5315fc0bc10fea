"""Apache with plain CGI: a program that is started for each request."""

from __future__ import annotations

from ..ground import Ground
from ..languages.perl import start_apache

ABOUT = "Perl as plain CGI under Apache's mod_cgi"
FORKS = True
PRELOADS = False
REPLACES_WORKERS = False
LOGS = {"apache-error.log", "apache-access.log"}


def start(ground: Ground) -> str:
    """Apache in the foreground."""
    program = ground.folder / "perl" / "application.cgi"
    site = f'ScriptAliasMatch "^/$" {program}'
    return start_apache(ground, ["mpm_prefork", "authz_core", "env", "alias", "cgi"], site)
