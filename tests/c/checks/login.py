"""The login with a browser: its functions, and the example, of which the browser is played here."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.beside import Beside
from harness.emulator import Emulator
from harness.failure import demand, quoted
from harness.places import ROOT
from harness.played import Browser, decided
from harness.ports import free_port
from harness.program import succeed

from ..library import BUILD, STRICT
from ..session import CSession
from ..statuses import NUMBERS
from .memory import under_valgrind, without_loss

LIMIT = 600.0
SOURCE = ROOT / "examples" / "c" / "login.c"


def check_login(session: CSession) -> None:
    """every function of a login, wrongly and in any order, with nothing lost"""
    redirect_uri = f"http://localhost:{free_port()}/"
    with session.emulator("--redirect-uri", redirect_uri) as emulator:
        settings = {**session.settings(emulator), "REDIRECT_URI": redirect_uri}
        for name in ("login", "login_web"):
            program = session.library.program(name)
            session.run(f"{name}.c", [program], settings)
            emulator.reset()
            command, log = under_valgrind(program, name, [])
            run = session.run(f"{name}.c under valgrind", command, settings, LIMIT)
            without_loss(session, run, log, name)


@contextmanager
def _logging_in(
    session: CSession, emulator: Emulator, redirect_uri: str, **more: str
) -> Iterator[tuple[Beside, str]]:
    """The example under way, and all that it has said when it waits."""
    environment = emulator.login(
        LD_LIBRARY_PATH=str(session.library.stage / "lib"),
        PINTEREST_OAUTH_STORE=str(session.folder / "store"),
        RUST_BACKTRACE="1",
        **more,
    )
    environment["PINTEREST_REDIRECT_URI"] = redirect_uri
    with Beside([BUILD / "example-login", "shop-42"], env=environment) as program:
        program.until(lambda: re.search(r"Opening|ssh -L", program.errors) is not None, "said what to do")
        yield program, program.errors
        # The state is in the one address that is to be shown.
        shown = re.sub(r"http\S+state=\S+", "", program.errors)
        session.printed.texts += [("login.c", program.output), ("login.c", shown)]


def check_login_example(session: CSession) -> None:
    """examples/c/login.c: browser, paste, denial, Ctrl-C"""
    flags = session.library.pkg_config("--cflags", "--libs")
    succeed(["gcc", "-std=c11", *STRICT, SOURCE, "-o", BUILD / "example-login", *flags])
    port = free_port()
    redirect_uri = f"http://localhost:{port}/"
    with session.emulator("--redirect-uri", redirect_uri) as emulator:
        session.printed.secrets.add(emulator.app_secret)
        emulator.switch(user="anna")
        _with_a_browser(session, emulator, redirect_uri)
        _pasted(session, emulator, redirect_uri)
        _denied(session, emulator, redirect_uri)
        _interrupted(session, emulator, redirect_uri)


def _with_a_browser(session: CSession, emulator: Emulator, redirect_uri: str) -> None:
    """The browser is one that BROWSER names: it writes its address down."""
    browser = session.folder / "browser"
    browser.write_text('#!/bin/sh\nprintf %s "$1" >"$0.new" && mv "$0.new" "$0.opened"\n', encoding="utf-8")
    browser.chmod(0o700)
    opened = Path(f"{browser}.opened")
    with _logging_in(session, emulator, redirect_uri, BROWSER=str(browser)) as (program, said):
        program.until(opened.exists, "opened the browser")
        page = Browser().log_in(opened.read_text(encoding="utf-8"), "allow")
        ended = program.finish()
    good = (
        said.startswith(f"Opening your browser: {redirect_uri}")
        and "state=" not in ended.errors
        and "You are logged in" in page
        and ended.code == 0
        and "Logged in as @anna (account shop-42)" in ended.errors
    )
    session.report.verdict("a browser is opened, and ends the login", "" if good else quoted(ended.said))


def _address(said: str) -> str:
    found = re.search(r"^ *(http\S+state=\S+)$", said, re.MULTILINE)
    demand(found is not None, f"Pinterest's page is not shown:\n{quoted(said)}")
    return found[1] if found else ""


def _pasted(session: CSession, emulator: Emulator, redirect_uri: str) -> None:
    emulator.switch(user="bob")
    with _logging_in(session, emulator, redirect_uri) as (program, said):
        page = _address(said)
        program.tell(page)
        program.until(
            lambda: "address is that of Pinterest's own page" in program.errors, "said what was wrong"
        )
        program.tell(decided(page, "allow"))
        program.until(lambda: "Replace?" in program.errors, "asked")
        program.tell("y")
        program.until(lambda: not program.running, "ended")
        ended = program.finish()
    good = ended.code == 0 and "account shop-42 was @anna. Replace?" in ended.errors
    good = good and "Logged in as @bob (account shop-42)" in ended.errors
    session.report.verdict(
        "what is pasted ends the login, after a question", "" if good else quoted(ended.said)
    )


def _denied(session: CSession, emulator: Emulator, redirect_uri: str) -> None:
    with _logging_in(session, emulator, redirect_uri) as (program, said):
        start = re.findall(rf"{redirect_uri}\S+", said)[-1]
        page = Browser().log_in(start, "deny")
        ended = program.finish()
    good = ended.code == NUMBERS["access_denied"] and "You did not allow it" in page
    session.report.verdict("a denial ends it with that status", "" if good else quoted(ended.said))


def _interrupted(session: CSession, emulator: Emulator, redirect_uri: str) -> None:
    for _ in range(2):  # the second one finds the port free
        with _logging_in(session, emulator, redirect_uri) as (program, _said):
            os.kill(program.pid, signal.SIGINT)
            program.until(lambda: not program.running, "ended")
            ended = program.finish()
        problem = "" if ended.code == 130 else f"it ended with {ended.code}:\n{quoted(ended.said)}"
        session.report.verdict("Ctrl-C ends it with 130, and the port is free", problem)
