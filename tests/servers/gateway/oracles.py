"""Programs that others wrote take the gateway for Pinterest: Schemathesis, and Pinterest's own SDK."""

from __future__ import annotations

import base64
from pathlib import Path

from harness.emulator import REDIRECT_URI, exchange
from harness.environment import clean
from harness.failure import Failed, demand, quoted
from harness.program import Ended, run
from harness.report import Report
from oracles import document, install
from oracles.checks.sdk import sdk_says

from ..ground import Ground
from ..languages.symfony import CALLER, PASSWORD

LIMIT = 300.0
SCOPE = "user_accounts:read,pins:read"
PATH = "/oauth/token"


def check(ground: Ground, base_url: str, folder: Path, report: Report) -> None:
    """Both."""
    for sentence, ask in (
        ("Schemathesis finds no answer that Pinterest's description does not allow", _schemathesis),
        ("Pinterest's own SDK refreshes a token, and uses it", _sdk),
    ):
        ground.emulator.reset()
        try:
            ask(ground, base_url, folder)
        except Failed as problem:
            report.bad(f"{sentence}: {problem}")
        else:
            report.good(sentence)


def _schemathesis(ground: Ground, base_url: str, folder: Path) -> None:
    # Schemathesis sends one example many times.
    ground.emulator.switch(code_reuse=True)
    examples = [
        {
            "grant_type": "authorization_code",
            "code": ground.emulator.code(scope=SCOPE),
            "redirect_uri": REDIRECT_URI,
        },
        {"grant_type": "refresh_token", "refresh_token": _refresh_token(ground, base_url)},
        {"grant_type": "client_credentials", "scope": SCOPE},
    ]
    description = folder / "described.yaml"
    description.write_text(document.with_examples(examples, []), encoding="utf-8")
    command = [
        str(install.schemathesis()),
        *("--config-file", str(install.ORACLES / "schemathesis.toml")),
        *("run", str(description), "--url", base_url, "--include-path", PATH),
        *("--checks", "all", "--generation-deterministic"),
        *("--request-timeout", "20", "--no-color"),
    ]
    before = len(ground.emulator.requests())
    _run(command, folder).demand_success()
    for example in examples:
        granted = [
            request
            for request in ground.emulator.requests()[before:]
            if request["answered"] == 200 and ["grant_type", example["grant_type"]] in request["form"]
        ]
        demand(len(granted) > 0, f"no request with {example['grant_type']} succeeded")
    # It can fail: Pinterest leaves something out, and the gateway does not hide that.
    ground.emulator.script({"body_json": {"access_token": "a"}, "times": 1000})
    found = _run([*command, "--phases", "examples", "--max-failures", "1"], folder)
    noticed = "'expires_in' is a required property" in found.said.replace('"', "'")
    demand(found.code == 1 and noticed, f"schemathesis did not notice it:\n{quoted(found.said)}")


def _run(command: list[str], folder: Path) -> Ended:
    environment = clean(
        ORACLE_APP_ID=CALLER, ORACLE_APP_SECRET=PASSWORD, ORACLE_ACCESS_TOKEN="of-no-interest"
    )
    return run(command, limit=LIMIT, env=environment, folder=folder)


def _sdk(ground: Ground, base_url: str, folder: Path) -> None:
    token = _refresh_token(ground, base_url)
    before, app = len(ground.emulator.requests()), {"app_id": CALLER, "app_secret": PASSWORD}
    got = sdk_says(base_url, token, app, folder)
    demand(got.get("username") == "emulated_account", f"the SDK got another answer: {sorted(got)}")
    seen = [(request["path"], request["answered"]) for request in ground.emulator.requests()[before:]]
    demand(seen == [("/v5/oauth/token", 200), ("/v5/user_account", 200)], f"Pinterest saw {seen}")
    refused = sdk_says(base_url, token, {**app, "app_secret": "a-wrong-password"}, folder)
    demand(refused == {"refused": 401}, "the SDK was given a token for a wrong password")


def _refresh_token(ground: Ground, base_url: str) -> str:
    """Of a login that came through the gateway, asked for with nothing of ours."""
    pair = base64.b64encode(f"{CALLER}:{PASSWORD}".encode()).decode()
    code = ground.emulator.code(scope=SCOPE)
    return str(exchange(f"{base_url}{PATH}", pair, code)["refresh_token"])
