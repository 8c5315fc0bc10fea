"""A login where the program shows nothing itself: what a person sees and types, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from asking import LIMIT, wait_until
from browser import Browser, consent

if TYPE_CHECKING:
    from pathlib import Path

    from login_place import Place

PROGRAM = """
import signal, sys
from pinterest_oauth import TokenManager
signal.signal(signal.SIGINT, signal.default_int_handler)
manager = TokenManager(store=sys.argv[1])
try:
    end = manager.login(redirect_uri=sys.argv[2], browser=False, timeout=60)
    print("ended", end.outcome, flush=True)
except KeyboardInterrupt:
    print("interrupted", flush=True)
if sys.stdin.isatty():
    import termios
    print("echo", bool(termios.tcgetattr(0)[3] & termios.ECHO), flush=True)
"""


def program(place: Place) -> list[str]:
    return [sys.executable, "-X", "dev", "-c", PROGRAM, str(place.folder / "tokens"), place.page]


def test_ctrl_c_ends_a_login_that_prints_what_to_do_and_no_state(place: Place) -> None:
    process = subprocess.Popen(
        program(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=place.environment,
        start_new_session=True,
    )
    with process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith(f"Open {place.page}")
        assert line.endswith("(The way for other machines is shown on a terminal alone.)\n")
        assert process.stderr.readline() == "Waiting, Ctrl-C stops.\n"
        process.send_signal(signal.SIGINT)
        said, more = process.communicate(timeout=LIMIT)
    assert (said, more, process.returncode) == ("interrupted\n", "", 0)
    assert "state" not in line
    assert place.exchanges() == 0


class OnATerminal:
    """A program at a terminal of its own, and what it shows."""

    def __init__(self, place: Place) -> None:
        import pty

        child, self.terminal = pty.fork()
        if child == 0:
            os.execve(sys.executable, program(place), place.environment)
        self.child, self.shown = child, ""

    def until(self, pattern: str) -> str:
        while True:
            found = re.search(pattern, self.shown)
            if found:
                return found[0]
            try:
                self.shown += os.read(self.terminal, 4096).decode()
            except OSError as ended:  # Linux: nobody has the other side any more
                raise AssertionError(self.shown) from ended

    def end(self) -> int:
        status = os.waitpid(self.child, 0)[1]
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo-terminal")
def test_at_a_terminal_an_address_is_pasted_and_not_shown(place: Place) -> None:
    person = OnATerminal(place)
    page = person.until(r"http://\S*/oauth/\?\S*(?=\s)")
    person.until("ssh -L")
    os.write(person.terminal, b"hello\r")
    person.until("address is none")
    back = consent(page)
    pasted = f"{back[:40]}\n{back[40:]}\r"
    os.write(person.terminal, pasted.encode())
    person.until("Logged in")
    person.until("echo True")
    assert person.end() == 0
    code = re.search("code=([^&]*)", back)
    assert code is not None
    assert code[1] not in person.shown
    assert "hello" not in person.shown
    assert place.exchanges() == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo-terminal")
def test_ctrl_c_at_a_terminal_puts_it_back(place: Place) -> None:
    person = OnATerminal(place)
    person.until("ssh -L")
    os.write(person.terminal, b"rm -r somewhere\x03")
    person.until("interrupted")
    person.until("echo True")
    assert person.end() == 0


def test_a_browser_that_was_named_is_opened_at_the_start_page_without_the_state(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$*" > {opened}.part\nmv {opened}.part {opened}\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))

    def click() -> None:
        wait_until(opened.exists)
        Browser().log_in(opened.read_text())

    person = threading.Thread(target=click)
    person.start()
    end = place.manager().login(redirect_uri=place.page, scope="pins:read")
    person.join(LIMIT)
    said = capfd.readouterr().err
    start = opened.read_text()
    assert end.outcome == "done"
    assert said.splitlines()[:2] == [
        f"Opening your browser: {start} (open it yourself if nothing happens).",
        "Waiting, Ctrl-C stops.",
    ]
    assert "Logged in (account default): pins:read." in said
    assert "state=" not in said + start
