"""The gateway from its callers' side: our clients in every language, and programs that others wrote."""

from __future__ import annotations

from harness.report import Report

from ..ground import Ground
from ..holds import TOKEN
from ..languages.symfony import HASH, PASSWORD
from . import clients, oracles

LIMIT_OF_LOG = 200


def check(ground: Ground, url: str, report: Report) -> None:
    """Everything that asks the gateway, and what its logs say afterwards."""
    base_url = f"{url}v5"
    folder = ground.folder / "callers"
    folder.mkdir(mode=0o700)
    clients.check(ground, base_url, folder, report)
    oracles.check(ground, base_url, folder, report)
    report.verdict("no secret of anybody is in a log of the gateway", _leaks(ground))


def _leaks(ground: Ground) -> str:
    secrets = [ground.emulator.app_secret.encode(), PASSWORD.encode(), HASH.encode()]
    texts = ground.texts()
    if b"asked for by shop" not in texts["fpm.log"]:
        return f"the log does not say who asked: {texts['fpm.log'][-LIMIT_OF_LOG:]!r}"
    found = [
        name
        for name, text in texts.items()
        if TOKEN.search(text) or any(secret in text for secret in secrets)
    ]
    return f"found in {', '.join(found)}" if found else ""
