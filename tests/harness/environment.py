"""The one environment of programs under test: nothing of the machine's steers a client, a tool or an interpreter."""

from __future__ import annotations

import os

# What leads to a proxy, or adds authorities: programs under test must not see it, package managers may need it.
TRUST = {"SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}
STEERING = ("PINTEREST_", "PYTHON", "RUST_", "NODE_", "SCHEMATHESIS_")
DROPPED = {"REQUEST_METHOD", "VIRTUAL_ENV"}
# Under such a name `for_suites` hands the former on, for `users`.
USERS = "USERS_"


def clean(**more: str) -> dict[str, str]:
    """This process's environment without what steers, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if not _steers(name)}
    return {**kept, **more}


def users(**more: str) -> dict[str, str]:
    """The user's own environment, with `more`: for what builds and fetches."""
    handed_on = {
        name.removeprefix(USERS): value for name, value in os.environ.items() if name.startswith(USERS)
    }
    return {**os.environ, **handed_on, **more}


def for_suites(**more: str) -> dict[str, str]:
    """The cleaned environment of a suite, in which `users` still finds what builds need."""
    return clean(**{USERS + name: value for name, value in os.environ.items() if _fetches(name)}, **more)


def _fetches(name: str) -> bool:
    return name in TRUST or name.upper().endswith("_PROXY")


def _steers(name: str) -> bool:
    return _fetches(name) or name in DROPPED or name.startswith((*STEERING, USERS))
