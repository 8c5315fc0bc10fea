"""Every language's example of a web app, with several workers behind one address, as a visitor's browser has it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from harness import web
from harness.browser import Browser
from harness.failure import demand

from . import examples
from .examples import Example
from .served import Proxy, Served
from .session import LoginSession
from .world import World

PREFIX = "pinterest-oauth-"


def cookies(browser: Browser) -> list[dict[str, Any]]:
    """Those of logins that are open."""
    kept = browser.devtools("Storage.getCookies")["cookies"]
    return [cookie for cookie in kept if cookie["name"].removeprefix("__Host-").startswith(PREFIX)]


def begin(browser: Browser, app: Served) -> str:
    """The visitor is at Pinterest; the state. Nobody else may see it, nor the cookie."""
    browser.open(app.origin + app.example.begin)
    browser.wait("document.getElementById('allow') !== null")
    state = parse_qs(urlsplit(browser.address).query)["state"][0]
    kept = {f"cookie {cookie['name']}": str(cookie["value"]) for cookie in cookies(browser)}
    app.world.secrets |= {f"state {state[:6]}": state, **kept}
    secure = app.origin.startswith("https:")
    for cookie in cookies(browser):
        demand(cookie["name"].startswith("__Host-") == secure, f"its name is {cookie['name']}")
        found = {name: cookie.get(name) for name in ("secure", "httpOnly", "sameSite", "path")}
        wanted = {"secure": secure, "httpOnly": True, "sameSite": "Lax", "path": "/"}
        demand(found == wanted, f"the cookie has {found}")
    return state


def allow(browser: Browser, app: Served) -> None:
    """Clicks the button: the visitor is where the app wanted, and is logged in."""
    browser.click("#allow")
    at_next(browser, app)


def at_next(browser: Browser, app: Served) -> None:
    """The browser is where a login ends, or comes there."""
    wanted = app.origin + app.example.next
    browser.until(lambda: browser.address == wanted, f"the browser is at {app.example.next}")
    demand(app.example.greets in browser.text(), browser.text())


def sent(app: Served, codes: int) -> None:
    """Fails where it was not this often that a code was sent."""
    found = app.world.exchanges()
    demand(found == codes, f"{found} codes were sent instead of {codes}")


def accounts(world: World) -> list[str]:
    """Those with a stored token."""
    listed = json.loads(world.run("accounts", "--json").demand_success())
    return [str(one["account"]) for one in listed]


def denied(browser: Browser, app: Served) -> None:
    """Who does not allow it is told so; nothing is sent and nothing stored."""
    begin(browser, app)
    browser.click("#deny")
    back = app.world.redirect_uri
    browser.until(lambda: browser.address.startswith(back), "the browser is back")
    demand("Access was not given; nothing was stored." in browser.text(), browser.text())
    demand(cookies(browser) == [], "the cookie is still there")
    demand(accounts(app.world) == [], "an account is stored")
    sent(app, 0)


def allowed(browser: Browser, app: Served) -> None:
    """The token is stored; neither reload, back, forward nor the address itself sends a code again."""
    state = begin(browser, app)
    demand(len(cookies(browser)) == 1, f"{len(cookies(browser))} cookies")
    allow(browser, app)
    demand(cookies(browser) == [], "the cookie is still there")
    account = app.example.account or accounts(app.world)[0]
    bearer = {"authorization": f"Bearer {app.world.token(account)}"}
    user = web.request("GET", f"{app.world.emulator.base_url}/user_account", headers=bearer)
    known = json.loads(user.text)
    # Code 3: Pinterest knows the token, and the app has not asked for this scope.
    demand(known.get("username") == "emulated_account" or known.get("code") == 3, user.text)
    browser.run("window.before = true")
    browser.devtools("Page.reload")
    browser.wait("window.before === undefined && document.readyState === 'complete'")
    at_next(browser, app)
    browser.go(-1)
    browser.until(lambda: "/oauth/?" in browser.address, "the browser is at Pinterest again")
    browser.go(1)
    at_next(browser, app)
    entries = browser.devtools("Page.getNavigationHistory")["entries"]
    own = "\n".join(entry["url"] for entry in entries if entry["url"].startswith(app.origin))
    demand("code=" not in own and app.example.next in own, f"the tab's list has {own}")
    sent(app, 1)
    # As the browser's own history offers it.
    code = next(
        value for one in app.world.emulator.requests() for name, value in one["form"] or [] if name == "code"
    )
    browser.open(f"{app.world.redirect_uri}?{urlencode({'code': code, 'state': state})}")
    demand("begun in another browser" in browser.text(), browser.text())
    sent(app, 1)


def side_by_side(browser: Browser, app: Served) -> None:
    """Two tabs: the last one that began ends first, and the other one as well."""
    first = browser.tab
    begin(browser, app)
    browser.new_tab()
    begin(browser, app)
    demand(len(cookies(browser)) == 2, f"{len(cookies(browser))} cookies")
    allow(browser, app)
    browser.switch(first)
    allow(browser, app)
    demand(cookies(browser) == [], "a cookie is still there")
    sent(app, 3)


def visited(browser: Browser, app: Served) -> None:
    """All that a visitor does."""
    denied(browser, app)
    allowed(browser, app)
    side_by_side(browser, app)


def served_to(session: LoginSession, example: Example) -> None:
    """The example without a proxy."""
    with session.world(path=example.callback) as world, Served(world, example) as app:
        visited(session.browser(), app)


def check_flask(session: LoginSession) -> None:
    """Flask under gunicorn: logged in with a click, one code however often it comes, two tabs, a denial"""
    served_to(session, examples.FLASK)


def check_starlette(session: LoginSession) -> None:
    """Starlette under uvicorn: logged in with a click, one code however often it comes, two tabs, a denial"""
    served_to(session, examples.STARLETTE)


def check_psgi(session: LoginSession) -> None:
    """PSGI under Starman: logged in with a click, one code however often it comes, two tabs, a denial"""
    served_to(session, examples.PSGI)


def check_plain_php(session: LoginSession) -> None:
    """plain PHP: logged in with a click, one code however often it comes, two tabs, a denial"""
    served_to(session, examples.PLAIN_PHP)


def check_symfony(session: LoginSession) -> None:
    """Symfony: logged in with a click, one code however often it comes, two tabs, a denial"""
    served_to(session, examples.SYMFONY)


def check_node_http(session: LoginSession) -> None:
    """node:http in a cluster: logged in with a click, one code however often it comes, two tabs, a denial"""
    served_to(session, examples.NODE)


def check_tls(session: LoginSession) -> None:
    """behind a proxy that ends TLS the cookie is a __Host- one, and a visitor's login does all the same"""
    example = examples.FLASK
    with (
        session.world(scheme="https", path=example.callback) as world,
        Proxy(world) as proxy,
        Served(world, example, proxy.port) as app,
    ):
        browser = session.browser()
        # The certificate is nobody's.
        browser.devtools("Security.setIgnoreCertificateErrors", ignore=True)
        visited(browser, app)
