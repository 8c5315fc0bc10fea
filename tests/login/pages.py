"""How each page of the listener looks: on a desk and a narrow phone, light and dark."""

from __future__ import annotations

from harness.browser import Browser
from harness.failure import demand
from harness.looks import look_at

from .session import PICTURES, LoginSession
from .strangers import forwarded
from .whole import allow

SCREENS = {"desk": (1280, 900), "phone": (360, 640)}


def look(browser: Browser, name: str) -> None:
    """Pictures, and what a person would find wrong; the page has no script and fetches nothing."""
    look_at(browser, PICTURES, name, SCREENS)
    demand(browser.run("return document.scripts.length") == 0, f"{name}: it has scripts")
    loaded = browser.run("return performance.getEntriesByType('resource').map((one) => one.name)")
    fetched = [one for one in loaded if not one.endswith("/favicon.ico") and not one.startswith("data:")]
    demand(fetched == [], f"{name}: it fetches {fetched}")
    demand(browser.run("return document.title") != "", f"{name}: no title")
    demand(browser.run("return document.documentElement.lang") == "en", f"{name}: no language")


def check_ends(session: LoginSession) -> str:
    """the pages done, denied and failed are legible, not wider than the screen, and have no script"""
    browser = session.browser()
    for page in ("done", "denied", "failed"):
        with session.world() as world:
            login = world.start()
            login.begin(browser)
            if page == "failed":
                world.emulator.script({"fault": "invalid_grant", "path": "/v5/oauth/token"})
            world.emulator.switch(deny=page == "denied")
            allow(browser, world, page)
            look(browser, page)
            browser.screen(1280, 900)
    return str(PICTURES)


def check_refusals(session: LoginSession) -> None:
    """so are those for another window, a forwarded port, a private window, and nothing"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        start = login.opened()
        browser.open(f"{world.redirect_uri}?code=canary&state=canary")
        demand("This login belongs to another window or is over." in browser.text(), browser.text())
        look(browser, "elsewhere")
        with forwarded(world) as port:
            browser.open(start.replace(f":{world.port}/", f":{port}/"))
            demand("This port has another number here." in browser.text(), browser.text())
            look(browser, "forwarded")
        browser.open(f"{world.redirect_uri}canary")
        demand("There is nothing here." in browser.text(), browser.text())
        look(browser, "nothing")
        # No browser keeps so many cookies for one host.
        browser.devtools("Network.enable")
        browser.devtools("Network.setExtraHTTPHeaders", headers={"x-canary": "x" * 1_200_000})
        try:
            browser.open(start)
        finally:
            browser.devtools("Network.setExtraHTTPHeaders", headers={})
        demand("Open the address in a private window." in browser.text(), browser.text())
        login.says("The browser sends more cookies than a login reads")
        look(browser, "private-window")
        login.waits()
        login.begin(browser)
        allow(browser, world)
        login.ends()
