#!/usr/bin/env python3
"""Tests of the runner itself: what must fail fails. Needs the emulator; EMULATOR_CMD names another one."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shlex
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from runner import cases as case_files
from runner import report
from runner.canary import Canaries
from runner.language_run import LanguageResult, LanguageRun
from runner.languages import BadLanguage, Language, choose, load
from runner.listeners import DeadEnds
from runner.main import default_emulator, main
from runner.match import differences
from runner.values import UnknownPlaceholder, Values
from support.emulator import Emulator

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
    "call": "token",
    "request": {"code": "canary-of-the-selftest"},
    "expect": {"ok": {}, "requests": 0},
}
FAILS = {"error": {"kind": "api_error"}, "requests": 0}


class MatcherTest(unittest.TestCase):
    def test_every_matcher_accepts_what_fits_and_refuses_what_does_not(self) -> None:
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
            with self.subTest(matcher=expected):
                self.assertEqual(differences(expected, fits), [])
                self.assertNotEqual(differences(expected, does_not), [])

    def test_plus_and_same_look_at_the_other_fields(self) -> None:
        expected = {"end": {"$plus": ["start", 5]}, "copy": {"$same": "start"}}
        self.assertEqual(differences(expected, {"start": 1, "end": 6, "copy": 1}), [])
        self.assertEqual(len(differences(expected, {"start": 1, "end": 7, "copy": 2})), 2)

    def test_exact_values_are_exact(self) -> None:
        for expected, got in [(1, 1.0), (1, True), ("1", 1), ([1], [1, 2]), ({"a": 1}, {}), (None, "")]:
            self.assertNotEqual(differences(expected, got), [], (expected, got))


class PlaceholderTest(unittest.TestCase):
    def test_placeholders_keep_their_types_and_unknown_ones_are_errors(self) -> None:
        values = Values({"app_id": "1"}, {"code": lambda: "made"})
        values.add_step({"access_token": "a", "expires_in": 5})
        filled = values.fill(["{{step1.expires_in}}", "x{{code}}", {"$repeat": ["{{app_id}}", 3]}])
        self.assertEqual(filled, [5, "xmade", "111"])
        self.assertRaises(UnknownPlaceholder, values.fill, "{{refresh_token}}")

    def test_a_secret_is_found_in_every_form(self) -> None:
        canaries = Canaries()
        canaries.add_document({"app_id": "1", "app_secret": "canary+&="})
        for text in (b"canary+&=", b"canary%2B%26%3D", b"MTpjYW5hcnkrJj0=", b"x Y2FuYXJ5KyY9 x"):
            self.assertNotEqual(canaries.found_in(text), [], text)
        self.assertEqual(canaries.found_in(b"canary"), [])


class CaseFileTest(unittest.TestCase):
    def read(self, *documents: Any) -> list[case_files.Case]:
        with tempfile.TemporaryDirectory() as folder:
            for number, document in enumerate(documents):
                Path(folder, f"{number}.json").write_text(json.dumps(document), encoding="utf-8")
            return case_files.load(Path(folder))

    def test_a_folder_without_cases_is_refused(self) -> None:
        self.assertRaises(case_files.BadCase, self.read)

    def test_typing_errors_are_refused(self) -> None:
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
            with self.subTest(change=change):
                self.assertRaises(case_files.BadCase, self.read, {**CASE, **change})
        self.assertEqual(len(self.read(CASE)), 1)

    def test_a_name_used_twice_is_refused(self) -> None:
        self.assertRaises(case_files.BadCase, self.read, CASE, CASE)

    def test_a_language_that_does_not_exist_is_refused(self) -> None:
        self.assertRaises(BadLanguage, choose, {}, ["cobol"], [])

    def test_a_language_runs_where_the_program_that_it_needs_is(self) -> None:
        with mock.patch.dict(os.environ, {"PATH": "/does/not/exist"}):
            os.environ.pop("PWSH", None)
            self.assertEqual(load()["powershell"].missing, "pwsh")
            self.assertEqual(load()["rust"].missing, "")
            os.environ["PWSH"] = "/opt/pwsh"
            language = load()["powershell"]
            self.assertEqual((language.missing, language.environment["PWSH"]), ("", "/opt/pwsh"))

    def test_a_language_that_cannot_run_is_named_and_counts_for_nothing(self) -> None:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            good = LanguageResult(Language("fake", ["true"]), cells={"a-case": []})
            case = case_files.Case("a-case", "A case", CASE, [CASE], "")
            left_out = {"powershell": "not run (no pwsh)"}
            failed = report.summary(report.Paper(), [case], [good], left_out)
        self.assertEqual(failed, 0)
        self.assertIn("powershell: not run (no pwsh)\n1 passed, 0 failed\n", said.getvalue())

    def test_a_run_of_nothing_is_no_success(self) -> None:
        with mock.patch.dict(os.environ, {"PATH": "/does/not/exist"}):
            os.environ.pop("PWSH", None)
            said = io.StringIO()
            with contextlib.redirect_stderr(said):
                self.assertEqual(main(["--languages", "powershell"]), 2)
        self.assertIn("powershell: not run (no pwsh)", said.getvalue())


class RunTest(unittest.TestCase):
    emulator: Emulator
    dead_ends: DeadEnds

    @classmethod
    def setUpClass(cls) -> None:
        command = shlex.split(os.environ.get("EMULATOR_CMD", "")) or default_emulator()
        cls.emulator, cls.dead_ends = Emulator(command), DeadEnds()
        cls.addClassCleanup(cls.emulator.close)
        cls.addClassCleanup(cls.dead_ends.close)

    def run_case(self, does: str, command: list[str] | None = None, **changes: Any) -> LanguageResult:
        """One case with a driver that does `does`."""
        document = {**CASE, **changes}
        case = case_files.Case("a-case", "A case", document, [document], json.dumps(document))
        language = Language("fake", command or [sys.executable, "-c", FAKE_DRIVER, does])
        with tempfile.TemporaryDirectory() as folder:
            return LanguageRun(language, self.emulator, self.dead_ends, Path(folder), False).run([case])

    def assert_fails(self, with_words: str, result: LanguageResult) -> None:
        self.assertGreater(result.failed, 0)
        self.assertIn(with_words, " | ".join([*result.cells["a-case"], *result.faults]))

    def test_a_driver_that_does_right_passes(self) -> None:
        self.assertEqual(self.run_case("pass").failed, 0)

    def test_a_driver_that_does_not_exist_fails(self) -> None:
        self.assert_fails("does not start", self.run_case("", command=["/does/not/exist"]))

    def test_a_driver_that_dies_fails(self) -> None:
        self.assert_fails("exit code 3", self.run_case("sys.exit(3)"))
        self.assert_fails("SIGABRT", self.run_case("os.abort()"))

    def test_a_driver_that_ends_badly_fails(self) -> None:
        self.assert_fails("code 7", self.run_case("import atexit; atexit.register(os._exit, 7)"))

    def test_a_line_that_is_no_result_fails(self) -> None:
        self.assert_fails("neither", self.run_case("answer = {'fine': 1}"))

    def test_a_wrong_answer_fails(self) -> None:
        wanted = {"ok": {"a": 1}, "requests": 0}
        self.assert_fails("a: expected 1, got nothing", self.run_case("pass", expect=wanted))
        self.assert_fails("got an answer", self.run_case("pass", expect=FAILS))

    def test_a_request_too_many_or_too_few_fails(self) -> None:
        self.assert_fails("requests: expected 0, got 1", self.run_case("post()"))
        once = {"ok": {}, "requests": 1}
        self.assert_fails("requests: expected 1, got 2", self.run_case("post(); post()", expect=once))
        self.assert_fails("requests: expected 1, got 0", self.run_case("pass", expect=once))
        received = {**once, "received": [{"form": {"a": "c"}}]}
        self.assert_fails("form.fields.a: expected 'c', got 'b'", self.run_case("post()", expect=received))

    def test_an_answer_of_the_script_that_nobody_fetched_fails(self) -> None:
        self.assert_fails("not used", self.run_case("pass", server=[{"status": 500}]))

    def test_a_secret_that_is_shown_fails(self) -> None:
        for place, does in {
            "standard output shows code": "print(request['code'], flush=True)",
            "standard error shows code": "print(request['code'], file=sys.stderr, flush=True)",
        }.items():
            self.assert_fails(place, self.run_case(does))
        shown = "answer = {'error': {'kind': 'api_error', 'message': request['code']}}"
        self.assert_fails("the error document shows code", self.run_case(shown, expect=FAILS))
        told = [sys.executable, "-c", FAKE_DRIVER, "pass", "canary-of-the-selftest"]
        self.assert_fails("the command line shows code", self.run_case("", command=told))

    def test_a_secret_that_is_shown_at_the_very_end_fails(self) -> None:
        late = "import atexit; atexit.register(print, request['code'])"
        self.assert_fails("standard output shows code", self.run_case(late))


if __name__ == "__main__":
    unittest.main()
