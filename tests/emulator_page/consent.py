"""The consent page: where each click takes the browser, and who gives access."""

from __future__ import annotations

import json

from harness import web
from harness.browser import Browser
from harness.emulator import Emulator
from harness.failure import demand
from harness.site import Site

from .clicks import post_token
from .session import PageSession, login_url

STATE = "state-canary"


def came_back(browser: Browser, site: Site, count: int = 1) -> list[dict[str, str]]:
    """With what the browser came back to the app, as soon as it did so `count` times."""
    visits = browser.until(lambda: site.came_back()[count - 1 :] and site.came_back(), "the app is visited")
    site.visits.clear()
    return visits


def account(emulator: Emulator, redirect_uri: str, code: str) -> str:
    """Whose code it is."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    token = json.loads(post_token(emulator, **form).text)["access_token"]
    bearer = {"authorization": f"Bearer {token}"}
    answer = web.request("GET", f"{emulator.base_url}/user_account", headers=bearer)
    return str(json.loads(answer.text)["username"])


def check_denial(session: PageSession) -> None:
    """a click on the second button comes back with the state, or without it, or stays at a page that says so"""
    with session.control_page() as (emulator, browser, site):
        refusal = {"error": "access_denied"}
        for denial, expected in (("with_state", {**refusal, "state": STATE}), ("without_state", refusal)):
            emulator.switch(denial=denial)
            browser.open(login_url(emulator, site))
            browser.click("#deny")
            told = came_back(browser, site)
            demand(told == [expected], f"{denial}: it got {told}")
        emulator.switch(denial="page")
        browser.open(login_url(emulator, site))
        browser.click("#deny")
        browser.wait("document.title === 'You gave no access'")
        demand(browser.address == f"{emulator.oauth_url}/oauth/", f"the browser is at {browser.address}")
        demand(site.visits == [], f"the app got {site.visits}")


def check_not_registered(session: PageSession) -> None:
    """with an address that is not registered to the letter the browser stays at an error page"""
    with session.control_page(except_for="Failed to load resource") as (emulator, browser, site):
        for switches in ({}, {"auto_consent": True}):
            emulator.switch(**switches)
            url = login_url(emulator, site, redirect_uri=site.url.removesuffix("/"))
            browser.open(url)
            text = browser.text()
            demand("does not match any of the registered redirect URIs" in text, f"it says {text}")
            demand(browser.address == url, f"the browser is at {browser.address}")
        demand(site.visits == [], f"the app got {site.visits}")


def check_two_codes(session: PageSession) -> None:
    """one login allowed twice, in two tabs or by a double click, makes two codes with one state, and both work"""
    with session.control_page() as (emulator, browser, site):
        url = login_url(emulator, site)
        first = browser.tab
        browser.open(url)
        second = browser.new_tab()
        browser.open(url)
        for tab in (second, first):
            browser.switch(tab)
            browser.click("#allow")
        told = came_back(browser, site, 2)
        demand([one["state"] for one in told] == [STATE, STATE], "a state is another")
        codes = {one["code"] for one in told}
        demand(len(codes) == 2, "the two codes are one")
        for code in codes:
            demand(account(emulator, site.url, code) == "emulated_account", "a code is worth nothing")
        emulator.forget_requests()
        browser.open(url)
        browser.double_click("#allow")
        came_back(browser, site)
        posts = [request["answered"] for request in emulator.requests() if request["method"] == "POST"]
        demand(posts in ([302], [302, 302]), f"the clicks were answered {posts}")


def check_second_person(session: PageSession) -> None:
    """the page says who one is; after the switch it is somebody else, whose code is another account's"""
    with session.control_page() as (emulator, browser, site):
        for user in ("emulated_account", "second"):
            emulator.switch(user=user)
            browser.open(login_url(emulator, site))
            demand(browser.text("#user") == f"@{user}", f"the page says {browser.text('#user')}")
            browser.click("#allow")
            code = came_back(browser, site)[0]["code"]
            owner = account(emulator, site.url, code)
            demand(owner == user, f"{user}: the code is of {owner}")


def check_app_of_another_origin(session: PageSession) -> None:
    """an app's POST button leads here by 303, and a click leads back, to another port and to another site"""
    with session.control_page() as (emulator, browser, site):
        site.page = (
            '<!doctype html><title>app</title><form method="post"><button id="login">Log in</button></form>'
        )
        for home in (site.url, site.url_by_name):
            site.sends_to = login_url(emulator, site, redirect_uri=home)
            browser.open(home)
            browser.click("#login")
            browser.wait("document.getElementById('allow') !== null")
            browser.click("#allow")
            told = came_back(browser, site)
            demand(told[-1]["state"] == STATE and "code" in told[-1], f"{home}: it got {sorted(told[-1])}")
            demand(browser.address.startswith(home), f"{home}: the browser is elsewhere")
