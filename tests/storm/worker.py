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
# A fault is met twice in a row: by a call, and by one that comes after it.
CALLS_OF_A_VISIT = 2
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
        self._operation = ""
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
        self._operation, name = "oauth_token", ""
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
        ended = [self._call(fault, visit, number, emulator, driver) for number in range(CALLS_OF_A_VISIT)]
        record = emulator.record()
        emulator.forget_requests()
        arrived = Counter(_grant(request) for request in record["requests"])
        self._sent += arrived
        for sent, result in ended:
            if self._sent[sent] > 1:
                self._tally.fault("twice", f"{fault.name}: it arrived {self._sent[sent]} times")
            # What never arrived was not answered: it met a connection just as that was closed.
            if arrived[sent] and fault.token == "always" and "kind" in result:
                self._tally.fault("lost", f"{fault.name}: {result['kind']}")
            if arrived[sent] and result.get("outcome") == "not_sent":
                self._tally.fault("wrong", f"{fault.name}: not_sent, and it arrived")
        tried = sum(attempts for _, result in ended if isinstance(attempts := _attempts(result), int))
        if record["connections"] > tried:
            what = f"{fault.name}: {record['connections']} connections for {tried} attempts"
            self._tally.fault("twice", what)

    def _call(
        self, fault: Fault, visit: Visit, number: int, emulator: Emulator, driver: Driver
    ) -> tuple[str, dict[str, Any]]:
        """What was sent, and the document that came of it."""
        secret = f"{CORE}-{visit.mark}-{number}"
        config = {**APP, "base_url": emulator.base_url, "timeout": DEADLINE, "trust_env": False}
        request: dict[str, Any] = {"timeout": fault.deadline}
        if number % 2:
            request |= {"grant_type": "refresh_token", "refresh_token": secret}
        else:
            redirect_uri = "http://localhost:8085/"
            request |= {"grant_type": "authorization_code", "code": secret, "redirect_uri": redirect_uri}
        began = time.monotonic()
        try:
            result = driver.call(self._operation, config, request)
        finally:
            self._operation = "reuse:oauth_token"
            if time.monotonic() - began > fault.deadline + self._slack:
                self._tally.fault("hung", fault.name)
        self._judge(fault, visit, result)
        document = result.get("ok") or result.get("error")
        return secret, document if isinstance(document, dict) else {}

    def _judge(self, fault: Fault, visit: Visit, result: dict[str, Any]) -> None:
        tally, error = self._tally, result.get("error")
        if error is None:
            tally.call("token")
            if fault.token == "never":
                tally.fault("wrong", f"{fault.name}: a token came of it")
            elif result["ok"].get("access_token") != visit.access_token:
                tally.fault("wrong", f"{fault.name}: another token than its own came of it")
            return
        kind = str(error.get("kind"))
        tally.call(kind)
        if _shows(json.dumps(error, ensure_ascii=False).encode()):
            tally.fault("secrets", f"{fault.name}: in its {kind}")
        if kind in NEVER:
            tally.fault("broken", f"{fault.name}: {kind}")


def _shows(said: bytes) -> bool:
    return CORE.encode() in said or BASIC.encode() in said


def _attempts(document: dict[str, Any]) -> Any:
    """How often a call was tried; what is not said counts as once."""
    answer = document.get("answer")
    return answer.get("attempts", 1) if isinstance(answer, dict) else 1


def _grant(request: dict[str, Any]) -> str:
    """The code or refresh token of a recorded request."""
    form = dict(request["form"])
    return str(form.get("code") or form.get("refresh_token"))
