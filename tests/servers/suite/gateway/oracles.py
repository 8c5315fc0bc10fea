"""Programs that others wrote take the gateway for Pinterest: Schemathesis, and Pinterest's own SDK."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from oracles.oracles import document, install
from oracles.oracles.failure import CheckFailed, demand, indented
from oracles.oracles.places import ORACLES, PROGRAMS
from oracles.oracles.plain_http import call
from oracles.oracles.run_program import Finished, run_program
from oracles.oracles.surroundings import clean_environment
from support.report import Report

from ..ground import Ground
from ..symfony import CALLER, PASSWORD

LIMIT = 300.0
REDIRECT_URI = "http://localhost:8085/"
CONSENT = {"redirect_uri": REDIRECT_URI, "scope": "user_accounts:read,pins:read", "state": "of no interest"}
PATH = "/oauth/token"


def check(ground: Ground, base_url: str, folder: Path, report: Report) -> None:
    """Both."""
    for sentence, ask in (
        ("Schemathesis finds no answer that Pinterest's description does not allow", _schemathesis),
        ("Pinterest's own SDK refreshes a token, and uses it", _sdk),
    ):
        ground.emulator.control("POST", "/reset")
        try:
            ask(ground, base_url, folder)
        except CheckFailed as problem:
            report.bad(f"{sentence}: {problem}")
        else:
            report.good(sentence)


def _schemathesis(ground: Ground, base_url: str, folder: Path) -> None:
    # Schemathesis sends one example many times.
    ground.emulator.control("POST", "/switches", {"code_reuse": True})
    examples = [
        {"grant_type": "authorization_code", "code": _code(ground), "redirect_uri": REDIRECT_URI},
        {"grant_type": "refresh_token", "refresh_token": _refresh_token(ground, base_url)},
        {"grant_type": "client_credentials", "scope": "user_accounts:read,pins:read"},
    ]
    description = folder / "described.yaml"
    description.write_text(document.with_examples(examples, []), encoding="utf-8")
    command = [
        str(install.schemathesis()),
        *("--config-file", str(ORACLES / "schemathesis.toml")),
        *("run", str(description), "--url", base_url, "--include-path", PATH),
        *("--checks", "all", "--generation-deterministic"),
        *("--request-timeout", "20", "--no-color"),
    ]
    before = len(_requests(ground))
    _run(command, folder).demand_success("schemathesis")
    for example in examples:
        granted = [
            request
            for request in _requests(ground)[before:]
            if request["answered"] == 200 and ["grant_type", example["grant_type"]] in request["form"]
        ]
        demand(len(granted) > 0, f"no request with {example['grant_type']} succeeded")
    # It can fail: Pinterest leaves something out, and the gateway does not hide that.
    ground.emulator.control("POST", "/script", [{"body_json": {"access_token": "a"}, "times": 1000}])
    found = _run([*command, "--phases", "examples", "--max-failures", "1"], folder)
    noticed = "'expires_in' is a required property" in found.output.replace('"', "'")
    demand(found.status == 1 and noticed, f"schemathesis did not notice it:\n{indented(found.output)}")


def _run(command: list[str], folder: Path) -> Finished:
    environment = {
        **clean_environment(),
        "ORACLE_APP_ID": CALLER,
        "ORACLE_APP_SECRET": PASSWORD,
        "ORACLE_ACCESS_TOKEN": "of-no-interest",
    }
    return run_program(command, limit=LIMIT, environment=environment, folder=folder)


def _sdk(ground: Ground, base_url: str, folder: Path) -> None:
    token = _refresh_token(ground, base_url)
    before = len(_requests(ground))
    got = _sdk_says(base_url, folder, token, PASSWORD)
    demand(got.get("username") == "emulated_account", f"the SDK got another answer: {sorted(got)}")
    seen = [(request["path"], request["answered"]) for request in _requests(ground)[before:]]
    demand(seen == [("/v5/oauth/token", 200), ("/v5/user_account", 200)], f"Pinterest saw {seen}")
    refused = _sdk_says(base_url, folder, token, "a-wrong-password")
    demand(refused == {"refused": 401}, "the SDK was given a token for a wrong password")


def _sdk_says(base_url: str, folder: Path, refresh_token: str, password: str) -> dict[str, Any]:
    given = {"refresh_token": refresh_token, "app_id": CALLER, "app_secret": password}
    ended = run_program(
        [str(install.pinterest_sdk()), str(PROGRAMS / "sdk_refresh.py")],
        limit=LIMIT,
        environment={**clean_environment(), "PINTEREST_API_URI": base_url},
        # The SDK reads every config.json from here up to the root.
        folder=folder,
        given=json.dumps(given),
    )
    ended.demand_success("Pinterest's SDK")
    said: dict[str, Any] = json.loads(ended.output.splitlines()[-1])
    return said


def _code(ground: Ground) -> str:
    return str(ground.emulator.control("POST", "/authorize", CONSENT)["code"])


def _refresh_token(ground: Ground, base_url: str) -> str:
    """Of a login that came through the gateway, asked for with nothing of ours."""
    form = {"grant_type": "authorization_code", "code": _code(ground), "redirect_uri": REDIRECT_URI}
    pair = base64.b64encode(f"{CALLER}:{PASSWORD}".encode()).decode()
    headers = {"content-type": "application/x-www-form-urlencoded", "authorization": f"Basic {pair}"}
    status, text = call(base_url, "POST", f"/v5{PATH}", urlencode(form), headers)
    demand(status == 200, f"the gateway answered a code with {status}: {text}")
    return str(json.loads(text)["refresh_token"])


def _requests(ground: Ground) -> list[dict[str, Any]]:
    requests: list[dict[str, Any]] = ground.emulator.control("GET", "/requests")["requests"]
    return requests
