"""The control page: what each click does, and what is shown."""

from __future__ import annotations

from urllib.parse import urlencode

from harness import web
from harness.browser import ENTER, TAB, Browser
from harness.emulator import Emulator, exchange
from harness.failure import demand

from .session import PageSession, login_url

DAY = 86_400


def post_token(emulator: Emulator, **form: str) -> web.Answer:
    """A token request as a client sends it."""
    headers = {**web.FORM, "authorization": f"Basic {emulator.basic}"}
    return web.request("POST", f"{emulator.base_url}/oauth/token", urlencode(form), headers)


def demand_hidden(browser: Browser, *secrets: str) -> None:
    """Fails where one of them is anywhere in the page, in what is typed, or in the address."""
    script = """return document.documentElement.outerHTML + location.href
        + [...document.querySelectorAll('input, select')].map((input) => input.value).join('\\n')"""
    page = browser.run(script)
    for secret in secrets:
        demand(secret not in page, f"a secret of {len(secret)} characters is in the page")


def check_requests(session: PageSession) -> str:
    """requests appear as they come, each with what it was answered; secrets are fingerprints"""
    with session.control_page() as (emulator, browser, _):
        token = emulator.token()
        code = emulator.code(state="state-canary")
        secrets = [emulator.app_secret, emulator.basic, code, token["access_token"], token["refresh_token"]]
        post_token(emulator, grant_type="refresh_token", refresh_token=token["refresh_token"])
        post_token(emulator, grant_type="refresh_token", refresh_token=code)
        bearer = {"authorization": f"Bearer {token['access_token']}", "cookie": "cookie-canary"}
        web.request("GET", f"{emulator.base_url}/user_account?access_token=query-canary", headers=bearer)
        rows = browser.wait(
            "document.querySelectorAll('#requests li').length === 4 && "
            "[...document.querySelectorAll('#requests summary')].map((row) => row.innerText)"
        )
        demand(
            "/v5/user_account" in rows[0] and "200" in rows[0] and " ms" in rows[0],
            f"the newest is {rows[0]}",
        )
        demand("401" in rows[1] and "200" in rows[2], f"the refreshes are {rows[1]} and {rows[2]}")
        browser.click("#requests li:nth-child(3) summary")
        opened = browser.text("#requests li:nth-child(3) table")
        demand("grant_type" in opened and "application/x-www-form-urlencoded" in opened, f"it shows {opened}")
        demand(f"Basic {emulator.app_id}:sha256:" in opened, f"no fingerprint of the credentials: {opened}")
        tiles = browser.text("#counts")
        demand("requests\n4" in tiles, f"the counts are {tiles}")
        demand("1 with a code, 1 with a refresh token" in browser.text("#posts"), browser.text("#posts"))
        demand_hidden(browser, *secrets, "canary")
        environment = browser.text("#environment")
        demand(f"export PINTEREST_API_URI='{emulator.base_url}'" in environment, environment)
        browser.click("#forget")
        browser.wait("document.querySelectorAll('#requests li').length === 0")
        demand(emulator.requests() == [], "the record was not forgotten")
        emulator.script({"fault": "closed"})
        browser.wait("document.getElementById('script').innerText.includes('closed')")
        return "4 requests"


def check_switches(session: PageSession) -> None:
    """a click sets a switch: yes or no, one of some words, or a text; a wrong value is told"""
    with session.control_page(except_for="400 (Bad Request)") as (emulator, browser, _):
        browser.click("#switch-deny")
        browser.run(
            "const select = document.getElementById('switch-rotation'); select.value = 'family';"
            "select.dispatchEvent(new Event('change'))"
        )
        for name, text in (
            ("code_lifetime", "5"),
            ("user", "second"),
            ("proxy_auth", "u:canary"),
            ("rate_limit", '{"limit": 2, "window": 60}'),
            ("hosts", "a.example, b.example"),
        ):
            browser.type(f"#switch-{name}", text)
            browser.click(f"[data-switch={name}] button")
            browser.wait("document.getElementById('said').innerText === arguments[0]", f"{name} is set")
        switches = emulator.control("GET", "/switches")
        expected = {
            "deny": True,
            "rotation": "family",
            "code_lifetime": 5,
            "user": "second",
            "proxy_auth": "u:canary",
            "rate_limit": {"limit": 2, "window": 60},
            "hosts": ["a.example", "b.example"],
        }
        set_now = {name: switches[name] for name in expected}
        demand(set_now == expected, f"the switches are {set_now}")
        browser.wait("document.querySelectorAll('.switch.changed').length === 7")
        demand_hidden(browser, "canary")
        browser.type("#switch-success_status", "404")
        browser.click("[data-switch=success_status] button")
        browser.wait("document.getElementById('said').innerText.includes('not a success')")
        browser.wait("document.getElementById('switch-success_status').value === '200'")
        browser.click("#reset")
        browser.wait("document.querySelectorAll('.switch.changed').length === 0")
        demand(emulator.control("GET", "/switches")["deny"] is False, "start over left a switch")
        emulator.switch(legacy_app=True)
        browser.wait("document.getElementById('switch-legacy_app').checked")


def check_clock(session: PageSession) -> None:
    """a click moves the clock a day, 30 days, 60 days, or as far as one types"""
    with session.control_page() as (emulator, browser, _):
        moved = 0
        for days in (1, 30, 60):
            browser.click(f"#days button[value='{days}']")
            moved += days
            browser.wait("document.getElementById('ahead').innerText === arguments[0]", f"{moved} d ahead")
        browser.type("#clock [name=number]", "5")
        browser.click("#clock button")
        browser.wait("document.getElementById('ahead').innerText === arguments[0]", f"{moved} d 5 min ahead")
        ahead = emulator.control("GET", "/overview")["ahead"]
        demand(ahead == moved * DAY + 300, f"the clock is {ahead} s ahead")


def check_faults(session: PageSession) -> None:
    """a click on a fault's name plays it for the next request, as often as one types; another click plays none"""
    with session.control_page() as (emulator, browser, _):
        browser.click("[aria-describedby=fault-unavailable]")
        browser.type("#times", "2")
        browser.click("[aria-describedby=fault-invalid_grant]")
        browser.wait("document.getElementById('script').innerText.includes('unavailable, invalid_grant × 2')")
        answers = [post_token(emulator, grant_type="client_credentials").status for _ in range(4)]
        demand(answers == [503, 401, 401, 200], f"the answers were {answers}")
        browser.click("[aria-describedby=fault-silent]")
        browser.wait("document.getElementById('script').innerText.includes('silent × 2')")
        browser.click("#unscript")
        browser.wait("document.getElementById('script').innerText.includes('no fault')")
        demand(post_token(emulator, grant_type="client_credentials").status == 200, "the fault was played")


def check_codes(session: PageSession) -> None:
    """a click makes a code, or a refusal, without showing it; it is copied, or taken back to the app"""
    with session.control_page() as (emulator, browser, site):
        browser.devtools(
            "Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"]
        )
        browser.run("document.querySelector('[name=redirect_uri]').value = 'http://localhost:8085/'")
        browser.type("#consent [name=user]", "second")
        browser.click("#consent [value=allow]")
        browser.wait("document.getElementById('code').innerText.includes('sha256:')")
        browser.click("#code button:nth-child(1)")
        browser.wait("document.getElementById('said').innerText === 'Code copied'")
        code = browser.run("return navigator.clipboard.readText()")
        demand_hidden(browser, code)
        token = exchange(f"{emulator.base_url}/oauth/token", emulator.basic, code)
        account = web.request(
            "GET",
            f"{emulator.base_url}/user_account",
            headers={"authorization": f"Bearer {token['access_token']}"},
        )
        demand('"second"' in account.text, f"the account is {account.text}")

        browser.run("document.querySelector('[name=redirect_uri]').value = arguments[0]", site.url)
        browser.type("#consent [name=state]", "state-of-the-app")
        for decision, expected in (("allow", "code"), ("deny", "error")):
            browser.run("document.getElementById('code').replaceChildren()")
            browser.click(f"#consent [value={decision}]")
            browser.wait(
                "document.getElementById('code').innerText.startsWith(arguments[0])",
                "A code" if decision == "allow" else "Refused",
            )
            browser.click("#code button:last-child")
            came_back = browser.until(site.came_back, "the app is visited")[-1]
            demand(expected in came_back and came_back["state"] == "state-of-the-app", f"it got {came_back}")
            site.visits.clear()


def check_logins(session: PageSession) -> None:
    """a login under way is decided by a click: the browser goes back to the app with a code, or an error"""
    with session.control_page() as (emulator, browser, site):
        control = browser.tab
        for decision, expected in (("allow", "code"), ("deny", "error")):
            browser.new_tab()
            browser.open(login_url(emulator, site))
            browser.switch(control)
            browser.wait("document.querySelector('.login') !== null")
            demand(site.url in browser.text(".login"), "the login does not say where it goes back to")
            demand_hidden(browser, "canary")
            browser.click(f".login [value={decision}]")
            came_back = browser.until(site.came_back, "the app is visited")[-1]
            demand(
                expected in came_back and came_back["state"] == "state-canary", f"it got {sorted(came_back)}"
            )
            site.visits.clear()
            browser.switch(control)
            browser.wait("document.querySelector('.login') === null")


def check_keyboard(session: PageSession) -> str:
    """all of it is reached and worked with the keyboard alone, and what has the focus is seen to have it"""
    with session.control_page() as (emulator, browser, _):
        post_token(emulator, grant_type="client_credentials")
        browser.wait("document.querySelector('#requests summary') !== null")
        wanted = browser.run("""return [...document.querySelectorAll('button, input, select, summary, [tabindex]')]
            .filter((one) => one.checkVisibility()).length""")
        reached = 0
        focus = """const focus = document.activeElement; const style = getComputedStyle(focus);
            return [focus === document.body, focus.id || focus.textContent.trim().slice(0, 30),
                    parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none']"""
        browser.run("document.body.tabIndex = -1; document.body.focus()")
        for _ in range(wanted + 5):
            browser.press(TAB)
            at_the_end, name, seen = browser.run(focus)
            if at_the_end:
                break
            reached += 1
            demand(seen, f"one does not see that this has the focus: {name}")
        demand(reached >= wanted, f"only {reached} of {wanted} things are reached")
        browser.run("document.querySelector('#requests summary').focus()")
        browser.press(ENTER)
        browser.wait("document.querySelector('#requests details').open")
        browser.run("document.querySelector('#days button').focus()")
        browser.press(ENTER)
        browser.wait("document.getElementById('ahead').innerText === '1 d ahead'")
        return f"{reached} things"
