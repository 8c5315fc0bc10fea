"""Apache with plain CGI: a program that is started for each request."""

from __future__ import annotations

from ..ground import Ground
from ..languages.apache import start_apache
from ..languages.perl import PASSED, install

ABOUT = "Perl as plain CGI under Apache's mod_cgi"
FORKS = True
PRELOADS = False
REPLACES_WORKERS = False
LOGS = {"apache-error.log", "apache-access.log"}


def start(ground: Ground) -> str:
    """The program is the whole site."""
    program = ground.folder / "perl" / "application.cgi"
    site = f'{PASSED}\nScriptAliasMatch "^/$" {program}'
    return start_apache(ground, install(ground), ["env", "alias", "cgi"], site)
