"""The one environment of programs under test: nothing of the machine's steers a client, a tool or an interpreter."""

from __future__ import annotations

import os

STEERING = ("PINTEREST_", "SSL_CERT_", "PYTHON", "RUST_", "NODE_", "SCHEMATHESIS_")
DROPPED = {"REQUEST_METHOD", "VIRTUAL_ENV", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}


def clean(**more: str) -> dict[str, str]:
    """This process's environment without what steers, and with `more`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(STEERING) and name not in DROPPED and not name.upper().endswith("_PROXY")
    }
    return {**kept, **more}


def users(**more: str) -> dict[str, str]:
    """This process's environment as it is: for what builds and fetches, which may need a proxy or authorities."""
    return {**os.environ, **more}
