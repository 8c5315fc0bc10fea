"""A Starlette app whose users log in to Pinterest. Any number of workers may run it: they share the store of tokens.

    uvicorn --workers 3 --port 8085 starlette_app:app

In the environment: PINTEREST_APP_ID, PINTEREST_APP_SECRET, and SECRET_KEY, with which Starlette signs its session.
Register http://localhost:8085/callback with the app.
"""

import os
import sys
from uuid import uuid4

from pinterest_oauth import (
    AsyncTokenManager,
    InvalidArgumentError,
    PinterestOAuthError,
    UnknownAccountError,
)
from pinterest_oauth.web import begin_fields, finish_fields
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

REDIRECT_URI = os.environ.get("REDIRECT_URI", "http://localhost:8085/callback")

manager = AsyncTokenManager()


def user(request: Request) -> str:
    """Who is here. An app with users of its own takes theirs."""
    name: str = request.session.setdefault("user", uuid4().hex)
    return name


async def home(request: Request) -> Response:
    try:
        await manager.account(user(request)).access_token()
    except UnknownAccountError:
        return HTMLResponse('<a href="/login">Log in with Pinterest</a>')
    return HTMLResponse("You are logged in.")


async def login(request: Request) -> Response:
    try:
        begin = manager.begin_login(
            REDIRECT_URI,
            account=user(request),
            owner=user(request),
            scope="user_accounts:read,pins:read",
            next=request.query_params.get("next", "/"),
            **begin_fields(request.scope),
        )
    except InvalidArgumentError as error:
        if error.field != "next":
            raise
        return PlainTextResponse(error.message, 400)
    return with_cookies(RedirectResponse(begin.url, 303), begin.set_cookies)


async def callback(request: Request) -> Response:
    end = await manager.finish_login(owner=user(request), **finish_fields(request.scope))
    if end.outcome == "done":
        response: Response = RedirectResponse(end.next or "/", 303)
    elif end.status == 204:
        response = Response(status_code=204)
    else:
        response = PlainTextResponse(end.message, end.status)
    return with_cookies(response, end.set_cookies)


async def failed(request: Request, error: Exception) -> Response:
    print(error, file=sys.stderr)
    return PlainTextResponse("The login did not work: try again later.", 502)


def with_cookies(response: Response, set_cookies: tuple[str, ...]) -> Response:
    for cookie in set_cookies:
        response.headers.append("Set-Cookie", cookie)
    return response


app = Starlette(
    routes=[Route("/", home), Route("/login", login), Route("/callback", callback)],
    middleware=[Middleware(SessionMiddleware, secret_key=os.environ["SECRET_KEY"])],
    exception_handlers={PinterestOAuthError: failed},
)
