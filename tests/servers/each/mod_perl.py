"""Apache with mod_perl 2 (prefork); the application is loaded in the master."""

from __future__ import annotations

from ..ground import Ground
from ..languages.perl import start_apache

ABOUT = "Perl under Apache's mod_perl 2, prefork"
FORKS = True
PRELOADS = True
REPLACES_WORKERS = True
LOGS = {"apache-error.log", "apache-access.log"}
SITE = """PerlModule ModPerlApplication
<Location />
  SetHandler modperl
  PerlResponseHandler ModPerlApplication
</Location>"""


def start(ground: Ground) -> str:
    """Apache in the foreground."""
    return start_apache(ground, ["mpm_prefork", "authz_core", "env", "perl"], SITE)
