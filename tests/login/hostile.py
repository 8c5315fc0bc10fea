"""What reaches the listener and is no visit: other pages, requests made ahead, https, cookies of others, any bytes."""

from __future__ import annotations

import contextlib
import json
import socket

from harness.browser import Browser
from harness.failure import Failed, demand
from harness.site import Site

from .session import LoginSession
from .whole import allow, at
from .world import Started, World

PAGE = """<!doctype html><title>foreign</title>
<script>
const address = ADDRESS;
const tried = (load) => new Promise((done) => {
  const end = () => done(true);
  load(end);
  setTimeout(end, 3000);
});
const element = (name, attributes) => tried((end) => {
  const one = Object.assign(document.createElement(name), attributes);
  one.onload = one.onerror = end;
  document.body.append(one);
});
const all = async () => {
  await element('img', {src: address});
  await element('iframe', {src: address});
  await element('script', {src: address});
  await element('object', {data: address, type: 'text/html'});
  await fetch(address, {mode: 'no-cors', credentials: 'include'}).catch(() => null);
  await fetch(address, {credentials: 'include'}).catch(() => null);
  await element('link', {rel: 'prefetch', href: address});
  const rules = document.createElement('script');
  rules.type = 'speculationrules';
  rules.textContent = JSON.stringify({prefetch: [{source: 'list', urls: [address], eagerness: 'immediate'}]});
  document.head.append(rules);
  await new Promise((done) => setTimeout(done, 500));
  return true;
};
</script><body></body>"""
# Above what a browser keeps for one host in all, it forgets the oldest.
COOKIES = 170


def demand_whole(login: Started, browser: Browser, world: World) -> None:
    """The login still waits, and ends well with one exchange."""
    login.waits()
    demand(world.exchanges() == 0, "a code was sent")
    allow(browser, world)
    login.ends()
    demand(world.exchanges() == 1, f"{world.exchanges()} codes were sent")


def check_foreign_pages(session: LoginSession) -> None:
    """img, iframe, script, fetch and prefetch of other pages, with the right state and cookie, spend no login"""
    browser = session.browser()
    with session.world() as world, Site() as site:
        login = world.start()
        login.begin(browser)
        own = browser.tab
        site.page = PAGE.replace("ADDRESS", json.dumps(world.redirect(login.state)))
        # By name it is the same site as the listener: the browser sends the cookie along.
        for home in (site.url_by_name, site.url):
            browser.new_tab()
            browser.open(home)
            demand(browser.run("return all()"), "the page did not do its part")
        browser.switch(own)
        demand_whole(login, browser, world)


def check_https(session: LoginSession) -> None:
    """a browser that insists on https is noticed and told about once, and the login waits on"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        for _ in range(2):
            with contextlib.suppress(Failed):  # the page cannot be shown
                browser.open(login.opened().replace("http:", "https:"))
        login.says("The browser insists on https, and this address is http")
        demand(login.beside.errors.count("insists on https") == 1, login.beside.errors)
        demand(f"register http://127.0.0.1:{world.port}/" in login.beside.errors, login.beside.errors)
        login.begin(browser)
        demand_whole(login, browser, world)


def check_foreign_cookies(session: LoginSession) -> str:
    """170 large cookies that other servers of localhost have set do not disturb"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        for number in range(COOKIES):
            cookie = {"name": f"foreign{number}", "value": "x" * 3_900}
            browser.devtools("Network.setCookie", url="http://localhost/", **cookie)
        cookies = browser.devtools("Network.getCookies", urls=[world.redirect_uri])["cookies"]
        size = sum(len(cookie["name"]) + len(cookie["value"]) for cookie in cookies)
        demand(len(cookies) == COOKIES, f"the browser keeps {len(cookies)} cookies")
        login.begin(browser)
        demand_whole(login, browser, world)
        browser.devtools("Network.clearBrowserCookies")
        return f"{size // 1024} KiB in one header"


def ask(world: World, request: str | bytes, host: str = "127.0.0.1") -> str:
    """What comes back for these bytes, to the end of the connection."""
    with socket.create_connection((host, world.port), timeout=20) as plain:
        with contextlib.suppress(OSError):
            plain.sendall(request if isinstance(request, bytes) else request.encode())
        answer = b""
        with contextlib.suppress(OSError):
            while part := plain.recv(65_536):
                answer += part
    return answer.decode("utf-8", "replace")


def check_plain_sockets(session: LoginSession) -> str:
    """HEAD, POST, other hosts, parameters twice, long addresses and headers, any bytes: refused, nothing is repeated"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        login.begin(browser)
        cookies = browser.devtools("Network.getCookies", urls=[world.redirect_uri])["cookies"]
        cookie = f"Cookie: {cookies[0]['name']}={cookies[0]['value']}\r\n"
        start = "/" + login.opened().removeprefix(world.redirect_uri)
        back = "/" + world.redirect(login.state).removeprefix(world.redirect_uri)
        visit = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"

        def line(method: str, path: str, more: str = visit, host: str = world.place) -> str:
            return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{cookie}{more}\r\n"

        rebound = f"rebound.example:{world.port}"
        refused = {
            "HEAD of the redirect": (line("HEAD", back), 400),
            "HEAD of the start page": (line("HEAD", start), 400),
            "POST of the redirect": (line("POST", back, "Content-Length: 0\r\n"), 400),
            "an image": (line("GET", back, "Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n"), 400),
            "an iframe": (line("GET", back, "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n"), 400),
            "a prefetch": (line("GET", back, visit + "Sec-Purpose: prefetch\r\n"), 400),
            "Purpose": (line("GET", back, "Purpose: prefetch\r\n"), 400),
            "X-Moz": (line("GET", start, "X-Moz: prefetch\r\n"), 400),
            "a name that leads here": (line("GET", back, host=rebound), 400),
            "that name at the start page": (line("GET", start, host=rebound), 400),
            "two states": (line("GET", f"{back}&state=canary"), 400),
            "two codes": (line("GET", f"{back}&code=canary"), 400),
            "another state": (line("GET", back.replace(login.state, "canary")), 400),
            "no state": (line("GET", "/?code=canary"), 400),
            "neither code nor error": (line("GET", f"/?state={login.state}"), 400),
            "another path": (line("GET", "/canary"), 404),
            "the page of the end, too early": (line("GET", "/done"), 404),
            "an icon": (line("GET", "/favicon.ico"), 404),
            "a cancel": (line("GET", "/cancel"), 404),
            "a long address": (line("GET", "/canary?code=" + "x" * 9_000), 404),
            "large headers": (line("GET", start, "Cookie: " + "canary" * 200_000 + "\r\n"), 431),
        }
        for what, (request, status) in refused.items():
            answer = ask(world, request)
            demand(answer.startswith(f"HTTP/1.1 {status}"), f"{what} got {answer[:60]!r} instead of {status}")
            demand(
                "canary" not in answer and "location:" not in answer.lower(), f"{what}: the answer repeats it"
            )
            header = answer.lower()
            for name in (
                "no-store",
                "nosniff",
                "no-referrer",
                "default-src 'none'",
                "frame-ancestors 'none'",
            ):
                demand(name in header, f"{what}: no {name}")
            demand("<script" not in header and "access-control" not in header, f"{what}: more than a page")
        for bytes_ in (
            b"\0" * 100,
            b"canary\r\n\r\n",
            b"GET\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"\x16\x03\x01",
        ):
            demand("canary" not in ask(world, bytes_), "bytes are repeated")
        answer = ask(world, line("GET", start), "::1")
        demand(answer.startswith("HTTP/1.1 303"), f"the start page with its cookie, on ::1: {answer[:60]!r}")
        demand(
            "pinterest-oauth-login=" in answer and "SameSite=Lax" in answer and "HttpOnly" in answer,
            "no cookie",
        )
        demand_whole(login, browser, world)
        return f"{len(refused)} requests"


def check_html_is_whole(session: LoginSession) -> None:
    """what a redirect brings is on no page: markup in code, state and error comes back nowhere"""
    browser = session.browser()
    with session.world() as world:
        login = world.start()
        login.begin(browser)
        browser.open(
            f"{world.redirect_uri}?error=%3Cscript%3Ecanary&state={login.state}&error_description=canary"
        )
        at(browser, world, "failed")
        demand(
            "canary" not in browser.run("return document.documentElement.outerHTML"), "the page repeats it"
        )
        ended = login.ends(16)
        demand("\x1b" not in ended.errors, ended.errors)
