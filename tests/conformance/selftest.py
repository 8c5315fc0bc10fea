#!/usr/bin/env python3
"""The conformance runner itself: what must fail fails."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conformance.runner import cases as case_files
from conformance.runner import report
from conformance.runner.canary import Canaries
from conformance.runner.language_run import LanguageResult, LanguageRun
from conformance.runner.languages import BadLanguage, Language, choose, load
from conformance.runner.listeners import DeadEnds
from conformance.runner.main import main as run_conformance
from conformance.runner.match import differences
from conformance.runner.values import UnknownPlaceholder, Values
from harness.check import collect
from harness.failure import demand
from harness.main import main
from harness.session import Session

# A driver that does what its argument says; `{request}` is its request, `post` sends a form to the server.
FAKE_DRIVER = """
import json, os, sys, urllib.error, urllib.request
def post():
    try:
        urllib.request.urlopen(config["base_url"] + "/oauth/token", b"a=b", 10)
    except urllib.error.HTTPError:
        pass
results = os.fdopen(int(os.environ["CONFORMANCE_FD"]), "w")
for operation in sys.stdin:
    config, request = json.loads(sys.stdin.readline()), json.loads(sys.stdin.readline())
    answer = {"ok": {}}
    exec(sys.argv[1])
    print(json.dumps(answer), file=results, flush=True)
"""

CASE: dict[str, Any] = {
    "name": "A case",
    "source": "the selftest",
    "server": [],
    "call": "oauth_token",
    "request": {"code": "canary-of-the-selftest"},
    "expect": {"ok": {}, "requests": 0},
}
FAILS = {"error": {"kind": "api_error"}, "requests": 0}
ONCE = {"ok": {}, "requests": 1}
NO_PWSH = {"PATH": "/does/not/exist", "PWSH": ""}


def same(found: object, expected: object) -> None:
    """Fails unless both are equal."""
    demand(found == expected, f"{found!r} is not {expected!r}")


def refuses(error: type[Exception], call: Callable[..., object], *arguments: object) -> None:
    """Fails unless the call raises that error."""
    try:
        call(*arguments)
    except error:
        return
    demand(False, f"{arguments!r} was not refused")


def check_matchers(_: Session) -> None:
    """every matcher accepts what fits and refuses what does not"""
    basic = "Basic YSUzQWI6cCUyNQ=="
    url = "https://a.example/x?b=c&d=e"
    table: list[tuple[dict[str, Any], Any, Any]] = [
        ({"$type": "integer"}, 1, True),
        ({"$type": "boolean"}, True, 1),
        ({"$absent": True}, None, 0),
        ({"$contains": ["a", "b"]}, "ab", "a"),
        ({"$lacks": "a"}, "b", "ab"),
        ({"$matches": "a+"}, "aa", "aab"),
        ({"$length": 2}, [1, 2], [1]),
        ({"$between": [1, 2]}, 2, 3),
        ({"$now": 5}, int(time.time()), 5),
        ({"$any": [1, {"$type": "string"}]}, "x", 2),
        ({"$only": ["a"]}, {"a": 1}, {"a": 1, "b": 1}),
        ({"$basic": ["a:b", "p%"]}, basic, basic + "\n"),
        ({"$url": {"base": "https://a.example/x", "query": {"b": "c", "d": "e"}}}, url, url + "&d=f"),
    ]
    for expected, fits, does_not in table:
        same(differences(expected, fits), [])
        demand(differences(expected, does_not) != [], f"{expected} accepts {does_not!r}")


def check_plus_and_same(_: Session) -> None:
    """plus and same look at the other fields"""
    expected = {"end": {"$plus": ["start", 5]}, "copy": {"$same": "start"}}
    same(differences(expected, {"start": 1, "end": 6, "copy": 1}), [])
    same(len(differences(expected, {"start": 1, "end": 7, "copy": 2})), 2)


def check_exact_values(_: Session) -> None:
    """exact values are exact"""
    pairs: list[tuple[Any, Any]] = [(1, 1.0), (1, True), ("1", 1), ([1], [1, 2]), ({"a": 1}, {}), (None, "")]
    for expected, got in pairs:
        demand(differences(expected, got) != [], f"{got!r} passes for {expected!r}")


def check_placeholders(_: Session) -> None:
    """placeholders keep their types, and unknown ones are errors"""
    values = Values({"app_id": "1"}, {"code": lambda: "made"})
    values.add_step({"access_token": "a", "expires_in": 5})
    filled = values.fill(["{{step1.expires_in}}", "x{{code}}", {"$repeat": ["{{app_id}}", 3]}])
    same(filled, [5, "xmade", "111"])
    refuses(UnknownPlaceholder, values.fill, "{{refresh_token}}")


def check_secret_forms(_: Session) -> None:
    """a secret is found in every form"""
    canaries = Canaries()
    canaries.add_document({"app_id": "1", "app_secret": "canary+&="})
    for text in (b"canary+&=", b"canary%2B%26%3D", b"MTpjYW5hcnkrJj0=", b"x Y2FuYXJ5KyY9 x"):
        demand(canaries.found_in(text) != [], f"{text!r} is not found")
    same(canaries.found_in(b"canary"), [])


def read(session: Session, *documents: Any, name: str = "{number}/{number}.json") -> list[case_files.Case]:
    """What these documents are as case files in folders."""
    folder = session.folder / str(time.monotonic_ns())
    folder.mkdir()
    for number, document in enumerate(documents):
        path = folder / str(number) / name.format(number=number)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(document), encoding="utf-8")
    return case_files.load(folder)


def check_no_cases(session: Session) -> None:
    """a folder without cases is refused"""
    refuses(case_files.BadCase, read, session)


def check_typing_errors(session: Session) -> None:
    """typing errors in a case are refused"""
    changes: list[dict[str, Any]] = [
        {"nmae": 1},
        {"call": "tokn"},
        {"listener": "htp"},
        {"expect": {"ok": {}}},
        {"expect": {"requests": 0}},
        {"expect": {"ok": {"a": {"$tpye": 1}}, "requests": 0}},
        {"server": {"swiches": {}}},
    ]
    for change in changes:
        refuses(case_files.BadCase, read, session, {**CASE, **change})
    same(len(read(session, CASE)), 1)


def check_names_used_twice(session: Session) -> None:
    """a name used twice is refused: of a case, and of a file in two folders"""
    another = {**CASE, "name": "Another case"}
    refuses(case_files.BadCase, read, session, CASE, CASE)
    same(len(read(session, CASE, another)), 2)
    refuses(case_files.BadCase, lambda: read(session, CASE, another, name="same.json"))


def check_unknown_language(_: Session) -> None:
    """a language that does not exist is refused"""
    refuses(BadLanguage, choose, {}, ["cobol"], [])


def check_needed_program(_: Session) -> None:
    """a language runs where the program that it needs is"""
    with mock.patch.dict(os.environ, NO_PWSH):
        same(load()["powershell"].missing, "pwsh")
        same(load()["rust"].missing, "")
        os.environ["PWSH"] = "/opt/pwsh"
        language = load()["powershell"]
        same((language.missing, language.environment["PWSH"]), ("", "/opt/pwsh"))


def check_language_not_run(_: Session) -> None:
    """a language that cannot run is named and counts for nothing"""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        good = LanguageResult(Language("fake", ["true"]), cells={"a-case": []})
        case = case_files.Case("a-case", "A case", CASE, [CASE], "")
        left_out = {"powershell": "not run (no pwsh)"}
        failed = report.summary([case], [good], left_out)
    same(failed, 0)
    closing = "powershell: not run (no pwsh)\nconformance: 1 passed, 0 failed\n"
    demand(closing in said.getvalue(), said.getvalue())


def check_run_of_nothing(_: Session) -> None:
    """a run of nothing is no success"""
    said = io.StringIO()
    with mock.patch.dict(os.environ, NO_PWSH), contextlib.redirect_stderr(said):
        same(run_conformance(["--languages", "powershell"]), 2)
    demand("powershell: not run (no pwsh)" in said.getvalue(), said.getvalue())


class Ground(contextlib.ExitStack):
    """An emulator and dead ends, and one case after the other with a driver that does what it is told."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._folder = session.folder
        self._emulator = self.enter_context(session.emulator())
        self._dead_ends = self.enter_context(DeadEnds())

    def run(self, does: str, command: list[str] | None = None, **changes: Any) -> LanguageResult:
        """One case."""
        document = {**CASE, **changes}
        case = case_files.Case("a-case", "A case", document, [document], json.dumps(document))
        language = Language("fake", command or [sys.executable, "-c", FAKE_DRIVER, does])
        return LanguageRun(language, self._emulator, self._dead_ends, self._folder, False).run([case])

    def fails(self, with_words: str, does: str, command: list[str] | None = None, **changes: Any) -> None:
        """One case that must fail, and say so in these words."""
        result = self.run(does, command, **changes)
        said = " | ".join([*result.cells["a-case"], *result.faults])
        demand(result.failed > 0, f"{does} did not fail")
        demand(with_words in said, f"{with_words!r} is not in: {said}")


def check_right_driver(session: Session) -> None:
    """a driver that does right passes"""
    with Ground(session) as ground:
        same(ground.run("pass").failed, 0)


def check_missing_driver(session: Session) -> None:
    """a driver that does not exist fails"""
    with Ground(session) as ground:
        ground.fails("does not start", "", command=["/does/not/exist"])


def check_dying_driver(session: Session) -> None:
    """a driver that dies fails"""
    with Ground(session) as ground:
        ground.fails("exit code 3", "sys.exit(3)")
        ground.fails("SIGABRT", "os.abort()")


def check_bad_ending(session: Session) -> None:
    """a driver that ends badly fails"""
    with Ground(session) as ground:
        ground.fails("code 7", "import atexit; atexit.register(os._exit, 7)")


def check_line_that_is_no_result(session: Session) -> None:
    """a line that is no result fails"""
    with Ground(session) as ground:
        ground.fails("neither", "answer = {'fine': 1}")


def check_wrong_answer(session: Session) -> None:
    """a wrong answer fails"""
    with Ground(session) as ground:
        ground.fails("a: expected 1, got nothing", "pass", expect={"ok": {"a": 1}, "requests": 0})
        ground.fails("got an answer", "pass", expect=FAILS)


def check_number_of_requests(session: Session) -> None:
    """a request too many, too few or of another form fails"""
    with Ground(session) as ground:
        ground.fails("requests: expected 0, got 1", "post()")
        ground.fails("requests: expected 1, got 2", "post(); post()", expect=ONCE)
        ground.fails("requests: expected 1, got 0", "pass", expect=ONCE)
        received = {**ONCE, "received": [{"form": {"a": "c"}}]}
        ground.fails("form.fields.a: expected 'c', got 'b'", "post()", expect=received)


def check_unused_answer(session: Session) -> None:
    """an answer of the script that nobody fetched fails"""
    with Ground(session) as ground:
        ground.fails("not used", "pass", server=[{"status": 500}])


def check_shown_secret(session: Session) -> None:
    """a secret that is shown fails: printed, in an error document, in the command line"""
    with Ground(session) as ground:
        ground.fails("standard output shows code", "print(request['code'], flush=True)")
        ground.fails("standard error shows code", "print(request['code'], file=sys.stderr, flush=True)")
        shown = "answer = {'error': {'kind': 'api_error', 'message': request['code']}}"
        ground.fails("the error document shows code", shown, expect=FAILS)
        told = [sys.executable, "-c", FAKE_DRIVER, "pass", "canary-of-the-selftest"]
        ground.fails("the command line shows code", "", command=told)


def check_late_secret(session: Session) -> None:
    """a secret that is shown at the very end fails"""
    with Ground(session) as ground:
        late = "import atexit; atexit.register(print, request['code'])"
        ground.fails("standard output shows code", late)


if __name__ == "__main__":
    sys.exit(main("selftest", __doc__, collect(sys.modules[__name__])))
