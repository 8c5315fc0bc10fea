"""What the header and the conformance driver name, compared with the table of documents. Nothing is built."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harness.failure import demand
from harness.places import ROOT
from harness.session import Session

from ..statuses import NUMBERS, TABLE

FUNCTIONS, STATUSES = "ffi-c/src/client.rs", "ffi-c/src/status.rs"
DRIVER = "tests/conformance/drivers/c/driver.c"


def function(call: str) -> str:
    """The name of a call's function: that of `oauth_token` is pinterest_oauth_client_token."""
    return f"pinterest_oauth_client_{call.removeprefix('oauth_')}"


def lacks(file: str, what: str, found: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """What a file does not have, as sentences."""
    return [f"{file} lacks {what} {name}" for name in wanted if name not in set(found)]


def check_table(session: Session) -> str:
    """every call has its function, every kind its status"""
    code = {file: (ROOT / file).read_text(encoding="utf-8") for file in (FUNCTIONS, STATUSES, DRIVER)}
    calls = [function(call["name"]) for call in TABLE["calls"]]
    problems = lacks(
        FUNCTIONS, "the function", re.findall(r"fn (pinterest_oauth_\w+)\(", code[FUNCTIONS]), calls
    )
    problems += lacks(DRIVER, "a call of", re.findall(r"(pinterest_oauth_\w+)\(", code[DRIVER]), calls)
    kinds = [name.title().replace("_", "") for name in NUMBERS]
    wanted = [f"{kind} = {number}" for kind, number in zip(kinds, NUMBERS.values(), strict=True)]
    problems += lacks(
        STATUSES, "the status", re.findall(r"^    (\w+ = \d+),$", code[STATUSES], re.MULTILINE), wanted
    )
    passed_on = re.findall(r"Kind::\w+ => Self::(\w+),", code[STATUSES])
    problems += lacks(STATUSES, "an arm for", [*passed_on, "Ok"], kinds)
    demand(not problems, "\n".join(problems))
    return f"{len(calls)} calls, {len(kinds)} statuses"
