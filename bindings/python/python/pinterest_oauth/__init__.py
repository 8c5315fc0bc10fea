"""The OAuth token call of Pinterest API v5. Unofficial: not made or endorsed by Pinterest.

    from pinterest_oauth import Client

    client = Client()  # app id and secret from the environment
    page = client.authorize_url("http://localhost:8085/", scope="pins:read,boards:read")
    ...  # send the user to page.url, keep page.state
    code = client.redirect(address_the_user_came_back_to, state=page.state)
    token = client.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")
    token = client.refresh(token)  # store it: the refresh token has changed

`Client` waits for each answer, `AsyncClient` is for asyncio, `oauth_token()` is a call without a client.
Every failure is a `PinterestOAuthError` that says what to do about it. `pinterest_oauth.emulator` is a
Pinterest for tests.
"""

from ._errors import (
    AccessDeniedError,
    ApiError,
    CallCancelledError,
    ConnectError,
    DeadlineError,
    ForbiddenError,
    InsufficientScopeError,
    InternalError,
    InvalidArgumentError,
    InvalidClientError,
    InvalidConfigError,
    InvalidGrantError,
    InvalidResponseError,
    InvalidTokenError,
    PinterestOAuthError,
    ProxyError,
    RateLimitedError,
    ServerError,
    StateMismatchError,
    TlsError,
)
from ._native import AsyncClient, AuthorizeUrl, Client, Token, __version__, oauth_token

__all__ = [
    "AccessDeniedError",
    "ApiError",
    "AsyncClient",
    "AuthorizeUrl",
    "CallCancelledError",
    "Client",
    "ConnectError",
    "DeadlineError",
    "ForbiddenError",
    "InsufficientScopeError",
    "InternalError",
    "InvalidArgumentError",
    "InvalidClientError",
    "InvalidConfigError",
    "InvalidGrantError",
    "InvalidResponseError",
    "InvalidTokenError",
    "PinterestOAuthError",
    "ProxyError",
    "RateLimitedError",
    "ServerError",
    "StateMismatchError",
    "TlsError",
    "Token",
    "__version__",
    "oauth_token",
]
