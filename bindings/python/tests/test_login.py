"""A login with a browser on the machine of the person, whose part plain requests play."""

from __future__ import annotations

import asyncio
import re
import socket
import traceback
from typing import TYPE_CHECKING, Any

import pytest

import pinterest_oauth
from asking import LIMIT, wait_until
from browser import Browser, consent
from pinterest_oauth import (
    AccessDeniedError,
    AsyncTokenManager,
    CallCancelledError,
    DeadlineError,
    InvalidArgumentError,
    InvalidGrantError,
    Login,
    LoginEnd,
    LoginEvent,
    LoginStarted,
    StateMismatchError,
    UnknownAccountError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from login_place import Place

SLOW: Any = {"action": "pinterest", "delay_ms": 1000}


def sync(place: Place, **options: Any) -> LoginEnd:
    return place.manager().login(**{"redirect_uri": place.page, "browser": False, **options})


def asynchronous(place: Place, **options: Any) -> LoginEnd:
    manager = AsyncTokenManager(**place.settings)
    return asyncio.run(manager.login(**{"redirect_uri": place.page, "browser": False, **options}))


both = pytest.mark.parametrize("log_in", [sync, asynchronous])


class Person:
    """Sees what happens, and acts once the login has begun."""

    def __init__(self, act: Callable[[LoginStarted, Login], object]) -> None:
        self.act = act
        self.seen: list[LoginStarted | LoginEvent] = []
        self.logins: list[Login] = []

    def __call__(self, event: LoginStarted | LoginEvent, login: Login) -> None:
        self.seen.append(event)
        self.logins.append(login)
        if isinstance(event, LoginStarted):
            self.act(event, login)

    @property
    def kinds(self) -> list[str]:
        return [event.event for event in self.seen]


def clicks(browser: Browser, decision: str = "allow") -> Person:
    return Person(lambda started, _: browser.log_in(started.start_url, decision))


@both
def test_a_login_ends_with_a_stored_token_and_a_clean_address(place: Place, log_in: Any) -> None:
    browser = Browser()
    pages = []

    def act(started: LoginStarted, login: Login) -> None:
        assert started.start_url.startswith(place.page)
        assert (started.opened, started.why_not_opened) == (False, None)
        pages.append(browser.log_in(started.start_url))
        pages.append(browser.get(pages[0].header("location")))

    person = Person(act)
    end = log_in(place, account="shop-42", scope="user_accounts:read,pins:read", on_event=person)
    assert (pages[0].status, pages[0].header("location")) == (303, f"{place.page}done")
    assert "You are logged in" in pages[1].text
    assert person.kinds == ["started", "opened", "done"]
    done = person.seen[-1]
    assert isinstance(done, LoginEvent) and done.end == end
    assert "Logged in as @emulated_account (account shop-42)" in done.message
    assert (end.outcome, end.account, end.scopes) == ("done", "shop-42", ("user_accounts:read", "pins:read"))
    assert end.user is not None and end.user.username == "emulated_account"
    assert end.expires_at and end.refresh_token_expires_at and end.previous_user is None
    assert place.manager().account("shop-42").access_token().startswith("pina")
    assert place.exchanges() == 1
    assert place.is_free()


@both
def test_a_denial_stores_nothing_and_says_so(place: Place, log_in: Any) -> None:
    with pytest.raises(AccessDeniedError) as raised:
        log_in(place, on_event=clicks(Browser(), "deny"))
    assert raised.value.outcome == "rejected"
    assert place.exchanges() == 0
    with pytest.raises(UnknownAccountError):
        place.manager().account().export()


@both
def test_an_address_is_pasted_and_another_text_is_named(place: Place, log_in: Any) -> None:
    problems = []

    def act(started: LoginStarted, login: Login) -> None:
        assert started.authorize_url == login.show().authorize_url
        for wrong in (started.start_url, "c0de", started.authorize_url):
            with pytest.raises(InvalidArgumentError) as raised:
                login.paste(wrong or "")
            problems.append((raised.value.field, raised.value.message))
        login.paste(f" <{consent(started.authorize_url or '')}>\n")

    assert log_in(place, on_event=Person(act)).outcome == "done"
    assert [field for field, _ in problems] == ["address"] * 3
    assert len({message for _, message in problems}) == 3
    assert place.exchanges() == 1


@both
def test_a_refused_code_is_told_to_both(place: Place, log_in: Any) -> None:
    pages = []

    def act(started: LoginStarted, login: Login) -> None:
        browser = Browser()
        back = browser.consent(started.start_url)
        pages.append(browser.get(re.sub("code=[^&]*", "code=c4nary", back)))

    with pytest.raises(InvalidGrantError) as raised:
        log_in(place, on_event=Person(act))
    assert pages[0].header("location").endswith("/failed")
    assert "c4nary" not in "".join(traceback.format_exception(raised.value)) + repr(vars(raised.value))


@both
def test_a_second_browser_ends_it(place: Place, log_in: Any) -> None:
    def act(started: LoginStarted, login: Login) -> None:
        Browser().get(started.start_url)
        Browser().get(started.start_url)

    with pytest.raises(StateMismatchError):
        log_in(place, on_event=Person(act))
    assert place.exchanges() == 0


@both
def test_nobody_comes_in_time(place: Place, log_in: Any) -> None:
    with pytest.raises(DeadlineError, match=r"within 0\.2 seconds"):
        log_in(place, timeout=0.2, on_event=Person(lambda *_: None))
    assert place.is_free()


@both
def test_a_port_that_another_program_has_is_named(place: Place, log_in: Any) -> None:
    port = int(place.page.rstrip("/").rpartition(":")[2])
    person = Person(lambda *_: None)
    with socket.create_server(("127.0.0.1", port)), pytest.raises(InvalidArgumentError) as raised:
        log_in(place, on_event=person)
    assert raised.value.field == "redirect_uri"
    assert str(port) in raised.value.message
    assert person.seen == []


@both
@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"timeout": 0}, "timeout"),
        ({"account": ""}, "account"),
        ({"redirect_uri": "https://example.com/"}, "redirect_uri"),
        ({"extra": {"state": "own"}}, "extra.state"),
        ({"browser": "no"}, "browser"),
    ],
)
def test_what_cannot_be_used_is_named(place: Place, log_in: Any, options: Any, field: str) -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        log_in(place, **options)
    assert raised.value.field == field


@both
def test_the_caller_cancels(place: Place, log_in: Any) -> None:
    with pytest.raises(CallCancelledError) as raised:
        log_in(place, on_event=Person(lambda _, login: login.cancel()))
    assert raised.value.outcome == "not_sent"
    assert place.is_free()


@both
def test_what_a_callback_raises_ends_the_login(place: Place, log_in: Any) -> None:
    def act(started: LoginStarted, login: Login) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        log_in(place, on_event=Person(act))
    wait_until(place.is_free)


@both
def test_another_person_replaces_a_token_only_where_the_answer_is_yes(place: Place, log_in: Any) -> None:
    def come(user: str, replace: bool | None) -> LoginEnd:
        def told(event: LoginStarted | LoginEvent, login: Login) -> None:
            if isinstance(event, LoginStarted):
                login.paste(consent(event.authorize_url or ""))
            elif event.event == "confirm":
                assert event.message.endswith("Replace?")
                assert event.user is not None and event.user.username == user
                login.answer(bool(replace))

        place.emulator.switches(user=user)
        end: LoginEnd = log_in(place, scope="user_accounts:read", confirm=replace is not None, on_event=told)
        return end

    account = place.manager().account()
    come("anna", False)
    first = account.export()
    with pytest.raises(AccessDeniedError):
        come("bob", False)
    assert account.export() == first
    end = come("bob", True)
    assert end.previous_user is not None and end.previous_user.username == "anna"
    assert account.export() != first


def test_an_event_loop_is_never_blocked_and_a_task_is_cancelled(place: Place) -> None:
    async def main() -> int:
        begun = asyncio.Event()

        async def told(event: LoginStarted | LoginEvent, login: Login) -> None:
            await asyncio.sleep(0)
            begun.set()

        login = AsyncTokenManager(**place.settings).login(
            redirect_uri=place.page, browser=False, on_event=told
        )
        task = asyncio.create_task(login)
        await begun.wait()
        turns = 0
        for _ in range(50):
            await asyncio.sleep(0.001)
            turns += not task.done()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return turns

    assert asyncio.run(main()) == 50
    wait_until(place.is_free)


def test_a_code_that_was_sent_is_stored_although_nobody_waits(place: Place) -> None:
    async def main() -> None:
        def told(event: LoginStarted | LoginEvent, login: Login) -> None:
            if isinstance(event, LoginStarted):
                login.paste(consent(event.authorize_url or ""))

        place.emulator.script(SLOW)
        login = AsyncTokenManager(**place.settings).login(
            redirect_uri=place.page, browser=False, on_event=told
        )
        task = asyncio.create_task(login)
        while place.exchanges() == 0:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert pinterest_oauth.finish(LIMIT)
    assert place.manager().account().access_token_now()


def test_nothing_of_a_login_is_shown_in_a_dump(place: Place) -> None:
    shown = []

    def act(started: LoginStarted, login: Login) -> None:
        back = Browser().consent(started.start_url)
        secrets.extend(re.findall("(?:state|code)=([^&]*)", back + "&" + (started.authorize_url or "")))
        for thing in (started, login, login.show()):
            shown.append(f"{thing!r} {thing} {getattr(thing, '__dict__', '')}")
            with pytest.raises(TypeError, match="not pickled"):
                thing.__reduce_ex__(4)
        login.paste(back)

    secrets: list[str] = []
    person = Person(act)
    end = sync(place, on_event=person)
    token = place.manager().account().export()
    secrets += [token.access_token, token.refresh_token or ""]
    shown += [repr(end), repr(person.seen), repr(person.logins)]
    assert len(secrets) >= 4 and all(len(secret) > 9 for secret in secrets)
    assert [secret for secret in secrets if secret in "".join(shown)] == []
