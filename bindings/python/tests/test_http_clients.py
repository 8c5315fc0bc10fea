"""An account's token for httpx and requests: sent with each request, anew where Pinterest refused it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

httpx = pytest.importorskip("httpx")
requests = pytest.importorskip("requests")

from pinterest_oauth import Account, AsyncTokenManager, PinterestOAuthError, UnknownAccountError  # noqa: E402
from pinterest_oauth.httpx import PinterestAuth as HttpxAuth  # noqa: E402
from pinterest_oauth.requests import PinterestAuth as RequestsAuth  # noqa: E402
from resource_server import ResourceServer  # noqa: E402

if TYPE_CHECKING:
    from world import World

Send = Callable[..., Any]


def by_httpx(account: Account, url: str, method: str = "GET", **body: Any) -> Any:
    with httpx.Client(auth=HttpxAuth(account), trust_env=False) as client:
        return client.request(method, url, **body)


def by_httpx_async(account: Account, url: str, method: str = "GET", **body: Any) -> Any:
    async def main() -> Any:
        if isinstance(body.get("content"), Iterator):
            body["content"] = awaited(body["content"])
        async with httpx.AsyncClient(auth=HttpxAuth(account), trust_env=False) as client:
            return await client.request(method, url, **body)

    return asyncio.run(main())


async def awaited(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def by_requests(account: Account, url: str, method: str = "GET", **body: Any) -> Any:
    if "content" in body:
        body["data"] = body.pop("content")
    with requests.Session() as session:
        session.trust_env = False
        session.auth = RequestsAuth(account)
        return session.request(method, url, timeout=60, **body)


@pytest.fixture(params=[by_httpx, by_httpx_async, by_requests])
def send(request: pytest.FixtureRequest) -> Send:
    function: Send = request.param
    return function


@pytest.fixture
def resource() -> Iterator[ResourceServer]:
    with ResourceServer() as server:
        yield server


@pytest.fixture
def account(world: World) -> Account:
    """One whose token may be refreshed."""
    account = world.logged_in()
    world.passes(120)
    return account


def test_a_token_is_sent_with_each_request(account: Account, resource: ResourceServer, send: Send) -> None:
    token = account.access_token()
    assert send(account, resource.url).status_code == 200
    assert resource.requests == [("GET", token, b"")]


@pytest.mark.parametrize(
    "body",
    [{}, {"content": b"bytes"}, {"data": {"a": "b"}}, {"json": {"a": ["b"]}}],
    ids=["none", "bytes", "form", "json"],
)
def test_a_refused_token_is_replaced_and_the_request_sent_once_more(
    world: World, account: Account, resource: ResourceServer, send: Send, body: dict[str, Any]
) -> None:
    old = account.access_token()
    resource.refused = {old}
    answer = send(account, resource.url, "POST", **body)
    assert (answer.status_code, answer.json()) == (200, {"username": "x"})
    new = account.access_token()
    (_, first, sent), (_, second, again) = resource.requests
    assert (first, second, sent) == (old, new, again)
    assert bool(sent) == bool(body)
    assert [response.status_code for response in answer.history] in ([], [401])
    assert world.refreshes() == 1


def test_it_is_sent_once_more_and_not_twice(
    world: World, account: Account, resource: ResourceServer, send: Send
) -> None:
    resource.refused = {account.access_token()}
    real = resource._serve

    def refuse_all(request: Any) -> None:
        resource.refused.add(request.headers["Authorization"].removeprefix("Bearer "))
        real(request)

    resource._serve = refuse_all  # type: ignore[method-assign]
    answer = send(account, resource.url)
    assert (answer.status_code, answer.json()["code"]) == (401, 2)
    assert len(resource.requests) == 2
    # The next request is told no, too: nobody refreshes again and again.
    assert send(account, resource.url).status_code == 401
    assert (len(resource.requests), world.refreshes()) == (3, 1)


@pytest.mark.parametrize(
    "answer",
    [
        (401, {"code": 3, "message": "scope"}),
        (401, {"code": "2"}),
        (401, [2]),
        (401, b"<html>"),
        (401, b"\xff"),
        (403, {"code": 2}),
        (200, {"code": 2}),
    ],
)
def test_another_answer_is_handed_on(
    world: World, account: Account, resource: ResourceServer, send: Send, answer: tuple[int, Any]
) -> None:
    resource.refused, resource.answer = {account.access_token()}, answer
    given = send(account, resource.url)
    assert given.status_code == answer[0]
    assert given.content
    assert (len(resource.requests), world.refreshes()) == (1, 0)


def test_a_body_that_is_gone_is_not_sent_again_but_the_next_request_has_another_token(
    account: Account, resource: ResourceServer, send: Send
) -> None:
    old = account.access_token()
    resource.refused = {old}
    answer = send(account, resource.url, "POST", content=iter([b"one", b"two"]))
    assert answer.status_code == 401
    assert resource.requests == [("POST", old, b"onetwo")]
    assert send(account, resource.url).status_code == 200
    assert account.access_token() != old


def test_a_file_is_not_sent_again(account: Account, resource: ResourceServer, world: World) -> None:
    resource.refused = {account.access_token()}
    with world.clock.open("rb") as file:
        assert by_requests(account, resource.url, "POST", content=file).status_code == 401
    assert len(resource.requests) == 1


def test_a_refusal_within_a_minute_is_handed_on(world: World, resource: ResourceServer, send: Send) -> None:
    account = world.logged_in()
    resource.refused = {account.access_token()}
    assert send(account, resource.url).status_code == 401
    assert (len(resource.requests), world.refreshes()) == (1, 0)


def test_an_account_without_a_token_raises_and_sends_nothing(
    world: World, resource: ResourceServer, send: Send
) -> None:
    with pytest.raises(UnknownAccountError):
        send(world.manager().account("nobody"), resource.url)
    assert resource.requests == []


def test_a_redirect_to_another_host_gets_no_token(
    world: World, account: Account, resource: ResourceServer, send: Send
) -> None:
    with ResourceServer() as other:
        resource.redirect = other.url.replace("127.0.0.1", "localhost")
        options = {} if send is by_requests else {"follow_redirects": True}
        assert send(account, resource.url, **options).status_code == 401
        tokens = [token for _, token, _ in other.requests]
    assert set(tokens) == {""}
    if send is by_requests:
        assert (len(tokens), world.refreshes()) == (1, 0)


def test_cookies_go_along(account: Account, resource: ResourceServer) -> None:
    resource.refused = {account.access_token()}
    assert by_requests(account, resource.url).status_code == 200
    assert resource.cookies == ["", "seen=1"]


def test_one_session_serves_many_requests(account: Account, resource: ResourceServer) -> None:
    with requests.Session() as session:
        session.trust_env = False
        session.auth = RequestsAuth(account)
        for _ in range(3):
            resource.refused = {account.access_token()} if len(resource.requests) == 0 else resource.refused
            assert session.get(resource.url, timeout=60).status_code == 200
            streamed = session.get(resource.url, timeout=60, stream=True)
            assert b"".join(streamed.iter_content(4)) == b'{"username": "x"}'
    assert len(resource.requests) == 7


def test_an_async_account_serves_both_clients(
    world: World, account: Account, resource: ResourceServer
) -> None:
    theirs = AsyncTokenManager(**world.settings).account("shop-42")

    async def main() -> int:
        async with httpx.AsyncClient(auth=HttpxAuth(theirs), trust_env=False) as client:
            status: int = (await client.get(resource.url)).status_code
            return status

    assert asyncio.run(main()) == 200
    with httpx.Client(auth=HttpxAuth(theirs), trust_env=False) as client:
        assert client.get(resource.url).status_code == 200


def test_a_streamed_answer_is_not_read_ahead(account: Account, resource: ResourceServer) -> None:
    client = httpx.Client(auth=HttpxAuth(account), trust_env=False)
    with client, client.stream("GET", resource.url) as answer:
        assert not answer.is_stream_consumed
        assert answer.read() == b'{"username": "x"}'


def test_no_frame_shows_a_token(world: World, account: Account, resource: ResourceServer, send: Send) -> None:
    old = account.access_token()
    resource.refused = {old}
    account.remove()
    account.import_token(world.manager().app("pins:read").token())
    token = account.access_token()
    resource.refused = {token}
    world.passes(120)
    # There is no refresh token.
    with pytest.raises(PinterestOAuthError) as raised:
        send(account, resource.url)
    frames = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    shown = "".join(f"{frame.locals}" for frame in frames.stack if "pinterest_oauth" in frame.filename)
    assert shown
    assert token not in shown + repr(raised.value) and "pina_" not in shown


@pytest.mark.parametrize("auth", [HttpxAuth, RequestsAuth])
def test_what_is_no_account_is_refused_at_once(account: Account, auth: Any) -> None:
    for wrong in (account.access_token(), None, account.token()):
        with pytest.raises(TypeError, match="must be an Account") as raised:
            auth(wrong)
        assert "pina_" not in str(raised.value)


def test_no_auth_shows_a_token(account: Account) -> None:
    for auth in (HttpxAuth(account), RequestsAuth(account)):
        assert account.access_token() not in repr(vars(auth)) + repr(auth)


def test_neither_library_is_imported_before_it_is_wanted() -> None:
    program = """
import sys
import pinterest_oauth
print(sorted({"httpx", "requests"} & set(sys.modules)), pinterest_oauth.TokenManager.__name__)
sys.modules["httpx"] = sys.modules["requests"] = None
for name in ("httpx", "requests"):
    try:
        __import__(f"pinterest_oauth.{name}")
    except ImportError as error:
        print(error.name)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert ran.stdout.split("\n")[0] == "[] TokenManager", ran.stderr
    assert [name.partition(".")[0] for name in ran.stdout.split()[2:]] == ["httpx", "requests"]
