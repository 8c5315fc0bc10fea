"""The command `pinterest-oauth`, asked as a conformance driver is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from support.environment import clean_environment
from support.places import emulator_command

LIMIT = 60.0
BY_ENVIRONMENT = {"code": "PINTEREST_CODE", "refresh_token": "PINTEREST_REFRESH_ACCESS_TOKEN"}


class Command:
    """One process a call; all but the grant and its scope goes by the environment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def call(self, operation: str, config: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        """`{"ok": document}` or `{"error": document}`."""
        program = emulator_command()[0]
        options = ["--json"]
        environment = {
            **clean_environment(),
            "PINTEREST_API_URI": config["base_url"],
            "PINTEREST_APP_ID": config["app_id"],
            "PINTEREST_APP_SECRET": config["app_secret"],
        }
        for name, value in request.items():
            if name in BY_ENVIRONMENT:
                environment[BY_ENVIRONMENT[name]] = value
            elif name != "grant_type":
                options += [f"--{name.replace('_', '-')}", value]
        ran = subprocess.run(
            [program, operation, request["grant_type"], *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT,
            env=environment,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
        )
        if ran.returncode == 0:
            return {"ok": json.loads(ran.stdout)}
        return {"error": json.loads(ran.stderr)}
