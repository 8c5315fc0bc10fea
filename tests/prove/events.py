"""The events of a token manager's life, E1 to E42, and what shows that each is survived."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from harness.places import ROOT

from .tally import Tally


@dataclass(frozen=True)
class Event:
    """Its names, what happens, and what shows it: parts of this suite, tests in Rust, cases of the conformance suite.

    `missing` says what is not there yet, and why.
    """

    names: str
    what: str
    parts: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    missing: str = ""


HOSTS = "several hosts: not in this version"
EVENTS = (
    Event(
        "E1",
        "many callers, token expired",
        ("many", "copies"),
        ("e1_many_threads_that_find_a_token_expired_send_one_refresh",),
    ),
    Event(
        "E2",
        "many callers, early",
        ("many",),
        ("e2_before_it_is_urgent_one_refreshes_and_nobody_else_waits",),
    ),
    Event("E3 E4 E5 E6", "kill -9 at each step", ("kill-random", "kill-calls", "power")),
    Event("E7", "disk full before", ("disk",)),
    Event("E8", "disk full between intent and answer", ("disk", "order")),
    Event("E9", "the disk fails after the request", ("disk",)),
    Event("E10", "a copy beside a record that needs a login", ("found-late",)),
    Event("E11 E12", "a holder frozen, which wakes late", ("frozen",)),
    Event(
        "E13",
        "the answer is lost",
        ("lost-answer",),
        (),
        ("An answer that was lost is asked for again with the same token",),
    ),
    Event("E14", "283 because another one has rotated", ("frozen", "found-late")),
    Event(
        "E15",
        "a false 283, a true one",
        ("false-refusal",),
        (),
        ("Only a refresh token that was refused twice needs a login",),
    ),
    Event(
        "E16",
        "10,000 callers after a failure",
        (),
        ("e16_after_a_failure_ten_thousand_callers_send_nothing",),
    ),
    Event(
        "E17 E18",
        "wrong app secret, 429",
        ("app",),
        (),
        ("What one account has learnt of a wrong secret, all others need not ask",),
    ),
    Event("E19", "a login during a refresh", (), ("e19_a_login_during_a_refresh_wins",)),
    Event(
        "E20",
        "a removal during a refresh",
        (),
        ("e20_an_account_that_is_removed_during_a_refresh_stays_removed",),
    ),
    Event(
        "E21",
        "two apps, sandbox, own server",
        (),
        ("names_never_run_into_each_other",),
        ("The sandbox's accounts are others",),
    ),
    Event("E22", "an old backup, and nobody who knows better", ("found-late",)),
    Event(
        "E23",
        "an old backup, and a process that does",
        (),
        ("e23_a_process_that_knows_a_newer_token_than_a_restored_backup_puts_it_back",),
    ),
    Event("E24", "a failover of Redis", missing=HOSTS),
    Event("E25 E26", "wall clocks that jump", ("clock",)),
    Event(
        "E27",
        "a store of a newer version",
        (),
        ("a_record_of_a_newer_version_is_served_or_refused_and_never_written",),
    ),
    Event(
        "E28",
        "a damaged record",
        (),
        (
            "e28_a_damaged_record_is_told_and_never_overwritten",
            "a_damaged_record_is_moved_aside_by_repair_alone",
        ),
    ),
    Event("E29", "a fork with a refresh in flight", ("fork",)),
    Event("E30", "the caller goes away", (), ("e30_a_caller_who_goes_away_loses_nothing",)),
    Event(
        "E31", "no store", ("disk",), ("e31_without_its_store_a_cached_token_is_handed_out_until_it_ends",)
    ),
    Event("E32", "a network parted", missing=HOSTS),
    Event(
        "E33",
        "a resource answers 401",
        (),
        (),
        ("An access token that a resource rejects is refreshed once in ten minutes",),
    ),
    Event("E34", "a scope is missing", (), (), ("A missing scope is no reason for a refresh",)),
    Event(
        "E35",
        "an answer without a refresh token",
        (),
        (),
        ("An answer without a refresh token keeps the one that there is",),
    ),
    Event("E36", "idle for weeks", ("idle",), (), ("A run over all accounts refreshes what is due",)),
    Event("E37", "files of attempts deleted", ("deleted",)),
    Event("E38", "a machine sleeps between intent and request", ("frozen",)),
    Event(
        "E39",
        "umask, groups, root",
        (),
        (
            "no_umask_makes_files_that_their_owner_cannot_read_or_others_can",
            "a_store_that_others_may_enter_is_refused_and_the_groups_bits_are_set_back",
            "a_store_of_another_user_is_refused_also_for_root",
        ),
    ),
    Event("E40", "a first login on a full disk", ("first-login",)),
    Event(
        "E41",
        "kill -9 in a login, one redirect twice",
        ("login-calls",),
        ("a_hundred_logins_with_one_redirect_send_one_code",),
    ),
    Event("E42", "another user, no home", ("another-user",)),
)
FUNCTION = re.compile(r"\bfn (\w+)\(")


def rows(tallies: dict[str, Tally]) -> list[tuple[str, str, str, str]]:
    """Name, what happens, what shows it, and how that went in this run."""
    functions, cases = _functions(), _cases()
    return [
        (event.names, event.what, _shown_by(event), _went(event, tallies, functions, cases))
        for event in EVENTS
    ]


def unknown() -> list[str]:
    """Tests and cases that the table names and nobody has."""
    functions, cases = _functions(), _cases()
    tests = [test for event in EVENTS for test in event.tests if test not in functions]
    return tests + [case for event in EVENTS for case in event.cases if case not in cases]


def _shown_by(event: Event) -> str:
    named = [*(f"part {name}" for name in event.parts), *(f"`{name}`" for name in event.tests)]
    return "; ".join([*named, *(f"case “{case}”" for case in event.cases)]) or "-"


def _went(event: Event, tallies: dict[str, Tally], functions: set[str], cases: set[str]) -> str:
    if event.missing:
        return f"open: {event.missing}"
    if not {*event.tests} <= functions or not {*event.cases} <= cases:
        return "open: a test that is named is not there"
    ran = [tallies[name] for name in event.parts if name in tallies and not tallies[name].not_run]
    if any(not tally.good for tally in ran):
        return "FAILED"
    if ran and all(tally.ran for tally in ran):
        missing = [name for name in event.parts if name not in tallies or tallies[name].not_run]
        return f"held (not run: {', '.join(missing)})" if missing else "held"
    return "not run here" if event.parts else "by `make test`"


def _functions() -> set[str]:
    sources = [*(ROOT / "core" / "src" / "tokens").rglob("*.rs"), *(ROOT / "core" / "tests").glob("*.rs")]
    return {name for path in sources for name in FUNCTION.findall(path.read_text(encoding="utf-8"))}


def _cases() -> set[str]:
    folder = ROOT / "tests" / "conformance" / "cases" / "manager"
    return {name for path in folder.rglob("*.json") for name in _names(path)}


def _names(path: Path) -> list[str]:
    document = json.loads(path.read_text(encoding="utf-8"))
    found = document if isinstance(document, list) else [document]
    return [str(case.get("name")) for case in found if isinstance(case, dict)]
