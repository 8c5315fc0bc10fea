"""What the Perl servers share: the module as it is when installed, and the applications."""

from __future__ import annotations

import shutil

from harness.places import BINDINGS, LIBRARY, TESTS

from ..ground import Ground

APPLICATIONS = TESTS / "servers" / "perl"
WORKERS = 3
# For Apache, which hands nothing on by itself.
PASSED = "PassEnv PINTEREST_API_URI PINTEREST_APP_ID PINTEREST_APP_SECRET SSL_CERT_FILE PERL5LIB"


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
