"""How both pages look: on a desk and a phone, light and dark; legible, labelled, nothing cut off."""

from __future__ import annotations

from harness import web
from harness.emulator import Emulator
from harness.failure import demand
from harness.looks import look_at

from .clicks import post_token
from .session import PICTURES, PageSession, login_url


def busy(emulator: Emulator) -> None:
    """What a person may see after an hour."""
    token = emulator.token()
    post_token(emulator, grant_type="refresh_token", refresh_token=token["refresh_token"])
    emulator.control("POST", "/clock", {"advance": 30 * 86_400})
    emulator.script({"fault": "unavailable"}, {"fault": "rate_limited"})
    for _ in range(2):
        post_token(emulator, grant_type="refresh_token", refresh_token=token["refresh_token"])
    headers = {"authorization": f"Bearer {token['access_token']}"}
    web.request("GET", f"{emulator.base_url}/user_account", headers=headers)
    web.request("GET", f"{emulator.base_url}/boards", headers={"host": "api.pinterest.com"})
    emulator.script({"fault": "never_read"}, {"fault": "slow", "times": 2})
    emulator.switch(rotation="strict", denial="without_state")


def check_looks(session: PageSession) -> str:
    """the control page is legible, labelled and not wider than the screen, on desk and phone, light and dark"""
    with session.control_page() as (emulator, browser, site):
        control = browser.tab
        busy(emulator)
        browser.new_tab()
        browser.open(login_url(emulator, site))
        browser.switch(control)
        browser.wait("document.querySelector('.login') !== null")
        browser.click("#requests li:nth-child(5) summary")
        browser.click("#consent [value=allow]")
        browser.wait("document.getElementById('code').innerText.includes('sha256:')")
        browser.wait("document.getElementById('said').innerText === ''")
        look_at(browser, PICTURES, "control")
        return str(PICTURES)


def check_consent_page(session: PageSession) -> None:
    """the consent page is legible, labelled and not wider than the screen, and fetches nothing"""
    with session.control_page() as (emulator, browser, site):
        url = login_url(emulator, site)
        browser.open(url)
        demand("You are @emulated_account" in browser.text(), "the page does not say who one is")
        look_at(browser, PICTURES, "consent")
        paths = {request["path"] for request in emulator.requests()}
        demand(paths == {"/oauth/"}, f"the page made the browser ask for {paths}")
