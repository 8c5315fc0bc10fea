#!/usr/bin/env python3
"""Tests of the runner itself: what must fail fails."""

from __future__ import annotations

import dataclasses
import io
import sys
import tempfile
import unittest
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from documents import judge, main, php_symfony, powershell
from documents.client_example import ClientExample
from documents.failure import Wrong
from documents.program import Finished, run, surroundings
from documents.seed import Substitution, block, example, substituted
from pinterest_oauth import Client
from pinterest_oauth.emulator import Emulator

DOCUMENT = "# a\n\n### Example\n\n```perl\nuse A;\nask();\n```\n\n### Parameters\n\n```yaml\nb: c\n```\n"
EXAMPLE = ClientExample(
    file="a.md",
    language="A",
    fence="perl",
    outside=(Substitution("use A;", "use B;"),),
    fields=(Substitution("ask()", "ask(code)"),),
    refusal=("Exception", "code is required"),
    token=("[redacted]",),
    run=lambda program, folder, environment: Finished(0, "Exception: code is required\nToken([redacted])"),
)


def saying(code: int, output: str) -> ClientExample:
    return dataclasses.replace(EXAMPLE, run=lambda program, folder, environment: Finished(code, output))


def clients() -> list[ClientExample]:
    return [document for document in main.DOCUMENTS if isinstance(document, ClientExample)]


class BlockTest(unittest.TestCase):
    def test_the_block_of_a_language_is_found(self) -> None:
        self.assertEqual(block(DOCUMENT, "perl"), "use A;\nask();\n")
        self.assertEqual(example(DOCUMENT, "perl"), "use A;\nask();\n")

    def test_a_document_without_the_block_fails(self) -> None:
        twice = DOCUMENT.replace("```yaml\nb: c", "```perl\nask();")
        for text in ("", DOCUMENT.replace("```perl", "```python"), twice, "```perl\n\n```\n"):
            self.assertRaises(Wrong, block, text, "perl")
        self.assertRaises(Wrong, example, DOCUMENT.replace("### Example", "### Sample"), "perl")
        self.assertRaises(Wrong, example, DOCUMENT, "yaml")

    def test_what_is_replaced_stands_there_once(self) -> None:
        self.assertEqual(substituted("a b c", [Substitution("a", "b"), Substitution("b", "a")]), "b a c")
        for text in ("b", "a a"):
            self.assertRaises(Wrong, substituted, text, [Substitution("a", "b")])


class DocumentsTest(unittest.TestCase):
    def test_a_copy_that_differs_where_something_is_replaced_fails(self) -> None:
        emulator, folder = mock.Mock(spec=Emulator), Path("/does/not/exist")
        self.assertEqual(len(clients()), 4)
        for document in clients():
            text = (main.SEEDS / document.file).read_text(encoding="utf-8")
            for printed, _ in (*document.outside, *document.fields):
                with self.subTest(document.file, printed=printed):
                    self.assertEqual(example(text, document.fence).count(printed), 1)
                    for changed in (text.replace(printed, ""), text.replace(printed, printed * 2)):
                        self.assertRaises(Wrong, document.with_fields, changed, emulator, folder)
        emulator.authorize.assert_not_called()

    def test_a_copy_of_the_server_that_differs_fails(self) -> None:
        document, emulator = php_symfony.DOCUMENT, mock.Mock(spec=Emulator)
        text = (main.SEEDS / document.file).read_text(encoding="utf-8")
        for there in (php_symfony.IMPLEMENTED.printed, "```php", "```yaml", "### Example"):
            with self.subTest(there), tempfile.TemporaryDirectory() as folder:
                self.assertIn(there, text)
                changed = text.replace(there, "")
                self.assertRaises(Wrong, document.with_fields, changed, emulator, Path(folder))

    def test_nothing_but_import_lines_credentials_and_host_is_replaced(self) -> None:
        allowed = ("import", "YOUR_USERNAME", "YOUR_PASSWORD", "https://api.pinterest.com/v5")
        for document in clients():
            for printed, _ in document.outside:
                self.assertTrue(any(word in printed for word in allowed), printed)

    def test_a_document_that_nobody_runs_fails(self) -> None:
        with mock.patch.object(main, "DOCUMENTS", main.DOCUMENTS[:-1]):
            self.assertRaises(Wrong, main.complete)
        main.complete()

    def test_a_failure_is_counted_and_the_exit_code_says_so(self) -> None:
        language = main.DOCUMENTS[0].language
        said = io.StringIO()
        with mock.patch.object(main, "_checked", side_effect=Wrong("no")), redirect_stdout(said):
            self.assertEqual(main.main(["--language", language]), 1)
        self.assertEqual(said.getvalue().splitlines()[-1], "0 passed, 2 failed")

    def test_an_example_without_its_program_is_named_and_not_counted(self) -> None:
        said = io.StringIO()
        nowhere = {"PATH": "/does/not/exist"}
        with mock.patch.dict("os.environ", nowhere, clear=True), redirect_stdout(said):
            main.main(["--language", powershell.DOCUMENT.language])
        self.assertIn("powershell: not run (no pwsh)", said.getvalue())
        self.assertEqual(said.getvalue().splitlines()[-1], "0 passed, 0 failed")


class ProgramTest(unittest.TestCase):
    def test_a_program_that_does_not_end_or_start_fails(self) -> None:
        python, here = sys.executable, Path(tempfile.gettempdir())
        ran = run([python, "-c", "print('é'); raise SystemExit(3)"], surroundings(PYTHONUTF8="1"), here)
        self.assertEqual(ran, Finished(3, "é\n"))
        self.assertRaises(Wrong, ran.demand_success, "it")
        self.assertRaises(Wrong, run, [python, "-c", "input(); import time; time.sleep(60)"], {}, here / "no")
        waits = "import threading; threading.Event().wait()"
        self.assertRaises(Wrong, run, [python, "-c", waits], surroundings(), here, 1)
        self.assertRaises(Wrong, run, ["/does/not/exist"], surroundings(), here)


class JudgeTest(unittest.TestCase):
    emulator: Emulator

    @classmethod
    def setUpClass(cls) -> None:
        cls.emulator = cls.enterClassContext(Emulator(tls=False))

    def setUp(self) -> None:
        self.emulator.reset()

    def code(self) -> str:
        return self.emulator.authorize(redirect_uri=judge.REDIRECT_URI, scope=judge.SCOPE)["code"]

    def exchange(self, code: str, **more: str) -> None:
        settings = {**self.emulator.settings(), **more}
        Client(**settings).oauth_token("authorization_code", code=code, redirect_uri=judge.REDIRECT_URI)

    def fails(self, check: Callable[..., str], *arguments: object) -> None:
        self.assertRaises(Wrong, check, *arguments)

    def test_a_request_where_none_may_be_fails(self) -> None:
        judge.nothing_sent(self.emulator)
        self.exchange(self.code())
        self.fails(judge.nothing_sent, self.emulator)

    def test_one_right_exchange_passes_and_two_or_none_fail(self) -> None:
        code = self.code()
        self.fails(judge.token_obtained, self.emulator, judge.exchange(code))
        self.exchange(code)
        judge.token_obtained(self.emulator, judge.exchange(code))
        self.fails(judge.token_obtained, self.emulator, judge.exchange("another"))
        self.exchange(self.code())
        self.fails(judge.token_obtained, self.emulator, judge.exchange(code))

    def test_another_grant_or_a_refusal_fails(self) -> None:
        code = self.code()
        Client(**self.emulator.settings()).oauth_token("client_credentials")
        self.fails(judge.token_obtained, self.emulator, judge.exchange(code))
        self.emulator.clear()
        self.emulator.script({"status": 201, "body_json": {"access_token": "a"}})
        self.exchange(code)
        self.fails(judge.token_obtained, self.emulator, judge.exchange(code))

    def test_other_credentials_fail(self) -> None:
        code = self.code()
        self.emulator.script({"body_json": {"access_token": "a"}})
        self.exchange(code, app_secret="another")
        self.fails(judge.token_obtained, self.emulator, judge.exchange(code))

    def test_a_secret_in_the_output_fails(self) -> None:
        judge.no_secret(self.emulator, "Token([redacted])", "code")
        for said in (self.emulator.app_secret, "the code", f"pina_{'A' * 30}", "pinr.eyJh.b.c"):
            self.assertRaises(Wrong, judge.no_secret, self.emulator, f"it said {said}", "code")

    def test_an_example_that_does_not_say_what_it_must_fails(self) -> None:
        here = Path()
        EXAMPLE.as_printed(DOCUMENT, self.emulator, here)
        for silent in (saying(0, ""), saying(1, "Exception: code is required"), saying(0, "Exception")):
            self.fails(silent.as_printed, DOCUMENT, self.emulator, here)
            self.fails(silent.with_fields, DOCUMENT, self.emulator, here)
        # All is said, and no request was made.
        self.fails(EXAMPLE.with_fields, DOCUMENT, self.emulator, here)
        self.exchange(self.code())
        self.fails(EXAMPLE.as_printed, DOCUMENT, self.emulator, here)


if __name__ == "__main__":
    unittest.main()
