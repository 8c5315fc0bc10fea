"""What takes long: nobody comes to the start page, and Pinterest does not know the address."""

from __future__ import annotations

from harness.failure import demand

from .session import LoginSession


def check_not_registered(session: LoginSession) -> None:
    """an address that is not registered ends at Pinterest's error page: the command says which one to register"""
    world, login = session.not_registered()
    login.says("No browser has come to the start page yet", 40)
    browser = session.browser()
    browser.open(login.opened())
    demand("does not match any of the registered redirect URIs" in browser.text(), browser.text())
    demand(browser.address.startswith(world.emulator.oauth_url), f"the browser is at {browser.address}")
    login.note(browser)
    login.says(
        f"If Pinterest shows an error, register exactly {world.redirect_uri} (without a slash at its end) "
        f"for app {world.emulator.app_id}.",
        80,
    )
    login.waits()
    demand(world.exchanges() == 0, "a code was sent")
