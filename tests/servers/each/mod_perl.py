"""Apache with mod_perl 2 (prefork); the application is loaded in the master."""

from __future__ import annotations

from ..ground import Ground
from ..languages.apache import start_apache
from ..languages.perl import PASSED, install

ABOUT = "Perl under Apache's mod_perl 2, prefork"
FORKS = True
PRELOADS = True
REPLACES_WORKERS = True
LOGS = {"apache-error.log", "apache-access.log"}
SITE = f"""{PASSED}
PerlModule ModPerlApplication
<Location />
  SetHandler modperl
  PerlResponseHandler ModPerlApplication
</Location>"""


def start(ground: Ground) -> str:
    """The module answers every request."""
    return start_apache(ground, install(ground), ["env", "perl"], SITE)
