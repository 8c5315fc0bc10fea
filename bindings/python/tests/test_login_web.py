"""The login of a web app: the examples of Flask and Starlette, each with several workers, and a browser."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from asking import LIMIT, wait_until
from browser import NAVIGATES, Browser, ask, consent
from pinterest_oauth import (
    AsyncTokenManager,
    InvalidArgumentError,
    InvalidConfigError,
    LoginBegin,
    LoginEnd,
    PinterestOAuthError,
    TokenManager,
)
from pinterest_oauth.emulator import Emulator
from pinterest_oauth.web import begin_fields, finish_fields
from world import PAGE, World

if TYPE_CHECKING:
    from collections.abc import Iterator

GUNICORN = ["gunicorn", "--workers=3", "--threads=4", "--graceful-timeout=5", "--log-level=warning"]
UVICORN = ["uvicorn", "--workers=3", "--log-level=warning"]
SERVERS = {
    "flask": lambda port: [*GUNICORN, f"--bind=127.0.0.1:{port}", "login_workers:flask"],
    "starlette": lambda port: [*UVICORN, "--host=127.0.0.1", f"--port={port}", "login_workers:starlette"],
}


class App:
    """An example app under way."""

    def __init__(self, name: str, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port: int = listener.getsockname()[1]
        self.origin = f"http://localhost:{self.port}"
        self.name, self.folder = name, folder

    def __enter__(self) -> App:
        self.emulator = Emulator(redirect_uris=[f"{self.origin}/callback"]).__enter__()
        environment = {
            **os.environ,
            **self.emulator.environment(),
            "PINTEREST_OAUTH_STORE": str(self.folder / "tokens"),
            "REDIRECT_URI": f"{self.origin}/callback",
            "SECRET_KEY": "of the session",
        }
        self.log = (self.folder / "log").open("w+b")
        command = [sys.executable, "-m", *SERVERS[self.name](self.port)]
        self.server = subprocess.Popen(
            command, env=environment, cwd=Path(__file__).parent, stdout=self.log, stderr=self.log
        )
        wait_until(self.answers)
        return self

    def __exit__(self, *problem: object) -> None:
        self.server.terminate()
        try:
            self.server.wait(LIMIT)
        finally:
            self.server.kill()
            self.server.wait()
            self.log.close()
            self.emulator.__exit__(None, None, None)

    def answers(self) -> bool:
        assert self.server.poll() is None, (self.folder / "log").read_text()
        try:
            return ask("GET", f"{self.origin}/", {}).status == 200
        except OSError:
            return False

    def codes(self) -> int:
        return sum(one["path"] == "/v5/oauth/token" for one in self.emulator.requests())


@pytest.fixture(scope="module", params=SERVERS)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    if request.param == "flask" and not hasattr(os, "fork"):
        pytest.skip("gunicorn needs os.fork")
    with App(request.param, tmp_path_factory.mktemp(request.param)) as app:
        yield app


@pytest.fixture
def browser(app: App) -> Browser:
    """A browser that was at the app, whose session it has."""
    app.emulator.reset()
    browser = Browser()
    assert "Log in with Pinterest" in browser.get(f"{app.origin}/").text
    return browser


def test_a_visitor_is_logged_in_and_goes_on(app: App, browser: Browser) -> None:
    page = browser.log_in(f"{app.origin}/login?next=/%3Ftab%3D2")
    assert (page.status, page.header("location")) == (303, "/?tab=2")
    assert browser.get(f"{app.origin}/").text == "You are logged in."
    assert [name for name in browser.cookies if name.startswith("pinterest-oauth-")] == []
    assert app.codes() == 1


def test_the_same_redirect_at_every_worker_sends_its_code_once(app: App, browser: Browser) -> None:
    back = browser.consent(f"{app.origin}/login")
    kept = dict(browser.cookies)

    def visit(_: int) -> tuple[int, str, str]:
        again = Browser()
        again.cookies = dict(kept)
        page = again.get(back)
        return page.status, page.header("location"), page.header("x-worker")

    with ThreadPoolExecutor(16) as visitors:
        visits = list(visitors.map(visit, range(64)))
    # Which worker takes a connection is the system's choice: one that sleeps takes none.
    asleep = int(visits[-1][2])
    os.kill(asleep, signal.SIGSTOP)
    try:
        visits.append(visit(64))
    finally:
        os.kill(asleep, signal.SIGCONT)
    assert {(status, where) for status, where, _ in visits} == {(303, "/")}
    assert len({worker for _, _, worker in visits}) > 1
    assert app.codes() == 1


def test_two_tabs_do_not_disturb_each_other(app: App, browser: Browser) -> None:
    first = browser.consent(f"{app.origin}/login?next=/first")
    second = browser.consent(f"{app.origin}/login?next=/second")
    assert browser.get(first).header("location") == "/first"
    assert browser.get(second).header("location") == "/second"
    assert app.codes() == 2


def test_what_is_no_visit_leaves_the_login_as_it_is(app: App, browser: Browser) -> None:
    back = browser.consent(f"{app.origin}/login")
    assert browser.get(back, method="HEAD").status == 204
    for name in ("Sec-Purpose", "Purpose", "X-Moz"):
        assert browser.get(back, {**NAVIGATES, name: "prefetch"}).status == 204
    assert app.codes() == 0
    assert browser.get(back).status == 303


def test_a_redirect_that_is_not_of_this_browser_is_refused(app: App, browser: Browser) -> None:
    back = browser.consent(f"{app.origin}/login")
    victim = Browser()
    victim.get(f"{app.origin}/")
    assert victim.get(back).status == 400
    # The cookie of the login alone, in the session of another user.
    victim.cookies.update({name: one for name, one in browser.cookies.items() if name != "session"})
    assert victim.get(back).status == 400
    assert browser.get(re.sub("state=[^&]*", "state=c4nary", back)).status == 400
    assert app.codes() == 0


def test_who_does_not_allow_it_is_told_so(app: App, browser: Browser) -> None:
    page = browser.log_in(f"{app.origin}/login", "deny")
    assert page.status == 403
    assert page.text == "Access was not given; nothing was stored."
    assert app.codes() == 0


def test_a_next_that_leads_elsewhere_is_refused_before_anybody_leaves(app: App, browser: Browser) -> None:
    for elsewhere in ("//example.com/", "https://example.com/", "/%5Cexample.com"):
        page = browser.get(f"{app.origin}/login?next={elsewhere}")
        assert (page.status, page.header("location")) == (400, "")
        assert page.text.startswith("next ")


def test_a_failed_exchange_is_told_without_a_secret(app: App, browser: Browser) -> None:
    back = browser.consent(f"{app.origin}/login")
    page = browser.get(re.sub("code=[^&]*", "code=c4nary0123456789", back))
    assert (page.status, page.text) == (502, "The login did not work: try again later.")
    log = (app.folder / "log").read_text()
    assert "c4nary" not in log
    assert all(value not in log for value in browser.cookies.values())


# Without a framework.


def begin(manager: Any, **more: Any) -> LoginBegin:
    begun: LoginBegin = manager.begin_login(PAGE, scope="pins:read", **more)
    return begun


def cookie_of(begun: LoginBegin) -> str:
    return begun.set_cookies[-1].partition(";")[0]


def finish(world: World, query: str, **more: Any) -> LoginEnd:
    return world.manager().finish_login(query, **more)


def finish_async(world: World, query: str, **more: Any) -> LoginEnd:
    async def main() -> LoginEnd:
        return await AsyncTokenManager(**world.settings).finish_login(query, **more)

    return asyncio.run(main())


both = pytest.mark.parametrize("ended", [finish, finish_async])


@both
def test_what_one_manager_begins_another_finishes(world: World, ended: Any) -> None:
    begun = begin(world.manager(), account="shop-42", next="/a?b=c", host="localhost:8085")
    back = consent(begun.url)
    end = ended(world, back, cookies=cookie_of(begun))
    assert (end.outcome, end.status, end.account, end.next) == ("done", 303, "shop-42", "/a?b=c")
    assert (end.scopes, len(end.set_cookies), end.user) == (("pins:read",), 1, None)
    first = world.manager().account("shop-42").export()
    again = ended(world, back, cookies=cookie_of(begun))
    assert again.outcome == "done"
    assert world.manager().account("shop-42").export() == first
    assert sum(world.emulator.counts()["accounts"]["emulated_account"].values()) == 1


@both
def test_what_a_visitor_did_is_an_outcome(world: World, ended: Any) -> None:
    begun = begin(AsyncTokenManager(**world.settings), owner="anna")
    back, cookies = consent(begun.url), cookie_of(begun)
    assert ended(world, back).outcome == "mismatch"
    assert ended(world, back, cookies=cookies, owner="bob").outcome == "mismatch"
    assert ended(world, back, cookies=cookies, owner="anna", method="POST").outcome == "not_a_visit"
    assert ended(world, back, cookies=cookies, owner="anna", purpose="prefetch").status == 204
    denied = ended(world, consent(begun.url, "deny"), cookies=cookies, owner="anna")
    assert (denied.outcome, denied.status) == ("denied", 403)
    assert world.emulator.counts()["accounts"] == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"next": "//x"}, "next"),
        ({"host": "127.0.0.1:8085"}, "host"),
        ({"account": ""}, "account"),
        ({"cookies": 1}, "cookies"),
        ({"owner": []}, "owner"),
        ({"unheard_of": "x"}, "unheard_of"),
    ],
)
def test_what_a_programmer_did_is_an_exception(world: World, fields: Any, field: str) -> None:
    for manager in (world.manager(), AsyncTokenManager(**world.settings)):
        with pytest.raises(InvalidArgumentError) as raised:
            manager.begin_login(PAGE, **fields)
        assert raised.value.field == field
    with pytest.raises(InvalidConfigError):
        TokenManager(app_id="1", store=":memory:", trust_env=False).begin_login(PAGE)


@both
def test_no_secret_of_a_login_is_in_an_exception_a_dump_or_a_log(
    world: World, ended: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    begun = begin(world.manager(), owner="0wner-c4nary")
    back, cookies = consent(begun.url), cookie_of(begun)
    secrets = [*re.findall("(?:state|code)=([^&]*)", back), cookies.partition("=")[2], "0wner-c4nary"]
    world.emulator.script("reset", "reset")
    with pytest.raises(PinterestOAuthError) as raised:
        ended(world, back, cookies=cookies, owner="0wner-c4nary")
    told = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    frames = [frame for frame in told.stack if "/pinterest_oauth/" in frame.filename]
    shown = [repr(begun), str(begun), repr(vars(raised.value)), str(raised.value), caplog.text]
    shown += [str(frame.locals) for frame in frames]
    assert len(secrets) == 4
    assert [secret for secret in secrets if secret in "".join(shown)] == []
    assert begun.url.partition("?")[0] in repr(begun)
    with pytest.raises(TypeError, match="not pickled"):
        begun.__reduce_ex__(4)


def test_a_request_is_read_from_wsgi_and_from_asgi() -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": "code=c&state=s",
        "HTTP_HOST": "shop.example",
        "HTTP_COOKIE": "a=b",
        "HTTP_X_MOZ": "prefetch",
    }
    scope = {
        "type": "http",
        "method": "GET",
        "query_string": b"code=c&state=s",
        "headers": [(b"host", b"shop.example"), (b"cookie", b"a=b"), (b"x-moz", b"prefetch")],
    }
    for request in (environ, scope):
        assert begin_fields(request) == {"cookies": "a=b", "host": "shop.example"}
        assert finish_fields(request) == {
            "method": "GET",
            "query": "code=c&state=s",
            "cookies": "a=b",
            "purpose": "prefetch",
        }
    several = {**scope, "headers": [(b"cookie", b"a=b"), (b"Cookie", b"c=d")]}
    assert finish_fields(several)["cookies"] == "a=b; c=d"
    bare = {"REQUEST_METHOD": "HEAD"}
    assert finish_fields(bare) == {"method": "HEAD", "query": "", "cookies": None, "purpose": None}
