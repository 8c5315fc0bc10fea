"""Other pages: none drives or reads the emulator, whatever it tries."""

from __future__ import annotations

from urllib.parse import urlsplit

from harness.browser import Browser
from harness.emulator import Emulator
from harness.failure import demand
from harness.site import Site

from .clicks import post_token
from .session import REBOUND, PageSession, control_url, login_url

# Everything that a page can send without asking first. Each attempt tells what it could read.
ATTACK = """
const control = arguments[0], api = arguments[1], login = arguments[2];
const told = [];
const tried = (name, promise) => promise.then((text) => told.push([name, text]), () => told.push([name, null]));
const read = (url, options) => fetch(url, options).then((answer) => answer.text());
const loaded = (name, source) => new Promise((resolve) => {
  const element = document.createElement(name);
  element.onload = () => resolve('loaded'); element.onerror = () => resolve(null);
  element.src = source; document.body.append(element);
});
const form = (url, fields) => new Promise((resolve) => {
  const frame = document.createElement('iframe');
  frame.name = 'frame' + Math.random();
  const element = document.createElement('form');
  Object.assign(element, { method: 'post', action: url, target: frame.name, enctype: 'text/plain' });
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    Object.assign(input, { name, value }); element.append(input);
  }
  document.body.append(frame, element);
  let loads = 0;
  frame.onload = () => { loads += 1; if (frame.src !== '' || loads >= 1) setTimeout(() => resolve(null), 300); };
  element.submit();
});
const simple = { method: 'POST', mode: 'no-cors', body: '{"deny": true}' };
return Promise.all([
  tried('read requests', read(control + 'requests')),
  tried('read overview', read(control + 'overview')),
  tried('read page', read(control)),
  tried('drive by json', read(control + 'switches', { method: 'POST', body: '{"deny": true}',
    headers: { 'content-type': 'application/json' } })),
  tried('drive by delete', read(control + 'requests', { method: 'DELETE' })),
  tried('drive by simple post', fetch(control + 'switches', simple).then(() => null)),
  tried('drive by beacon', Promise.resolve(navigator.sendBeacon(control + 'reset', '')).then(() => null)),
  tried('drive by form', form(control + 'switches', { '{"deny": true, "user": "': '"}' })),
  tried('reset by form', form(control + 'reset', {})),
  tried('script by form', form(control + 'script', { '[{"status": 500}, "': '"]' })),
  tried('click by form', form(login, { decision: 'allow' })),
  tried('read by script', loaded('script', control + 'requests')),
  tried('read by image', loaded('img', control + 'requests')),
  tried('token by simple post', fetch(api + '/oauth/token', simple).then(() => null)),
]).then(() => told);
"""


def attacked(browser: Browser, emulator: Emulator, site: Site) -> list[list[str | None]]:
    """What a page of this site could read."""
    browser.open(site.url)
    login = login_url(emulator, site)
    told = browser.run(ATTACK, control_url(emulator), emulator.base_url, login)
    return [attempt for attempt in told if attempt[1] is not None]


def check_csrf(session: PageSession) -> str:
    """a page at another port of this machine neither changes nor reads anything, by fetch, form, image or script"""
    browser = session.browser()
    with Site() as site, session.emulator_for(site) as emulator:
        post_token(emulator, grant_type="client_credentials")
        emulator.script({"fault": "unavailable"})
        before = (emulator.control("GET", "/switches"), emulator.requests())
        could_read = attacked(browser, emulator, site)
        demand(not could_read, f"the page could read: {could_read}")
        after = (emulator.control("GET", "/switches"), emulator.requests())
        demand(before == after, "the page changed something")
        record = emulator.record()
        demand(record["script_left"] == 1, "the page changed or took a scripted fault")
        demand(record["refused"] >= 12, f"only {record['refused']} attempts reached the emulator")
        demand(site.came_back() == [], "the page gave access in a person's name")
        return f"{record['refused']} attempts"


def check_frame(session: PageSession) -> None:
    """no page shows the control page or the consent page in a frame"""
    browser = session.browser()
    with Site() as site, session.emulator_for(site) as emulator:
        pages = [control_url(emulator), login_url(emulator, site)]
        site.page = "<!doctype html><title>framing</title>" + "".join(
            f'<iframe src="{page.replace("&", "&amp;")}"></iframe>' for page in pages
        )
        browser.open(site.url)
        record = emulator.record()
        demand(record["refused"] == 2, f"{record['refused']} of 2 frames were refused")


def check_rebinding(session: PageSession) -> None:
    """a foreign name that leads to this machine gets nothing: no page, no record, no token"""
    browser = session.browser()
    with Site() as site, session.emulator_for(site) as emulator:
        post_token(emulator, grant_type="client_credentials")
        control, api = (urlsplit(emulator.facts[which]).port for which in ("control_url", "base_url"))
        for port, path in (
            (control, "/"),
            (control, "/requests"),
            (control, "/overview"),
            (api, "/v5/user_account"),
            (api, "/oauth/"),
        ):
            browser.open(f"http://{REBOUND}:{port}{path}")
            text = browser.text()
            demand(
                "Host is not this listener" in text and "Basic" not in text, f"{path} answered {text[:200]}"
            )
        demand(len(emulator.requests()) == 1, "a request by the foreign name was recorded")
        # That the name leads here at all: the same, after the emulator's owner has allowed it.
        emulator.control("POST", "/switches", {"hosts": [REBOUND]})
        browser.open(f"http://{REBOUND}:{api}/v5/user_account")
        demand(
            "Authentication failed" in browser.text(), f"the name does not lead here: {browser.text()[:200]}"
        )
