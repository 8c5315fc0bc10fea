"""Who is not the person in whose browser the login began."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sys
import threading
from collections.abc import Iterator

from harness import program
from harness.failure import NotRun, demand
from harness.ports import free_port

from .session import LoginSession
from .whole import allow, at
from .world import World

NOBODY = "65534"
# The answer of an address that another user's program asks for, as a browser does.
FETCH = """
import http.client, sys
host, port = sys.argv[1:]
path = input()
one = http.client.HTTPConnection(host, int(port), timeout=20)
one.request("GET", path, headers={"Host": f"localhost:{port}", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"})
answer = one.getresponse()
print(answer.status, answer.getheader("location"), answer.getheader("set-cookie"))
"""


def check_second_browser(session: LoginSession) -> None:
    """a second browser on the start page gets nothing, and the login ends with a warning, as nobody knows whose it is"""
    own, other = session.browser(), session.browser("other")
    with session.world() as world:
        login = world.start()
        login.begin(own)
        other.open(login.opened())
        demand("This login belongs to another window or is over." in other.text(), other.text())
        ended = login.ends(17)
        demand("a second browser came to the start page" in ended.errors, ended.errors)
        demand(world.exchanges() == 0, "a code was sent")


def check_state_without_cookie(session: LoginSession) -> None:
    """the right state from another browser is refused, with a code and with a denial; the login waits on and ends well"""
    own, other = session.browser(), session.browser("other")
    with session.world() as world:
        login = world.start()
        login.begin(own)
        for denied in (False, True):
            other.open(world.redirect(login.state, deny=denied))
            demand("This login belongs to another window or is over." in other.text(), other.text())
            demand(world.place in other.address, "the browser is elsewhere")
        login.says("A redirect came that is not of this login, or not of the browser that began it")
        login.waits()
        allow(own, world)
        login.ends()
        demand(world.exchanges() == 1, f"{world.exchanges()} codes were sent")


def check_denial_of_a_stranger(session: LoginSession) -> None:
    """a denial without a state and without the cookie ends nothing"""
    own, other = session.browser(), session.browser("other")
    with session.world() as world:
        login = world.start()
        login.begin(own)
        other.open(f"{world.redirect_uri}?error=access_denied")
        demand("This login belongs to another window or is over." in other.text(), other.text())
        login.waits()
        allow(own, world)
        login.ends()


def check_another_user(session: LoginSession) -> None:
    """another user's program gets neither start page nor redirect, on 127.0.0.1 and ::1; the login waits on"""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0 or setpriv is None:
        raise NotRun("only root becomes another user")
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        start = "/" + login.opened().removeprefix(world.redirect_uri)
        python = [setpriv, "--reuid", NOBODY, "--clear-groups", "/usr/bin/python3", "-c", FETCH]
        own = [sys.executable, "-c", FETCH]

        def answer(words: list[str], host: str, path: str) -> str:
            # Not as an argument: that is what this suite looks for.
            fetched = program.run([*words, host, str(world.port)], given=f"{path}\n")
            return fetched.demand_success().split()[0]

        for host in ("127.0.0.1", "::1"):
            demand(answer(python, host, start) == "400", f"{host}: another user got the start page")
        login.says("A program of another user of this machine came: it was refused, the login waits on.")
        login.begin(browser)
        redirect = world.redirect(login.state).removeprefix(world.redirect_uri)
        for host in ("127.0.0.1", "::1"):
            demand(answer(python, host, f"/{redirect}") == "400", f"{host}: another user's redirect")
        demand(
            answer(own, "127.0.0.1", start) == "400",
            "a program of the same user is no browser with the cookie",
        )
        login.ends(17)
        demand(world.exchanges() == 0, "a code was sent")


def check_taken_port(session: LoginSession) -> str:
    """a foreign listener on ::1 or 127.0.0.1 ends the command before a browser opens, with the holder's number"""
    with session.world() as world:
        for family, host in ((socket.AF_INET6, "::1"), (socket.AF_INET, "127.0.0.1")):
            with socket.socket(family) as holder:
                holder.bind((host, world.port))
                holder.listen()
                login = world.start()
                ended = login.ends(2)
                expected = f"port {world.port} is used by "
                demand(expected in ended.errors, ended.errors)
                demand(
                    f"(pid {os.getpid()}) on {host}: stop it, or register another" in ended.errors,
                    ended.errors,
                )
                demand(not login.is_opened, "a browser was opened")
        first = world.start()
        first.opened()
        ended = world.start().ends(2)
        demand(f"pinterest-oauth (pid {first.beside.pid})" in ended.errors, ended.errors)
        return ended.errors.splitlines()[0]


@contextlib.contextmanager
def forwarded(world: World) -> Iterator[int]:
    """The port as an editor forwards it, under another number."""
    with socket.create_server(("127.0.0.1", free_port())) as server:

        def carry(source: socket.socket, target: socket.socket) -> None:
            with contextlib.suppress(OSError):
                while data := source.recv(65_536):
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    here, _ = server.accept()
                    there = socket.create_connection(("127.0.0.1", world.port))
                    for pair in ((here, there), (there, here)):
                        threading.Thread(target=carry, args=pair, daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def check_forwarded_port(session: LoginSession) -> None:
    """the start page under another port number says so before anybody is sent to Pinterest; the login waits on"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        with forwarded(world) as port:
            browser.open(login.opened().replace(f":{world.port}/", f":{port}/"))
            demand("This port has another number here." in browser.text(), browser.text())
            login.says(f"The browser reaches this login under another port than {world.port}")
        login.waits()
        demand(world.emulator.requests() == [], "the browser was sent to Pinterest")
        login.begin(browser)
        allow(browser, world)
        login.ends()


def check_older_login(session: LoginSession) -> None:
    """the redirect of a login that is over reaches the next one on the same port, and is refused"""
    browser = session.browser()
    with session.world() as world:
        first = world.start("--timeout", "1")
        first.begin(browser)
        first.ends(7)
        login = world.start()
        login.opened()
        browser.click("#allow")
        browser.until(lambda: world.place in browser.address, "the browser comes back")
        demand("This login belongs to another window or is over." in browser.text(), browser.text())
        login.waits()
        login.begin(browser)
        allow(browser, world)
        at(browser, world, "done")
        login.ends()
