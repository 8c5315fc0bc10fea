"""One program that makes calls, one emulator that answers them with faults, and what is looked at after each call."""

from __future__ import annotations

import base64
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from conformance.runner.driver import Driver, DriverFailed
from conformance.runner.languages import Language
from harness.emulator import Emulator

from .faults import DEADLINE, Fault, Visit
from .tally import Tally

# In every secret here; base64 of the Basic credentials hides it, so that has a search of its own.
CORE = "canary-of-the-storm"
APP = {"app_id": "test-app-id", "app_secret": f"{CORE}-5ecret+/="}
BASIC = base64.b64encode(f"{APP['app_id']}:{quote_plus(APP['app_secret'])}".encode()).decode()
# Beyond the deadline, for a busy machine. A call that hangs takes longer than any slack.
SLACK = 10.0
REDIRECT_URI = "http://localhost:8085/"
# The calls that meet a fault: operation, the field that is the call's own, and the other fields.
CODE = ("oauth_token", "code", {"grant_type": "authorization_code", "redirect_uri": REDIRECT_URI})
REFRESH = ("oauth_token", "refresh_token", {"grant_type": "refresh_token"})
CONVERSION: tuple[str, str, dict[str, Any]] = ("conversion_token", "access_token", {})
REVOKE: tuple[str, str, dict[str, Any]] = ("revoke", "token", {})
# One visit of a fault, and the next one.
VISITS = ((CODE, CONVERSION, REVOKE), (REFRESH, CONVERSION, REVOKE))
CALLS_OF_A_VISIT = len(VISITS[0])
OPERATIONS = [operation for operation, *_ in VISITS[0]]
# Then program and emulator are new ones, so that what they print stays small.
CALLS_OF_A_PROGRAM = 2_000
# A caller's mistakes and the library's own: no fault of a server may look like them.
NEVER = ("invalid_argument", "invalid_config", "internal", "cancelled", "access_denied", "state_mismatch")


class Worker:
    """Makes calls for one path until there are no more visits to make."""

    def __init__(self, number: int, path: Language, folder: Path, tally: Tally, slack: float = SLACK) -> None:
        self._number = number
        self._path = path
        self._folder = folder
        self._tally = tally
        self._slack = slack
        self._visits = 0
        self._first = True
        self._sent: Counter[str] = Counter()

    def run(self, faults: Iterator[Fault]) -> None:
        """One generation of program and emulator after the other."""
        for first in faults:
            with (
                tempfile.TemporaryDirectory(dir=self._folder) as folder,
                Emulator() as emulator,
            ):
                self._generation(first, faults, emulator, Path(folder))

    def _generation(self, first: Fault, faults: Iterator[Fault], emulator: Emulator, folder: Path) -> None:
        driver = Driver(self._path.command, self._path.environment, folder)
        self._first, name = True, ""
        try:
            for fault in chain([first], islice(faults, CALLS_OF_A_PROGRAM // CALLS_OF_A_VISIT - 1)):
                name = fault.name
                self._visit(fault, emulator, driver)
        except DriverFailed as problem:
            self._tally.fault("broken", f"{name}: {problem}")
        finally:
            if _shows(driver.command_line()):
                self._tally.fault("secrets", "in the list of processes")
            if wrong := driver.close():
                self._tally.fault("broken", wrong)
            for where, said in zip(("standard output", "standard error"), driver.said(), strict=True):
                if _shows(said):
                    self._tally.fault("secrets", f"on its {where}")

    def _visit(self, fault: Fault, emulator: Emulator, driver: Driver) -> None:
        self._visits += 1
        visit = Visit(
            f"{self._number}-{self._visits}", CORE, {"app_secret": APP["app_secret"], "basic": BASIC}
        )
        emulator.script(fault.played(visit.values()))
        calls = VISITS[self._visits % len(VISITS)]
        # Each call is the first one of some visits, and the last one of others.
        first = self._visits % len(calls)
        ended = [
            (call[0], *self._call(fault, visit, call, emulator, driver))
            for call in calls[first:] + calls[:first]
        ]
        record = emulator.record()
        emulator.forget_requests()
        arrived = Counter(_own(request) for request in record["requests"])
        self._sent += arrived
        for operation, sent, result in ended:
            met = f"{fault.name}, {operation}"
            if self._sent[sent] > 1:
                self._tally.fault("twice", f"{met}: it arrived {self._sent[sent]} times")
            # What never arrived was not answered: it met a connection just as that was closed.
            if arrived[sent] and fault.token == "always" and "kind" in result:
                self._tally.fault("lost", f"{met}: {result['kind']}")
            if arrived[sent] and result.get("outcome") == "not_sent":
                self._tally.fault("wrong", f"{met}: not_sent, and it arrived")
        tried = sum(attempts for *_, result in ended if isinstance(attempts := _attempts(result), int))
        if record["connections"] > tried:
            what = f"{fault.name}: {record['connections']} connections for {tried} attempts"
            self._tally.fault("twice", what)

    def _call(
        self,
        fault: Fault,
        visit: Visit,
        call: tuple[str, str, dict[str, Any]],
        emulator: Emulator,
        driver: Driver,
    ) -> tuple[str, dict[str, Any]]:
        """What was sent, and the document that came of it."""
        operation, own, fields = call
        secret = f"{CORE}-{visit.mark}-{operation}"
        config = {**APP, "base_url": emulator.base_url, "timeout": DEADLINE, "trust_env": False}
        request = {**fields, own: secret, "timeout": fault.deadline}
        began = time.monotonic()
        try:
            result = driver.call(operation if self._first else f"reuse:{operation}", config, request)
        finally:
            self._first = False
            if time.monotonic() - began > fault.deadline + self._slack:
                self._tally.fault("hung", fault.name)
        self._judge(fault, visit, operation, result)
        document = result.get("ok") or result.get("error")
        return secret, document if isinstance(document, dict) else {}

    def _judge(self, fault: Fault, visit: Visit, operation: str, result: dict[str, Any]) -> None:
        tally, error = self._tally, result.get("error")
        if error is None and operation == "revoke":
            tally.call("revoked")
            if fault.done == "never":
                tally.fault("wrong", f"{fault.name}: it is said to be revoked")
            return
        if error is None:
            tally.call("token")
            if fault.token == "never":
                tally.fault("wrong", f"{fault.name}, {operation}: a token came of it")
            elif result["ok"].get("access_token") != visit.access_token:
                tally.fault("wrong", f"{fault.name}, {operation}: another token than its own came of it")
            return
        kind = str(error.get("kind"))
        tally.call(kind)
        if _shows(json.dumps(error, ensure_ascii=False).encode()):
            tally.fault("secrets", f"{fault.name}, {operation}: in its {kind}")
        if kind in NEVER:
            tally.fault("broken", f"{fault.name}, {operation}: {kind}")


def _shows(said: bytes) -> bool:
    return CORE.encode() in said or BASIC.encode() in said


def _attempts(document: dict[str, Any]) -> Any:
    """How often a call was tried; what is not said counts as once."""
    answer = document.get("answer")
    return answer.get("attempts", 1) if isinstance(answer, dict) else 1


def _own(request: dict[str, Any]) -> str:
    """What a recorded request holds that no other call has: its code or token."""
    form, headers = dict(request["form"]), {name.lower(): value for name, value in request["headers"]}
    sent = [form[own] for _, own, _ in (CODE, REFRESH, REVOKE) if own in form]
    return str(sent[0]) if sent else str(headers.get("authorization", "")).removeprefix("Bearer ")
