"""The environment of a program under test."""

from __future__ import annotations

import os

DROPPED = {"SSL_CERT_FILE", "SSL_CERT_DIR", "REQUEST_METHOD", "RUST_BACKTRACE"}


def clean_environment() -> dict[str, str]:
    """This environment without what a client would read from it."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in DROPPED and not name.upper().endswith("_PROXY") and not name.startswith("PINTEREST_")
    }
