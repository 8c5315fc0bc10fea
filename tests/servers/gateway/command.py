"""The command `pinterest-oauth`, asked as a conformance driver is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.environment import clean
from harness.places import command
from harness.program import run

BY_ENVIRONMENT = {"code": "PINTEREST_CODE", "refresh_token": "PINTEREST_REFRESH_ACCESS_TOKEN"}
CALLS = {"oauth_token": "token"}


class Command:
    """One process a call; all but the grant and its scope goes by the environment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def call(self, operation: str, config: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        """`{"ok": document}` or `{"error": document}`."""
        options = ["--json"]
        environment = {
            "PINTEREST_API_URI": config["base_url"],
            "PINTEREST_APP_ID": config["app_id"],
            "PINTEREST_APP_SECRET": config["app_secret"],
        }
        for name, value in request.items():
            if name in BY_ENVIRONMENT:
                environment[BY_ENVIRONMENT[name]] = value
            elif name != "grant_type":
                options += [f"--{name.replace('_', '-')}", value]
        words = [command(), CALLS[operation], request["grant_type"], *options]
        ended = run(words, env=clean(**environment), folder=self._folder)
        if ended.code == 0:
            return {"ok": json.loads(ended.output)}
        return {"error": json.loads(ended.errors)}
