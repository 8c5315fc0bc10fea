"""Schemathesis drives the emulator with the excerpt: what it makes up is answered as the description says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from harness.emulator import REDIRECT_URI, Emulator
from harness.environment import clean
from harness.failure import demand, quoted
from harness.program import run

from .. import document, install
from ..session import OracleSession

LIMIT = 300.0
GRANTS = tuple(document.SUBTYPES)


def check_schemathesis(session: OracleSession) -> str:
    """Schemathesis finds nothing wrong with the emulator

    All of its checks pass, every operation was tried, and every grant also with success.
    """
    program, folder = install.schemathesis(), session.folder
    with session.emulator() as emulator:
        # Schemathesis sends one example many times.
        emulator.switch(code_reuse=True)
        token = emulator.token()
        description = folder / "with-examples.yaml"
        description.write_text(_description(emulator, token), encoding="utf-8")
        before = len(emulator.requests())
        arguments = [str(program), *_arguments(description, emulator)]
        environment = _environment(emulator, token)
        run(arguments, limit=LIMIT, env=environment, folder=folder).demand_success()
        tried = _all_tried(emulator.requests()[before:])
        _can_fail(emulator, arguments, environment, folder)
    return f"{tried} requests for {len(document.PATHS)} operations"


def _description(emulator: Emulator, token: dict[str, Any]) -> str:
    return document.with_examples(
        [
            {"grant_type": GRANTS[0], "code": emulator.code(), "redirect_uri": REDIRECT_URI},
            {"grant_type": GRANTS[1], "refresh_token": token["refresh_token"]},
            {"grant_type": GRANTS[2], "scope": "user_accounts:read,pins:read"},
        ],
        # A second token: the first is still needed.
        [{"token": emulator.token()["refresh_token"], "token_type_hint": "refresh_token"}],
    )


def _arguments(description: Path, emulator: Emulator) -> list[str]:
    return [
        *("--config-file", str(install.ORACLES / "schemathesis.toml")),
        *("run", str(description), "--url", emulator.base_url),
        *("--checks", "all", "--generation-deterministic"),
        *("--request-timeout", "20", "--no-color"),
    ]


def _environment(emulator: Emulator, token: dict[str, Any]) -> dict[str, str]:
    return clean(
        ORACLE_APP_ID=emulator.app_id,
        ORACLE_APP_SECRET=emulator.app_secret,
        ORACLE_ACCESS_TOKEN=token["access_token"],
    )


def _all_tried(requests: list[dict[str, Any]]) -> int:
    """What arrived says what was tried, whatever the tool's own summary claims."""
    answers = Counter((request["path"], request["answered"]) for request in requests)
    for path in document.PATHS:
        tried = sum(count for (there, _), count in answers.items() if there == f"/v5{path}")
        demand(tried > 0, f"no request for {path} arrived: the operation was not tried")
        demand(answers[f"/v5{path}", 200] > 0, f"no request for {path} succeeded: 200 was not tried")
    for grant in GRANTS:
        granted = [
            request
            for request in requests
            if request["answered"] == 200 and ["grant_type", grant] in (request["form"] or [])
        ]
        demand(len(granted) > 0, f"no request with {grant} succeeded: its token was not looked at")
    return len(requests)


def _can_fail(emulator: Emulator, arguments: list[str], environment: dict[str, str], folder: Path) -> None:
    """The same run against an emulator that forgets the access token must fail."""
    answer = {"body_json": {"token_type": "bearer", "expires_in": 1, "scope": ""}, "times": 1000}
    emulator.script(answer)
    quickly = [*arguments, "--phases", "examples", "--max-failures", "1"]
    found = run(quickly, limit=LIMIT, env=environment, folder=folder)
    demand(
        found.code == 1 and "'access_token' is a required property" in found.said.replace('"', "'"),
        f"schemathesis did not notice an answer without access_token; it said:\n{quoted(found.said)}",
    )
