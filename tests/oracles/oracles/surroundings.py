"""The environment that every program here is given: nothing of the machine's may steer it."""

from __future__ import annotations

import os

STEERING = ("PINTEREST_", "SSL_CERT_", "PYTHON", "RUST_", "NODE_", "SCHEMATHESIS_")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "requests_ca_bundle", "curl_ca_bundle")


def clean_environment() -> dict[str, str]:
    """This process's environment without what steers a client, a test tool or an interpreter."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(STEERING) and name.lower() not in PROXIES and name != "VIRTUAL_ENV"
    }
