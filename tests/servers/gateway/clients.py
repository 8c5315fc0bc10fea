"""Our clients get from the gateway all that Pinterest gives, without the app's secret."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from conformance.runner import languages
from conformance.runner.driver import Driver
from harness.emulator import REDIRECT_URI
from harness.failure import Failed, demand
from harness.report import Report

from ..ground import Ground
from ..languages.symfony import CALLER, LIMITED, PASSWORD
from .command import Command

REQUEST_ID = "1234567890123456"
# What Pinterest answers, and what the caller must see of it.
REFUSALS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {
            "status": 401,
            "headers": [["x-pinterest-rid", REQUEST_ID]],
            "body_json": {"code": 283, "message": "no"},
        },
        {"kind": "invalid_grant", "http_status": 401, "code": 283, "request_id": REQUEST_ID},
    ),
    (
        {"status": 429, "headers": [["retry-after", "7"]], "body_json": {"code": 8, "message": "slow down"}},
        {"kind": "rate_limited", "http_status": 429, "code": 8, "retry_after": 7},
    ),
    (
        {"status": 401, "body_json": {"code": 2, "message": "Authentication failed."}},
        {"kind": "server_error", "http_status": 502, "code": 12},
    ),
    ({"action": "reset"}, {"kind": "server_error", "http_status": 502, "code": 12}),
]


class Asker(Protocol):
    """A client of some language: `{"ok": document}` or `{"error": document}`."""

    def call(self, operation: str, config: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        """One call."""


def check(ground: Ground, base_url: str, folder: Path, report: Report) -> None:
    """Every language of the conformance table, and the command."""
    for name, language in languages.load().items():
        if language.missing:
            report.not_run(f"gateway-{name}", f"no {language.missing}")
            continue
        try:
            language.make()
            with closing(Driver(language.command, language.environment, folder)) as driver:
                _verdict(name, _Visitor(driver, ground, base_url), report)
        except Failed as problem:
            report.bad(f"{name}: {problem}")
    _verdict("command", _Visitor(Command(folder), ground, base_url), report)


def _verdict(name: str, visitor: _Visitor, report: Report) -> None:
    problem = ""
    try:
        visitor.every_grant()
        visitor.every_refusal()
    except Failed as refused:
        problem = str(refused)
    report.verdict(f"{name}: every grant, rotation, and errors of the right kinds", problem)


class _Visitor:
    """One client in front of the gateway, and the emulator behind it."""

    def __init__(self, asker: Asker, ground: Ground, base_url: str) -> None:
        self._asker = asker
        self._emulator = ground.emulator
        self._config = {
            "base_url": base_url,
            "app_id": CALLER,
            "app_secret": PASSWORD,
            "trust_env": False,
        }

    def every_grant(self) -> None:
        """The three grants; refresh tokens that rotate, and one that stays."""
        self._emulator.reset()
        code = self._emulator.code(scope="pins:read,boards:read")
        first = self._token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT_URI)
        refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
        second = self._token(**refresh)
        _same("rotated", True, second["refresh_token_rotated"])
        _same("the old one again", False, second["refresh_token"] == first["refresh_token"])
        answer = {"access_token": "pina_made-up", "token_type": "bearer", "expires_in": 60, "new": [1]}
        self._emulator.script({"body_json": answer})
        third = self._token(**refresh)
        _same("rotated", False, third["refresh_token_rotated"])
        _same("a key that nobody knows", {"new": [1]}, third.get("extra"))
        app = self._token(grant_type="client_credentials", scope="pins:read")
        _same("response_type", "client_credentials", app["response_type"])

    def every_refusal(self) -> None:
        """Pinterest's errors, and what never gets to Pinterest: a wrong password, a grant that is not listed."""
        for answer, expected in REFUSALS:
            self._emulator.script(answer)
            self._error(self._config, expected)
        seen = len(self._emulator.requests())
        wrong = {"kind": "invalid_client", "http_status": 401, "code": 2}
        self._error({**self._config, "app_secret": "a-wrong-password"}, wrong)
        limited, forbidden = {**self._config, "app_id": LIMITED}, {"kind": "forbidden", "http_status": 403}
        self._error(limited, {**forbidden, "code": 29})
        _same("number of requests that Pinterest saw", seen, len(self._emulator.requests()))

    def _token(self, **request: str) -> dict[str, Any]:
        answer = self._asker.call("oauth_token", self._config, request)
        demand("ok" in answer, f"{request['grant_type']}: {answer.get('error', {}).get('message')}")
        document: dict[str, Any] = answer["ok"]
        return document

    def _error(self, config: dict[str, Any], expected: dict[str, Any]) -> None:
        request = {"grant_type": "refresh_token", "refresh_token": "pinr.of-nobody"}
        answer = self._asker.call("oauth_token", config, request)
        demand("error" in answer, f"no {expected['kind']}, but a token")
        _same("the error", expected, {name: answer["error"].get(name) for name in expected})


def _same(what: str, expected: Any, found: Any) -> None:
    demand(expected == found, f"{what} is {found}, not {expected}")
