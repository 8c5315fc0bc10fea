"""Reads faults.json: what the emulator does to a call, and whether a token has come then."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from harness.failure import Failed
from harness.places import TESTS

# Where an answer holds a token: always, never, or open to whoever reads it.
TOKEN = ("always", "never", "either")
DEADLINE = 20.0
# More often than any visit needs it: whatever connects meanwhile meets the same fault.
TIMES = 1_000_000


@dataclass(frozen=True)
class Fault:
    """One row of the table. `raw` is all of an answer in place of HTTP."""

    name: str
    token: str
    fault: dict[str, Any]
    deadline: float = DEADLINE
    raw: str | None = None
    header_times: int = 1

    @property
    def done(self) -> str:
        """As `token`, for a call whose status alone is its answer: a revoke."""
        refused = not 200 <= self.fault.get("status", 200) < 300
        if self.token == "never" and (refused or self.fault.get("action") in ("reset", "close", "hang")):
            return "never"
        return "always" if self.token == "always" else "either"

    def played(self, values: dict[str, str]) -> dict[str, Any]:
        """For the emulator's script, with its placeholders filled in."""
        fault = {**self.fault, "times": TIMES}
        if self.raw is not None:
            fault["raw_base64"] = base64.b64encode(_filled(self.raw, values).encode()).decode()
        if "headers" in fault:
            fault["headers"] = fault["headers"] * self.header_times
        played = _fill(fault, values)
        assert isinstance(played, dict)
        return played


@dataclass(frozen=True)
class Visit:
    """What is unique about one visit of a fault: the token that it answers."""

    mark: str
    core: str
    known: dict[str, str] = field(default_factory=dict)

    @property
    def access_token(self) -> str:
        """The access token that the fault holds, if it holds one."""
        return f"pina_{self.core}-{self.mark}"

    def values(self) -> dict[str, str]:
        """What the placeholders stand for."""
        document = {
            "access_token": self.access_token,
            "token_type": "bearer",
            "expires_in": 2_592_000,
            "refresh_token": f"pinr.{self.core}-{self.mark}",
            "refresh_token_expires_in": 5_184_000,
            "scope": "pins:read boards:read",
        }
        answer = json.dumps(document)
        made = {"answer": answer, "length": str(len(answer)), "access_token": self.access_token}
        return {**self.known, **made, "long": "y" * 20_480}


def load() -> list[Fault]:
    """Every fault of the table."""
    faults = [
        Fault(**row) for row in json.loads((TESTS / "storm" / "faults.json").read_text(encoding="utf-8"))
    ]
    if len({fault.name for fault in faults}) != len(faults):
        raise Failed("faults.json: a name is there twice")
    if wrong := [fault.name for fault in faults if fault.token not in TOKEN]:
        raise Failed(f"faults.json: {wrong[0]}: token is one of {', '.join(TOKEN)}")
    return faults


def _fill(value: Any, values: dict[str, str]) -> Any:
    if isinstance(value, str):
        return _filled(value, values)
    if isinstance(value, list):
        return [_fill(item, values) for item in value]
    if isinstance(value, dict):
        return {key: _fill(item, values) for key, item in value.items()}
    return value


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{{{name}}}}}", value)
    return text
