"""A Flask app whose users log in to Pinterest. Any number of workers may run it: they share the store of tokens.

    gunicorn --workers 3 --bind 127.0.0.1:8085 flask_app:app

In the environment: PINTEREST_APP_ID, PINTEREST_APP_SECRET, and SECRET_KEY, with which Flask signs its session.
Register http://localhost:8085/callback with the app.
"""

import os
from uuid import uuid4

from flask import Flask, redirect, request, session
from pinterest_oauth import (
    InvalidArgumentError,
    PinterestOAuthError,
    TokenManager,
    UnknownAccountError,
)
from pinterest_oauth.web import begin_fields, finish_fields
from werkzeug import Response

REDIRECT_URI = os.environ.get("REDIRECT_URI", "http://localhost:8085/callback")

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
manager = TokenManager()


def user() -> str:
    """Who is here. An app with users of its own takes theirs."""
    name: str = session.setdefault("user", uuid4().hex)
    return name


@app.get("/")
def home() -> str:
    try:
        manager.account(user()).access_token()
    except UnknownAccountError:
        return '<a href="/login">Log in with Pinterest</a>'
    return "You are logged in."


@app.get("/login")
def login() -> Response:
    try:
        begin = manager.begin_login(
            REDIRECT_URI,
            account=user(),
            owner=user(),
            scope="user_accounts:read,pins:read",
            next=request.args.get("next", "/"),
            **begin_fields(request.environ),
        )
    except InvalidArgumentError as error:
        if error.field != "next":
            raise
        return Response(error.message, 400, mimetype="text/plain")
    return with_cookies(redirect(begin.url, 303), begin.set_cookies)


@app.get("/callback")
def callback() -> Response:
    end = manager.finish_login(owner=user(), **finish_fields(request.environ))
    if end.outcome == "done":
        response = redirect(end.next or "/", 303)
    else:
        response = Response(end.message, end.status, mimetype="text/plain")
    return with_cookies(response, end.set_cookies)


@app.errorhandler(PinterestOAuthError)
def failed(error: PinterestOAuthError) -> Response:
    app.logger.error("%s", error)
    return Response("The login did not work: try again later.", 502, mimetype="text/plain")


def with_cookies(response: Response, set_cookies: tuple[str, ...]) -> Response:
    for cookie in set_cookies:
        response.headers.add("Set-Cookie", cookie)
    return response
