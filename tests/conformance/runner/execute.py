"""Runs one case in one language: arranges the server, calls, compares."""

from __future__ import annotations

import json
import tempfile
from typing import Any
from urllib.parse import urlsplit

from harness.emulator import REDIRECT_URI, Emulator
from harness.failure import Failed
from harness.web import visit

from .canary import Canaries
from .cases import MANAGED, Case
from .driver import Driver, DriverFailed
from .languages import CONFORMANCE
from .listeners import DeadEnds, addresses
from .match import differences
from .received import received_differences
from .values import Values, without_absent

SCRIPTED_APP = {"app_id": "test-app-id", "app_secret": "canary-5ecret-of-the-app-0123456789abcdef"}
TIMEOUT = 20
# Clients with equal settings share their connections. Every case has a setting of its own, so that none
# inherits a connection from another.
CONNECT_TIMEOUT = 10


class Execution:
    """One case in one language."""

    def __init__(
        self,
        number: int,
        case: Case,
        driver: Driver,
        emulator: Emulator,
        dead_ends: DeadEnds,
        canaries: Canaries,
    ) -> None:
        self._case = case
        self._driver = driver
        self._emulator = emulator
        self._dead_ends = dead_ends
        self._canaries = canaries
        emulated = {name: emulator.facts[name] for name in ("app_id", "app_secret")}
        self._app = SCRIPTED_APP if case.scripted else emulated
        self._folder = tempfile.TemporaryDirectory(prefix="conformance-")
        self._values = Values(self._fixed_values(), {"code": self._mint_code})
        self._calls = 0
        self._number = number

    def _fixed_values(self) -> dict[str, Any]:
        refused = f"http://{self._dead_ends.refused}"
        places = {"conformance_dir": str(CONFORMANCE), "refused_url": refused}
        places["proxy_address"] = urlsplit(self._emulator.facts["proxy_url"]).netloc
        places["folder"] = self._folder.name
        return {**self._emulator.facts, **self._app, **places}

    def _mint_code(self) -> str:
        consent = {"redirect_uri": REDIRECT_URI, **self._case.document.get("consent", {})}
        return str(self._emulator.control("POST", "/authorize", consent)["code"])

    def run(self) -> list[str]:
        """What differs from the case; nothing if it holds. `DriverFailed` goes through."""
        with self._folder:
            return self._run()

    def _run(self) -> list[str]:
        self._canaries.add_tokens_of(self._case.text)
        for canary in self._case.document.get("canaries", []):
            self._canaries.add(canary, "a canary of the case")
        found: list[str] = []
        try:
            self._emulator.reset()
            self._arrange(self._case.document["server"])
            for number, step in enumerate(self._case.steps, start=1):
                prefix = f"step {number}: " if len(self._case.steps) > 1 else ""
                wrong = self._step(step)
                found += [f"{prefix}{line}" for line in wrong]
                if wrong:
                    return found
            left = self._emulator.record()["script_left"]
            if left and not self._case.document.get("script_may_remain"):
                found.append(f"{left} scripted answers were not used")
        except DriverFailed:
            raise
        except Failed as problem:
            found.append(f"the case cannot be run: {problem}")
        return found

    def _arrange(self, server: Any) -> None:
        """Sets up what a case writes under `server`: a list of faults, or switches, clock and script."""
        server = self._values.fill(server)
        if isinstance(server, list):
            server = {"script": server}
        if server.get("switches"):
            self._emulator.switch(**server["switches"])
        if server.get("advance"):
            self._emulator.control("POST", "/clock", {"advance": server["advance"]})
        if "script" in server:
            self._emulator.script(*server["script"])

    def _step(self, step: dict[str, Any]) -> list[str]:
        if "server" in step:
            self._arrange(step["server"])
        if "visit" in step:
            self._values.add_step({"redirect": visit(self._values.fill(step["visit"]))})
            return []
        config = self._config(step)
        named = ("app_id", "app_secret", "ca_file")
        self._values.set({name: config[name] for name in named if config.get(name)})
        request = without_absent(self._values.fill(step.get("request", {})))
        self._canaries.add_document([config, request])
        before, proxied = self._record()
        result = self._driver.call(self._operation(step["call"]), config, request)
        answer = result.get("ok")
        self._canaries.add_document(answer)
        self._values.add_step(answer)
        after, proxied_after = self._record()
        expect = self._values.fill(step["expect"])
        found = self._result_differences(expect, result)
        requests = after["requests"][len(before["requests"]) :]
        counts = {"requests": len(requests), "connections": after["connections"] - before["connections"]}
        counts["proxied"] = len(proxied_after) - len(proxied)
        for name, count in counts.items():
            if expect.get(name, count) != count:
                found.append(f"{name}: expected {expect[name]}, got {count}")
        if "received" in expect:
            found += received_differences(expect["received"], requests)
        return found

    def _operation(self, call: str) -> str:
        self._calls += 1
        reuse = self._case.document.get("client") == "reuse" and self._calls > 1
        return f"reuse:{call}" if reuse else call

    def _config(self, step: dict[str, Any]) -> dict[str, Any]:
        listener = step.get("listener", self._case.document.get("listener", "http"))
        chosen = {
            **self._app,
            "oauth_url": self._emulator.facts["oauth_url"],
            "timeout": TIMEOUT,
            "connect_timeout": CONNECT_TIMEOUT + self._number / 1000,
            "trust_env": False,
            **addresses(listener, self._emulator.facts, self._dead_ends),
        }
        if step["call"] in MANAGED:
            chosen |= {
                "store": f"{self._folder.name}/tokens",
                "clock_offset_file": self._emulator.facts["clock_file"],
            }
        return without_absent({**chosen, **self._values.fill(step.get("config", {}))})

    def _record(self) -> tuple[dict[str, Any], list[Any]]:
        record = self._emulator.record()
        proxied = self._emulator.control("GET", "/proxy")["requests"]
        return record, proxied

    def _result_differences(self, expect: dict[str, Any], result: dict[str, Any]) -> list[str]:
        if "ok" in expect:
            if "ok" in result:
                return differences(expect["ok"], result["ok"])
            return [f"expected an answer, got the error {_brief(result['error'])}"]
        if "error" not in result:
            return [f"expected the error {_brief(expect['error'])}, got an answer"]
        error = result["error"]
        found = differences(expect["error"], error)
        shown = json.dumps(error, ensure_ascii=False).encode()
        found += [f"the error document shows {what}" for what in self._canaries.found_in(shown)]
        if not found:
            return found
        return [*found, f"the error was {_brief(error)}"]


def _brief(error: Any) -> str:
    if not isinstance(error, dict):
        return repr(error)[:300]
    named = ("kind", "outcome", "field", "http_status", "message")
    return ", ".join(f"{name} {error[name]!r}" for name in named if error.get(name) is not None)
