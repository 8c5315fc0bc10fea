"""Reads the case files and refuses what a typing error would otherwise hide."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from harness.failure import Failed
from harness.places import ROOT

from .listeners import LISTENERS
from .match import MATCHERS
from .received import KEYS as RECEIVED_KEYS

TABLE = json.loads((ROOT / "include" / "documents.json").read_text(encoding="utf-8"))
CALLS = [call["name"] for call in TABLE["calls"] + TABLE["without_a_call"]]
# What is done with the token manager: the answers are said in tests/conformance/README.md.
MANAGED = (
    "account.access_token",
    "account.access_token_now",
    "account.token",
    "account.rejected",
    "account.login",
    "account.import",
    "account.refresh",
    "account.status",
    "account.export",
    "account.remove",
    "account.rename",
    "account.unsaved",
    "app.access_token",
    "manager.accounts",
    "manager.refresh_due",
    "manager.doctor",
)
OPERATIONS = (*CALLS, "token_read", "oneshot", *MANAGED)
CASE_KEYS = {
    "name",
    "source",
    "server",
    "listener",
    "client",
    "consent",
    "canaries",
    "script_may_remain",
    "steps",
}
STEP_KEYS = {"call", "config", "request", "listener", "server", "visit", "expect"}
EXPECT_KEYS = {"ok", "error", "requests", "connections", "received", "proxied"}
SERVER_KEYS = {"pinterest", "switches", "advance", "script"}


class BadCase(Failed):
    """A case file that cannot be used, and why."""


@dataclass(frozen=True)
class Case:
    """One file: `id` is its name without `.json`."""

    id: str
    name: str
    document: dict[str, Any]
    steps: list[dict[str, Any]]
    text: str

    @property
    def scripted(self) -> bool:
        """Whether the server answers from a script rather than as Pinterest does."""
        return isinstance(self.document.get("server"), list)


def load(folder: Path) -> list[Case]:
    """All cases in the folders of a folder, by file name."""
    paths = sorted(folder.rglob("*.json"), key=lambda path: path.stem)
    cases = [_read(path) for path in paths]
    if not cases:
        raise BadCase(f"{folder} holds no case")
    for case, other in combinations(cases, 2):
        _require(case.id != other.id, f"{case.id}: another file has the same name")
        _require(case.name != other.name, f"{case.id}: another case has the same name")
    return cases


def _read(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    try:
        document = json.loads(text, object_pairs_hook=_no_repeats)
    except ValueError as problem:
        raise BadCase(f"{path.name}: {problem}") from None
    one_step = not isinstance(document, dict) or "steps" not in document
    try:
        _check_keys(document, CASE_KEYS | (STEP_KEYS if one_step else set()))
        for key in ("name", "source", "server"):
            _require(key in document, f"{key} is missing")
        if one_step:
            steps = [{key: document[key] for key in STEP_KEYS & set(document) if key not in CASE_KEYS}]
        else:
            steps = document["steps"]
        _require(bool(steps), "steps is empty")
        _require(document.get("client", "new") in ("new", "reuse"), "client is neither new nor reuse")
        _check_server(document["server"])
        _check_listener(document)
        for step in steps:
            _check_step(step)
    except BadCase as problem:
        raise BadCase(f"{path.name}: {problem}") from None
    return Case(path.stem, document["name"], document, steps, text)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        raise ValueError(f"a key is written twice among {[key for key, _ in pairs]}")
    return document


def _require(condition: bool, problem: str) -> None:
    if not condition:
        raise BadCase(problem)


def _check_keys(document: Any, known: set[str]) -> None:
    _require(isinstance(document, dict), "an object is needed")
    unknown = sorted(set(document) - known)
    _require(not unknown, f"unknown key {', '.join(unknown)} (known: {', '.join(sorted(known))})")


def _check_listener(document: dict[str, Any]) -> None:
    listener = document.get("listener", "http")
    _require(listener in LISTENERS, f"unknown listener {listener} (known: {', '.join(LISTENERS)})")


def _check_server(server: Any) -> None:
    if not isinstance(server, list):
        _check_keys(server, SERVER_KEYS)


def _check_step(step: Any) -> None:
    _check_keys(step, STEP_KEYS)
    _check_listener(step)
    if "server" in step:
        _check_server(step["server"])
    if "visit" in step:
        return
    _require(step.get("call") in OPERATIONS, f"call is none of {', '.join(OPERATIONS)}")
    expect = step.get("expect")
    _require(isinstance(expect, dict), "expect is missing")
    assert isinstance(expect, dict)
    _check_keys(expect, EXPECT_KEYS)
    _require(("ok" in expect) != ("error" in expect), "expect needs ok or error")
    _require(isinstance(expect.get("requests"), int), "expect.requests is missing")
    for wanted in expect.get("received", []):
        _check_keys(wanted, RECEIVED_KEYS)
    _check_matchers(expect)


def _check_matchers(value: Any) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            known = not key.startswith("$") or key in MATCHERS or key == "$repeat"
            _require(known, f"unknown matcher {key} (known: {', '.join(MATCHERS)})")
            _check_matchers(item)
    elif isinstance(value, list):
        for item in value:
            _check_matchers(item)
