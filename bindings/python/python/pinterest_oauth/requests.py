"""An account's access token for requests: `session.auth = PinterestAuth(account)`.

requests is yours to install. No local variable holds a token while something may fail: no traceback shows
one.
"""

# mypy: disable-error-code="import-not-found,import-untyped,no-untyped-call,unused-ignore,misc"

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from requests.auth import AuthBase
from requests.cookies import extract_cookies_to_jar

from ._errors import InvalidTokenError, StoreBusyError
from ._resource import NOT_ACCEPTED, access_token_of, bearer, both, code_of

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

    from ._native import Account, AsyncAccount

__all__ = ["PinterestAuth"]


class PinterestAuth(AuthBase):
    """Sends an account's access token with each request.

    Where Pinterest answers 401 with code 2, the account gets another token, and the request is sent once more
    with it, if its body can be: text, bytes, forms and JSON can, streams and open files cannot. Where there
    is no other token, the 401 is the answer. Use it for requests to Pinterest alone: whoever gets the request
    gets the token.

    Args:
        account: an Account or an AsyncAccount.

    Raises:
        PinterestOAuthError: where the request is made, as Account.access_token.
    """

    def __init__(self, account: Account | AsyncAccount) -> None:
        self._account, _ = both(account)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Give the request its token."""
        request.headers["Authorization"] = bearer(self._account.access_token())
        request.register_hook("response", self._answered)
        return request

    def _answered(self, response: Response, **options: Any) -> Response:  # noqa: ANN401
        # A redirect to another host has no token, and must not get one.
        refused = response.status_code == 401 and "Authorization" in response.request.headers
        if not refused or code_of(response.content) != NOT_ACCEPTED:
            return response
        request: Any = response.request.copy()
        try:
            other = self._account.rejected(access_token_of(request.headers["Authorization"]))
        except (InvalidTokenError, StoreBusyError):
            return response
        if request.body is not None and not isinstance(request.body, (str, bytes)):
            return response
        response.close()
        request.headers["Authorization"] = bearer(other)
        del other
        extract_cookies_to_jar(request._cookies, response.request, response.raw)
        request.headers.pop("Cookie", None)
        request.prepare_cookies(request._cookies)
        connection: Any = vars(response)["connection"]
        again: Response = connection.send(request, **options)
        again.history.append(response)
        again.request = request
        return again
