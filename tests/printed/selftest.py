#!/usr/bin/env python3
"""The suite `printed` itself: what must fail fails."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness import web
from harness.check import collect
from harness.emulator import Emulator
from harness.failure import Failed, NotRun, demand
from harness.main import main
from harness.places import ROOT
from harness.program import Ended
from harness.session import Session
from printed import clients, judge, links, seeds, server
from printed.block import Substitution, block, blocks, example, substituted
from printed.client import ClientExample

DOCUMENT = "# a\n\n### Example\n\n```perl\nuse A;\nask();\n```\n\n### Parameters\n\n```yaml\nb: c\n```\n"


def refused(call: Callable[..., object], *arguments: object, saying: str = "") -> None:
    """Fails unless the call fails, for the reason that is meant."""
    try:
        call(*arguments)
    except Failed as problem:
        demand(saying in str(problem), f"it failed for another reason: {problem}")
        return
    raise Failed(f"{arguments!r} passed")


def send(url: str, basic: str, form: judge.Form) -> None:
    """A request as our clients send it."""
    headers = {**web.FORM, "accept": "application/json", "authorization": f"Basic {basic}"}
    web.request("POST", url, urlencode([(name, value) for name, value in form]), headers)


def exchange(emulator: Emulator, code: str, basic: str = "") -> None:
    """Exchanges a code."""
    send(f"{emulator.base_url}/oauth/token", basic or emulator.basic, judge.exchange(code))


def saying(code: int, output: str) -> ClientExample:
    """An example whose program says that, whatever it is."""

    def run(_program: str, _folder: Path, _env: Mapping[str, str]) -> Ended:
        return Ended("a", code, output, "")

    return ClientExample(
        file="a.md",
        fence="perl",
        outside=(Substitution("use A;", "use B;"),),
        fields=(Substitution("ask()", "ask(code)"),),
        refusal=("Exception", "code is required"),
        token=("[redacted]",),
        run=run,
    )


def check_blocks(_: Session) -> None:
    """the block of a language is found, and a document without it fails"""
    demand(
        block(DOCUMENT, "perl") == example(DOCUMENT, "perl") == "use A;\nask();\n", "another block is found"
    )
    demand(blocks(DOCUMENT, "python") == [], "a block is found that is not there")
    twice = DOCUMENT.replace("```yaml\nb: c", "```perl\nask();")
    for text in ("", DOCUMENT.replace("```perl", "```python"), twice, "```perl\n\n```\n"):
        refused(block, text, "perl")
    refused(example, DOCUMENT.replace("### Example", "### Sample"), "perl")
    refused(example, DOCUMENT, "yaml")


def check_substitutions(_: Session) -> None:
    """what is replaced stands there once"""
    swapped = [Substitution("a", "b"), Substitution("b", "a")]
    demand(substituted("a b c", swapped) == "b a c", "a replacement is replaced")
    for text in ("b", "a a"):
        refused(substituted, text, [Substitution("a", "b")])


def check_copies(session: Session) -> None:
    """a copy that differs where something is replaced fails"""
    demand(len(clients.CLIENTS) == 4, "another number of clients")
    for each in clients.CLIENTS:
        text = (seeds.SEEDS / each.file).read_text(encoding="utf-8")
        for printed, _ in (*each.outside, *each.fields):
            for times, changed in ((0, text.replace(printed, "")), (2, text.replace(printed, printed * 2))):
                refused(each.with_fields, changed, session, saying=f"stands {times} times")


def check_copy_of_the_server(session: Session) -> None:
    """a copy of the server's document that differs fails"""
    document = server.ServerExample()
    text = (seeds.SEEDS / document.file).read_text(encoding="utf-8")
    for there in (server.IMPLEMENTED.printed, "```php", "```yaml", "### Example"):
        demand(there in text, f"{there} is not in the document")
        refused(document.with_fields, text.replace(there, ""), session)


def check_what_may_differ(_: Session) -> None:
    """nothing but import lines, credentials and host is replaced"""
    allowed = ("import", "YOUR_USERNAME", "YOUR_PASSWORD", "https://api.pinterest.com/v5")
    for each in clients.CLIENTS:
        for printed in (substitution.printed for substitution in each.outside):
            demand(any(word in printed for word in allowed), f"{printed!r} is replaced")


def check_documents_alone(_: Session) -> None:
    """a document that nobody runs fails"""
    seeds.complete(seeds.DOCUMENTS)
    refused(seeds.complete, seeds.DOCUMENTS[:-1])


def check_missing_program(session: Session) -> None:
    """an example without its program is not run"""

    def missing(_program: str, _folder: Path, _env: Mapping[str, str]) -> Ended:
        raise NotRun("no perl")

    try:
        dataclasses.replace(saying(0, ""), run=missing).as_printed(DOCUMENT, session)
    except NotRun:
        return
    raise Failed("it was run")


def check_nothing_sent(session: Session) -> None:
    """a request where none may be fails"""
    with session.emulator() as emulator:
        judge.nothing_sent(emulator)
        exchange(emulator, emulator.code())
        refused(judge.nothing_sent, emulator)


def check_one_exchange(session: Session) -> None:
    """one right exchange passes, and two or none fail"""
    with session.emulator() as emulator:
        code = emulator.code()
        refused(judge.granted, emulator, judge.exchange(code))
        exchange(emulator, code)
        judge.granted(emulator, judge.exchange(code))
        judge.granted(emulator, "authorization_code")
        refused(judge.granted, emulator, judge.exchange("another"), saying="another form")
        refused(judge.granted, emulator, "refresh_token", saying="another form")
        exchange(emulator, emulator.code())
        refused(judge.granted, emulator, judge.exchange(code), saying="2 requests")


def check_other_grant(session: Session) -> None:
    """another grant or a refusal fails"""
    with session.emulator() as emulator:
        code = emulator.code()
        client_credentials = [["grant_type", "client_credentials"]]
        send(f"{emulator.base_url}/oauth/token", emulator.basic, client_credentials)
        judge.granted(emulator, client_credentials)
        refused(judge.granted, emulator, judge.exchange(code), saying="another form")
        emulator.forget_requests()
        emulator.script({"status": 201, "body_json": {"access_token": "a"}})
        exchange(emulator, code)
        refused(judge.granted, emulator, judge.exchange(code), saying="another answered")


def check_other_credentials(session: Session) -> None:
    """other credentials fail"""
    with session.emulator() as emulator:
        code = emulator.code()
        emulator.script({"body_json": {"access_token": "a"}})
        exchange(emulator, code, basic="YW5vdGhlcg==")
        refused(judge.granted, emulator, judge.exchange(code), saying="another authorization")


def check_secrets(session: Session) -> None:
    """a secret in the output fails"""
    with session.emulator() as emulator:
        judge.no_secret(emulator, "Token([redacted])", "code")
        for said in (emulator.app_secret, "the code", f"pina_{'A' * 30}", "pinr.eyJh.b.c"):
            refused(judge.no_secret, emulator, f"it said {said}", "code")


def check_links(session: Session) -> None:
    """a link to a file or a heading that is not there is wrong; code is no link"""
    page = ROOT / "README.md"
    text = '[a](CONTRIBUTING.md) `[b](c)` [d](#e)\n```\n[f](g)\n```\n<img src="h.svg"> [i](https://example.com/j)\n'
    demand(links.links(text) == ["CONTRIBUTING.md", "#e", "h.svg"], f"{links.links(text)} are its links")
    for link in ("CONTRIBUTING.md", "#settings", "bindings/php/README.md#coming-from-leagueoauth2-client"):
        demand(not links.wrong(page, link), f"{link}: {links.wrong(page, link)}")
    for link in ("missing.md", "#missing", "CONTRIBUTING.md#missing", "../README.md"):
        demand(links.wrong(page, link) != "", f"{link} is right")
    copy = session.folder / "page.md"
    copy.write_text("# A `b`: c/d\n\n# A `b`: c/d\n", encoding="utf-8")
    demand(links.anchors(copy) == {"a-b-cd", "a-b-cd-1"}, f"{links.anchors(copy)} are its headings")


def check_what_is_said(session: Session) -> None:
    """an example that does not say what it must fails, and one that sends what it must not, or nothing"""
    good = saying(0, "Exception: code is required\nToken([redacted])")
    good.as_printed(DOCUMENT, session)
    for silent in (saying(0, ""), saying(1, "Exception: code is required"), saying(0, "Exception")):
        refused(silent.as_printed, DOCUMENT, session)
        refused(silent.with_fields, DOCUMENT, session)
    refused(good.with_fields, DOCUMENT, session, saying="0 requests")

    def sending(_program: str, _folder: Path, env: Mapping[str, str]) -> Ended:
        send(f"{env['PINTEREST_API_URI']}/oauth/token", "YTpi", judge.exchange(env["PINTEREST_CODE"]))
        return Ended("a", 0, "Exception: code is required", "")

    refused(dataclasses.replace(good, run=sending).as_printed, DOCUMENT, session, saying="instead of none")


if __name__ == "__main__":
    sys.exit(main("printed-selftest", __doc__, collect(sys.modules[__name__])))
