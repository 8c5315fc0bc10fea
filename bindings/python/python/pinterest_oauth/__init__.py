"""The OAuth token call of Pinterest API v5. Unofficial: not made or endorsed by Pinterest.

    from pinterest_oauth import Client

    client = Client()  # app id and secret from the environment
    page = client.authorize_url("http://localhost:8085/", scope="pins:read,boards:read")
    ...  # send the user to page.url, keep page.state
    code = Client.redirect(address_the_user_came_back_to, state=page.state)
    token = client.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")
    token = client.refresh(token)  # store it: the refresh token has changed

`Client` waits for each answer, `AsyncClient` is for asyncio, `oauth_token()` is a call without a client.
Every failure is a `PinterestOAuthError` that says what to do about it. `pinterest_oauth.emulator` is a
Pinterest for tests.
"""

# Loaded now: a call may come when no file can be opened.
from . import _aio as _aio
from . import _log as _log
from ._answer import Answer as Answer
from ._client import AsyncClient as AsyncClient
from ._client import Client as Client
from ._client import oauth_token as oauth_token
from ._errors import *  # noqa: F403
from ._native import AuthorizeUrl as AuthorizeUrl
from ._native import Token as Token
from ._native import __version__ as __version__
