"""The gateway from its callers' side: our clients in every language, and programs that others wrote."""

from __future__ import annotations

import tempfile
from pathlib import Path

from support.report import Report

from ..check import TOKEN
from ..ground import Ground
from ..symfony import HASH, PASSWORD
from . import clients, oracles

LIMIT_OF_LOG = 200


def check(ground: Ground, url: str, report: Report) -> None:
    """Everything that asks the gateway, and what its logs say afterwards."""
    base_url = f"{url}v5"
    with tempfile.TemporaryDirectory(prefix="gateway-") as folder:
        clients.check(ground, base_url, Path(folder), report)
        oracles.check(ground, base_url, Path(folder), report)
    report.verdict("no secret of anybody is in a log of the gateway", _leaks(ground))


def _leaks(ground: Ground) -> str:
    secrets = [str(ground.emulator.facts["app_secret"]).encode(), PASSWORD.encode(), HASH.encode()]
    texts = ground.texts()
    if b"asked for by shop" not in texts["fpm.log"]:
        return f"the log does not say who asked: {texts['fpm.log'][-LIMIT_OF_LOG:]!r}"
    found = [
        name
        for name, text in texts.items()
        if TOKEN.search(text) or any(secret in text for secret in secrets)
    ]
    return f"found in {', '.join(found)}" if found else ""
