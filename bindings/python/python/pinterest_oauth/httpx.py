"""An account's access token for httpx: `httpx.Client(auth=PinterestAuth(account))`.

httpx is yours to install. No local variable holds a token while something may fail: no traceback shows one.
"""

# mypy: disable-error-code="import-not-found,unused-ignore,misc"

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from ._errors import InvalidTokenError, StoreBusyError
from ._resource import NOT_ACCEPTED, access_token_of, bearer, both, code_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from ._native import Account, AsyncAccount

__all__ = ["PinterestAuth"]


class PinterestAuth(httpx.Auth):
    """Sends an account's access token with each request, for httpx.Client and httpx.AsyncClient alike.

    Where Pinterest answers 401 with code 2, the account gets another token, and the request is sent once more
    with it, if its body can be: text, bytes, forms and JSON can, streams and files cannot. Where there is no
    other token, the 401 is the answer. Use it for requests to Pinterest alone: whoever gets the request gets
    the token.

    Args:
        account: an Account or an AsyncAccount; either serves both clients.

    Raises:
        PinterestOAuthError: where the request is made, as Account.access_token.
    """

    def __init__(self, account: Account | AsyncAccount) -> None:
        self._account, self._async_account = both(account)

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request, and once more where another token may help."""
        request.headers["Authorization"] = bearer(self._account.access_token())
        response = yield request
        if response.status_code != 401:
            return
        response.read()
        if code_of(response.content) != NOT_ACCEPTED:
            return
        try:
            other = bearer(self._account.rejected(_sent(request)))
        except (InvalidTokenError, StoreBusyError):
            return
        if _can_be_sent_again(request):
            request.headers["Authorization"] = other
            yield request

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """As sync_auth_flow, for httpx.AsyncClient."""
        request.headers["Authorization"] = bearer(await self._async_account.access_token())
        response = yield request
        if response.status_code != 401:
            return
        await response.aread()
        if code_of(response.content) != NOT_ACCEPTED:
            return
        try:
            other = bearer(await self._async_account.rejected(_sent(request)))
        except (InvalidTokenError, StoreBusyError):
            return
        if _can_be_sent_again(request):
            request.headers["Authorization"] = other
            yield request


def _sent(request: httpx.Request) -> str:
    return access_token_of(request.headers["Authorization"])


def _can_be_sent_again(request: httpx.Request) -> bool:
    return isinstance(request.stream, httpx.ByteStream)
