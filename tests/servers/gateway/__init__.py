"""The gateway from its callers' side: our clients in every language, and programs that others wrote."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from harness import web
from harness.emulator import REDIRECT_URI
from harness.report import Report

from ..ground import Ground
from ..holds import TOKEN
from ..languages.symfony import CALLER, HASH, PASSWORD
from . import clients, oracles

LIMIT_OF_LOG = 200
# A line for each request in the log of PHP, as Symfony's own logger writes it in production.
AUDITED = [
    rb"\[info\] Pinterest OAuth: shop 127\.0\.0\.1 client_credentials pins:read 200 - ok \d+",
    rb"\[info\] Pinterest OAuth: shop 127\.0\.0\.1 refresh_token - 401 283 refused \d+",
    rb"\[info\] Pinterest OAuth: reader 127\.0\.0\.1 refresh_token - 403 29 refused \d+",
    rb"\[info\] Pinterest OAuth: - 127\.0\.0\.1 - - 401 2 refused \d+",
]


def check(ground: Ground, url: str, report: Report) -> None:
    """Everything that asks the gateway, and what its logs say afterwards."""
    base_url = f"{url}v5"
    folder = ground.folder / "callers"
    folder.mkdir(mode=0o700)
    clients.check(ground, base_url, folder, report)
    oracles.check(ground, base_url, folder, report)
    report.verdict("a login goes on to Pinterest with the app's own id", _login(ground, base_url))
    report.verdict("every request leaves a line in the audit log", _audit(ground))
    report.verdict("no secret of anybody is in a log of the gateway", _leaks(ground))


def _login(ground: Ground, base_url: str) -> str:
    query = urlencode({"client_id": CALLER, "redirect_uri": REDIRECT_URI, "state": "made-up"})
    answer = web.request("GET", f"{base_url}/oauth/?{query}")
    address = answer.headers.get("location", "")
    expected = f"https://www.pinterest.com/oauth/?client_id={ground.emulator.app_id}&"
    return "" if answer.status == 302 and address.startswith(expected) else f"{answer.status} {address}"


def _audit(ground: Ground) -> str:
    log = ground.texts()["fpm.log"]
    lacking = [line for line in AUDITED if re.search(line, log) is None]
    return f"it lacks {lacking}: {log[-LIMIT_OF_LOG:]!r}" if lacking else ""


def _leaks(ground: Ground) -> str:
    secrets = [ground.emulator.app_secret.encode(), PASSWORD.encode(), HASH.encode()]
    texts = ground.texts()
    found = [
        name
        for name, text in texts.items()
        if TOKEN.search(text) or any(secret in text for secret in secrets)
    ]
    return f"found in {', '.join(found)}" if found else ""
