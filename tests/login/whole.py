"""The whole login, as a person with a browser has it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import time

from harness import program, web
from harness.browser import Browser
from harness.failure import Failed, NotRun, demand
from harness.places import TESTS

from .session import LoginSession
from .world import World

# Every text of a page, those of its custom elements included, with what its links lead to.
DEEP = """
const texts = [];
const walk = (root) => {
  for (const one of root.querySelectorAll('*')) {
    if (one.href) texts.push(one.href);
    for (const child of one.childNodes) if (child.nodeType === 3) texts.push(child.data);
    if (one.shadowRoot) walk(one.shadowRoot);
  }
};
walk(document);
return texts.join('\\n');
"""


def allow(browser: Browser, world: World, page: str = "done") -> None:
    """Clicks the button; the browser ends up at this page."""
    browser.click("#allow")
    at(browser, world, page)


def at(browser: Browser, world: World, page: str) -> None:
    """The browser is at this page of the listener, or comes there."""
    wanted = f"http://{world.place}/{page}"
    browser.until(lambda: browser.address == wanted, f"the browser is at /{page}")


def look_around(browser: Browser, world: World) -> None:
    """All that somebody sees who sits down at this browser: page, address, the tab's list, the history page."""
    world.seen["page"] = str(browser.run("return document.documentElement.outerHTML"))
    world.seen["address"] = browser.address
    entries = browser.devtools("Page.getNavigationHistory")["entries"]
    # Pinterest's own page is at an address with the state: that one is Pinterest's to clean, and used up.
    own = [f"{entry['url']} {entry['title']}" for entry in entries if world.place in entry["url"]]
    world.seen["back list"] = "\n".join(own)
    demand(any("/done" in entry for entry in own), f"the page is not in the tab's list: {own}")
    own_tab = browser.tab
    browser.new_tab()
    browser.open("chrome://history/")
    browser.until(lambda: world.place in browser.run(DEEP), "the history page lists the login")
    history = str(browser.run(DEEP))
    world.seen["history page"] = "\n".join(line for line in history.splitlines() if "/oauth/?" not in line)
    browser.switch(own_tab)


def check_laptop(session: LoginSession) -> str:
    """the command opens a browser, a click allows it, the token is stored, and no code, state or token is anywhere"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        address = login.opened()
        demand(address.startswith(f"{world.redirect_uri}"), "the start page is elsewhere")
        path = address.removeprefix(world.redirect_uri)
        demand(len(path) == 16 and path.replace("-", "").replace("_", "").isalnum(), f"it is at {path}")
        login.says(f"Opening your browser: {address} (open it yourself if nothing happens).")
        login.begin(browser)
        login.says("The browser is at Pinterest: allow the app there.")
        login.beside.until(
            lambda: address in session.processes.text, "showed its browser in the process list"
        )
        allow(browser, world)
        demand("Done. You are logged in." in browser.text(), browser.text())
        look_around(browser, world)
        ended = login.ends()
        demand(
            ended.output.startswith("Logged in as @emulated_account (account default): pins:read")
            and "Renews itself; must be used within 60 days." in ended.output,
            f"it said {ended.output}",
        )
        bearer = {"authorization": f"Bearer {world.token()}"}
        user = web.request("GET", f"{world.emulator.base_url}/user_account", headers=bearer)
        demand(json.loads(user.text)["username"] == "emulated_account", user.text)
        demand(world.exchanges() == 1, f"{world.exchanges()} codes were sent")
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            with socket.socket(family) as late:
                demand(late.connect_ex((host, world.port)) != 0, f"{host} is still listened to")
        return f"{len(world.secrets)} secrets looked for"


def check_same_redirect_twice(session: LoginSession) -> None:
    """one redirect in two tabs, and a second code in a third, get one page; one code is sent"""
    browser = session.browser()
    with session.world("--switch", "code_replay_revokes=true") as world:
        login = world.start()
        for _ in range(2):
            login.begin(browser)
            browser.new_tab()
        login.begin(browser)
        # The exchange takes long: the others come in the middle.
        world.emulator.script({"fault": "slow", "path": "/v5/oauth/token"})
        first, second = world.redirect(login.state), world.redirect(login.state)
        # The driver waits for what a tab loads: all of them go at one time, later.
        together = int(time.time() * 1000) + 3_000
        for tab, address in zip(browser.tabs(), (first, first, second), strict=True):
            browser.switch(tab)
            go = "setTimeout(() => { location.href = arguments[0] }, arguments[1] - Date.now())"
            browser.run(go, address, together)
        for tab in browser.tabs():
            browser.switch(tab)
            at(browser, world, "done")
        login.ends()
        demand(world.exchanges() == 1, f"{world.exchanges()} codes were sent")
        world.token()


def check_reload_and_back(session: LoginSession) -> None:
    """after a reload and the button back the address bar has no code, and none is sent"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        login.begin(browser)
        allow(browser, world)
        browser.devtools("Page.reload")
        world.seen["address after a reload"] = browser.address
        login.ends()
        browser.go(-1)
        browser.until(lambda: "/oauth/?" in browser.address, "the browser is at Pinterest again")
        browser.go(1)
        browser.until(lambda: world.place in browser.address, "the browser is at the end again")
        world.seen["address after forward"] = browser.address
        demand(world.exchanges() == 1, f"{world.exchanges()} codes were sent")


def check_double_click(session: LoginSession) -> None:
    """a double click on Allow makes two codes: one is sent, and the page says that it is done"""
    browser = session.browser()
    with session.world("--switch", "code_replay_revokes=true") as world:
        login = world.start()
        login.begin(browser)
        browser.double_click("#allow")
        at(browser, world, "done")
        login.ends()
        demand(world.exchanges() == 1, f"{world.exchanges()} codes were sent")


def check_two_tabs(session: LoginSession) -> None:
    """the start page in two tabs of one browser is one login: both are sent to Pinterest, either may allow"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        login.begin(browser)
        browser.new_tab()
        login.begin(browser)
        allow(browser, world)
        login.ends()


def check_denied(session: LoginSession) -> None:
    """who does not allow it is told so on the page and in the terminal, with the state and without; nothing is stored"""
    browser = session.browser()
    with session.world() as world:
        for denial in ("with_state", "without_state"):
            world.emulator.switch(denial=denial)
            login = world.start()
            login.begin(browser)
            browser.click("#deny")
            at(browser, world, "denied")
            demand("You did not allow it." in browser.text(), browser.text())
            ended = login.ends(16)
            demand("the user did not allow it" in ended.errors, ended.errors)
        demand(world.exchanges() == 0, "a code was sent")
        demand(world.run("export", "--account", "default", "--json").code == 21, "an account is stored")


def check_failed_exchange(session: LoginSession) -> None:
    """where the exchange fails the page says that nothing is stored, and the terminal says why"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        login.begin(browser)
        world.emulator.script({"fault": "invalid_grant", "path": "/v5/oauth/token"})
        allow(browser, world, "failed")
        demand("You are not logged in." in browser.text(), browser.text())
        demand("redirect" in login.ends(8).errors, "the end says nothing of the redirect address")


def check_one_port_twice(session: LoginSession) -> None:
    """two logins one after the other on one port, well within a minute, both end well"""
    browser = session.browser()
    with session.world() as world:
        for _ in range(2):
            login = world.start()
            login.begin(browser)
            allow(browser, world)
            login.ends()
        demand(world.exchanges() == 2, f"{world.exchanges()} codes were sent")


def check_literal_addresses(session: LoginSession) -> None:
    """127.0.0.1 and [::1] as registered addresses: the listener is there alone, and the login ends well"""
    browser = session.browser()
    for host, other in (("127.0.0.1", "::1"), ("[::1]", "127.0.0.1")):
        with session.world(host=host) as world:
            login = world.start()
            login.begin(browser)
            family = socket.AF_INET6 if ":" in other else socket.AF_INET
            with socket.socket(family) as elsewhere:
                demand(elsewhere.connect_ex((other, world.port)) != 0, f"{other} is listened to as well")
            allow(browser, world)
            login.ends()


def check_without_ipv6(session: LoginSession) -> str:
    """on a machine without IPv6 localhost is 127.0.0.1 alone, and the whole login ends well"""
    if os.environ.get("LOGIN_WITHOUT_IPV6"):
        raise NotRun("this is that machine")
    unshare, ip = shutil.which("unshare"), shutil.which("ip")
    if unshare is None or ip is None:
        raise NotRun("no unshare or ip")
    inside = f'{ip} link set lo up && {ip} -6 addr del ::1/128 dev lo; exec "$@"'
    suite = [sys.executable, str(TESTS / "login" / "run.py"), "--only", "laptop"]
    words = [unshare, "-n", "sh", "-c", inside, "sh", *suite]
    if program.run([unshare, "-n", "true"]).code != 0:
        raise NotRun("no rights to make a network of its own")
    ended = program.run(words, env={**os.environ, "LOGIN_WITHOUT_IPV6": "1"})
    if ended.code != 0:
        raise Failed(ended.said)
    return ended.output.splitlines()[-1]
