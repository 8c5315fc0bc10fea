"""The way over SSH: Pinterest's address on the terminal alone, and the address of the page that follows is pasted."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from harness.failure import demand

from .session import LoginSession
from .terminal import Terminal
from .world import World, mode

SSH = {"SSH_CONNECTION": "127.0.0.1 50000 127.0.0.1 22", "DISPLAY": ":0"}
ASKS = r"only here \(what you paste may not be shown\), then press Enter\."


@contextlib.contextmanager
def remote(world: World, *options: str, **more: str) -> Iterator[tuple[Terminal, str]]:
    """A login on a remote machine that has shown Pinterest's address, with the state in it."""
    with Terminal(world.arguments(*options), world.environment(**{**SSH, **more})) as terminal:
        yield terminal, shown(world, terminal)


def shown(world: World, terminal: Terminal) -> str:
    """The state of the address that is shown; from then on it must be nowhere else."""
    address = terminal.until(r"Open this address in a browser anywhere:\s+(http://\S+)\s")[1]
    terminal.until(ASKS)
    terminal.hidden()
    demand(address.startswith(f"{world.emulator.oauth_url}/oauth/?"), "it is not Pinterest's address")
    state = parse_qs(urlsplit(address).query)["state"][0]
    world.secrets["state"] = state
    return state


def demand_secret(world: World, terminal: Terminal, *, states: int = 1) -> None:
    """The code is not on the terminal, and the state as often as it was shown."""
    said = terminal.said
    demand(said.count(world.secrets["state"]) == states, "the state is shown elsewhere")
    for name, secret in world.secrets.items():
        demand(name == "state" or secret not in said, f"{name} is on the terminal")


def check_paste(session: LoginSession) -> str:
    """over SSH the address is shown, what follows is pasted unseen, and the login ends as on a laptop"""
    with session.world() as world, remote(world) as (terminal, state):
        elsewhere = f"Or, where this machine's port is reached (ssh -L), open {world.redirect_uri}"
        terminal.until(re.escape(elsewhere))
        said = terminal.said
        demand("No browser is opened here: this looks like a remote machine." in said, said)
        demand("Waiting, Ctrl-C stops." in said, said)
        address = world.redirect(state)
        terminal.type(f"{address}\r")
        terminal.until(f"received {len(address)} characters")
        said = terminal.ends(0)
        demand("Logged in as @emulated_account (account default)" in said, said)
        demand(world.exchanges() == 1, f"{world.exchanges()} codes were sent")
        world.token()
        demand_secret(world, terminal)
        return "; ".join(line for line in said.splitlines() if "Logged in" in line)


def check_long_pastes(session: LoginSession) -> None:
    """6,000 bytes are taken whole, three lines are one address, with the terminal's marks or without; 9,000 are named"""
    with session.world() as world:
        for marked in (False, True):
            begin, end = ("\x1b[200~", "\x1b[201~") if marked else ("", "")
            for wrapped in (False, True):
                with remote(world) as (terminal, state):
                    terminal.type(f"{begin}http://localhost/?{'x' * 9_000}{end}\r")
                    terminal.until("is longer than any such address: paste the address alone")
                    address = world.redirect(state)
                    if wrapped:
                        pasted = f"{address[:30]}\n{address[30:70]}\r\n  {address[70:]}"
                    else:
                        pasted = f"{address}&more={'x' * (6_000 - 6 - len(address))}"
                    terminal.type(f"{begin}{pasted}\n{end}\r")
                    terminal.until(r"received \d+ characters[\s\S]*Logged in")
                    terminal.ends(0)
                    demand_secret(world, terminal)
        demand(world.exchanges() == 4, f"{world.exchanges()} codes were sent")


def check_wrong_pastes(session: LoginSession) -> str:
    """what is not the address gets its advice, and the login waits on: start page, Pinterest's page, code, older login"""
    with session.world() as world, remote(world) as (terminal, state):
        start = terminal.until(r"open (http://localhost:\d+/\S+)")[1]
        code = parse_qs(urlsplit(world.redirect(state)).query)["code"][0]
        wrong = {
            "": "The address is empty",
            start: "The address is the one to open, not the one to paste",
            f"{world.emulator.oauth_url}/oauth/?client_id=1": "The address is that of Pinterest's own page: allow the app there",
            "https://www.pinterest.com/oauth/?x=1": "The address is that of Pinterest's own page: allow the app there",
            code: "The address is a code alone, and without its state nobody knows whose it is",
            f"code={code}": "The address is a code alone",
            f"{world.redirect_uri}?code={code}": "The address is a code alone",
            world.redirect("another"): "The address belongs to another login",
            f"{world.redirect_uri}?a=b": "The address carries no code",
            "http://example.com/": "The address carries no code",
            "hello": "The address is none: paste the whole address",
        }
        for text, advice in wrong.items():
            length = len(terminal.said)
            terminal.type(f"{text}\r")
            terminal.until(re.escape(advice), length)
        demand(world.exchanges() == 0, "a code was sent")
        address = world.redirect(state)
        terminal.type(f'"GET {address.replace("&", "&amp;")} HTTP/1.1"\r')
        terminal.ends(0)
        demand_secret(world, terminal)
        return f"{len(wrong)} wrong things"


def check_pasted_denial(session: LoginSession) -> None:
    """the address of a denial is pasted: it says that it was not allowed"""
    with session.world() as world, remote(world) as (terminal, state):
        terminal.type(f"{world.redirect(state, deny=True)}\r")
        demand("the user did not allow it" in terminal.ends(16), terminal.said)


def check_paste_beside_listener(session: LoginSession) -> None:
    """over ssh -L the browser comes to the start page while the paste waits: first wins, and the port is closed"""
    browser = session.browser()
    with session.world() as world, remote(world) as (terminal, _):
        browser.open(terminal.until(r"open (http://localhost:\d+/\S+)")[1])
        browser.wait("document.getElementById('allow') !== null")
        browser.click("#allow")
        browser.until(lambda: browser.address.endswith("/done"), "the page of the end")
        demand("Logged in" in terminal.ends(0), terminal.said)
        demand_secret(world, terminal)


def check_terminal_alone(session: LoginSession) -> None:
    """Pinterest's address is for eyes: not where standard error is a file, and not where nobody sits"""
    with session.world() as world:
        file = world.folder / "errors"
        words = ["/bin/sh", "-c", 'exec "$@" 2>"$0"', file, *world.arguments("--timeout", "1")]
        with Terminal(words, world.environment(**SSH)) as terminal:
            terminal.ends(7, beside=file)
            for text in (terminal.said, file.read_text(encoding="utf-8")):
                demand("state=" not in text and "/oauth/" not in text, "the address is shown")
            demand(
                "The way for other machines is shown on a terminal alone" in file.read_text(),
                "no way is named",
            )
        ended = world.run(*map(str, world.arguments("--timeout", "1")[1:]), **SSH)
        demand(ended.code == 7 and "state=" not in ended.said and "/oauth/" not in ended.said, ended.said)


def check_picture_for_a_phone(session: LoginSession) -> None:
    """a wide terminal with UTF-8 shows the address as a code for a camera too; without UTF-8 it does not"""
    with session.world() as world:
        for locale, has in (("C.UTF-8", True), ("C", False)):
            with remote(world, LC_ALL=locale) as (terminal, _):
                demand(("▀" in terminal.said) == has, f"{locale}: {terminal.said}")
                demand(
                    ("With a phone the page that follows does not load either" in terminal.said) == has,
                    locale,
                )
                terminal.type("\x03")
                terminal.ends(19)


def check_another_person(session: LoginSession) -> None:
    """before another person's token replaces one it is asked: n and Enter keep it, y replaces it, --replace does not ask"""
    with session.world() as world:

        def log_in(user: str, answer: str | None, code: int, *options: str) -> str:
            with remote(world, *options) as (terminal, state):
                terminal.type(f"{world.redirect(state, user=user)}\r")
                if answer is not None:
                    question = (
                        f"This browser is logged in as @{user}, account default was @anna. Replace? [y/N] "
                    )
                    terminal.until(re.escape(question))
                    terminal.type(answer)
                said = terminal.ends(code)
                demand_secret(world, terminal)
                return said

        log_in("anna", None, 0)
        first = world.token()
        for no in ("n\r", "\r", "no\r", "x\r"):
            said = log_in("bob", no, 16)
            demand(
                "the token of another person was dropped, and the account keeps the one that it had" in said,
                said,
            )
        demand(world.token() == first, "the token was replaced")
        demand("Logged in as @bob" in log_in("bob", "y\r", 0), "bob is not logged in")
        demand(world.token() != first, "the token was not replaced")
        demand("Logged in as @anna" in log_in("anna", None, 0, "--replace"), "anna is not logged in")
        log_in("bob", "yes\r", 0)


def check_nobody_answers(session: LoginSession) -> None:
    """where nobody can be asked about another person, the answer is no, and it says which option says yes"""
    browser = session.browser()
    with session.world() as world:
        for user, options, code in (("anna", (), 0), ("bob", (), 16), ("bob", ("--replace",), 0)):
            world.emulator.switch(user=user)
            login = world.start(*options)
            login.begin(browser)
            browser.click("#allow")
            ended = login.ends(code)
            demand(
                code == 0 or "Nobody can answer here: no. --replace replaces it." in ended.errors,
                ended.errors,
            )


def check_app_is_asked(session: LoginSession) -> None:
    """app id and secret are asked where they are missing, unseen, and kept 0600 for the next command after a login"""
    with session.world() as world:
        missing = {"PINTEREST_APP_ID": "", "PINTEREST_APP_SECRET": ""}
        kept = world.folder / "store" / "app.json"
        for secret, code in (("wrong-secret-canary", 9), (world.emulator.app_secret, 0)):
            with Terminal(world.arguments(), world.environment(**SSH, **missing)) as terminal:
                terminal.until(r"App id \(not shown\): ")
                terminal.type(f"{world.emulator.app_id}\r")
                terminal.until(r"App secret \(not shown\): ")
                terminal.type(f"{secret} \r")
                state = shown(world, terminal)
                terminal.type(f"{world.redirect(state)}\r")
                said = terminal.ends(code)
                demand("canary" not in said, "the secret is shown")
                demand_secret(world, terminal)
                demand(kept.exists() == (code == 0), f"after {code} it is kept: {kept.exists()}")
        demand(mode(kept) == 0o600, f"it is kept with {mode(kept):o}")
        demand(json.loads(kept.read_text())["app_id"] == world.emulator.app_id, "another app is kept")
        ended = world.run("refresh", "--account", "default", **missing)
        ended.demand_success()
        ended = world.run("revoke", "--account", "default", **missing)
        ended.demand_success()
        with remote(world, **missing) as (terminal, state):
            terminal.type("\x03")
            terminal.ends(19)
        # Without a terminal nobody is asked, and what is missing is named.
        empty = world.run("login", "--store", str(world.folder / "other"), **missing)
        demand(empty.code == 3 and "PINTEREST_APP_ID" in empty.errors, empty.errors)
