"""The exceptions, one class per kind of error. What makes an answer which kind is the core's to say."""

from __future__ import annotations

from ._answer import Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ._native import Token
    from .types import Kind, Outcome, RateLimit

__all__ = [
    "AccessDeniedError",
    "ApiError",
    "CallCancelledError",
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
    "NotSavedError",
    "PinterestOAuthError",
    "ProxyError",
    "RateLimitedError",
    "ReauthorizationRequiredError",
    "ServerError",
    "StateMismatchError",
    "StoreBusyError",
    "StoreUnavailableError",
    "TlsError",
    "UnknownAccountError",
]


class PinterestOAuthError(Exception):
    """A call failed. The subclass, or `kind`, says why; `what_now` says what to do about it.

    No attribute holds a secret: an error may be logged and pickled.

    Attributes:
        kind: the kind's name in every language, for example "invalid_grant".
        message: one sentence, without inputs.
        what_now: what a caller can do about it.
        text: message, the numbers that people ask for, and what to do: what str() gives.
        outcome: "not_sent" (sending again is safe), "rejected" (the server said no) or "unknown" (the
            call may have taken effect).
        field: the argument or setting at fault, or None.
        http_status: status of the answer (int), or None.
        code: Pinterest's own error code (int), or None.
        pinterest_message: Pinterest's own message, cut and cleaned, or None.
        request_id: Pinterest's request id, which its support asks for, or None.
        retry_after: seconds to wait before the next try (int), or None.
        rate_limit: dict with limit, remaining, reset (seconds) and policies, or None.
        headers: the answer's headers as pairs of name and value, without cookies and secrets.
        body: the answer's JSON object with secrets hidden (dict), or None.
        extra: what that object holds besides code and message (dict), or None.
        answer: how the call went (Answer), or None where nothing was to be sent.
    """

    kind: Kind = "internal"

    def __init__(
        self,
        message: str = "",
        *,
        what_now: str = "",
        text: str = "",
        outcome: Outcome = "unknown",
        field: str | None = None,
        http_status: int | None = None,
        code: int | None = None,
        pinterest_message: str | None = None,
        request_id: str | None = None,
        retry_after: int | None = None,
        rate_limit: RateLimit | None = None,
        headers: Iterable[tuple[str, str]] = (),
        body: dict[str, Any] | None = None,
        extra: dict[str, Any] | None = None,
        answer: Answer | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.what_now = what_now
        self.text = text or message
        self.outcome = outcome
        self.field = field
        self.http_status = http_status
        self.code = code
        self.pinterest_message = pinterest_message
        self.request_id = request_id
        self.retry_after = retry_after
        self.rate_limit = rate_limit
        self.headers = tuple((name, value) for name, value in headers)
        self.body = body
        self.extra = extra
        self.answer = answer

    def __str__(self) -> str:
        return self.text

    def to_json(self) -> str:
        """Write the error document: every attribute, as in every other language."""
        import json

        names = ("kind", "message", *(PinterestOAuthError.__init__.__kwdefaults__ or ()))
        return json.dumps({name: getattr(self, name) for name in names}, ensure_ascii=False, default=vars)


class InternalError(PinterestOAuthError):
    """A fault of this library: please report it."""

    kind = "internal"


class InvalidArgumentError(PinterestOAuthError, ValueError, TypeError):
    """An argument is missing, unknown or malformed; `field` names it. Nothing was sent."""

    kind = "invalid_argument"


class InvalidConfigError(PinterestOAuthError, ValueError):
    """A setting cannot be used; `field` names it. Nothing was sent."""

    kind = "invalid_config"


class ConnectError(PinterestOAuthError, ConnectionError):
    """No connection, or it broke; `outcome` says whether the request may have arrived."""

    kind = "connect"


class TlsError(PinterestOAuthError, ConnectionError):
    """The server's certificate or the TLS handshake failed. Nothing was sent."""

    kind = "tls"


class ProxyError(PinterestOAuthError, ConnectionError):
    """The proxy could not be reached or refused."""

    kind = "proxy"


class DeadlineError(PinterestOAuthError, TimeoutError):
    """A deadline passed; `outcome` says whether the request may have arrived."""

    kind = "timeout"


class InvalidGrantError(PinterestOAuthError):
    """The code or refresh token is bad, used, expired or revoked: let the user log in again."""

    kind = "invalid_grant"


class InvalidClientError(PinterestOAuthError):
    """App id and app secret do not fit."""

    kind = "invalid_client"


class ForbiddenError(PinterestOAuthError):
    """The app may not do this: ask Pinterest for access."""

    kind = "forbidden"


class InsufficientScopeError(PinterestOAuthError):
    """The token lacks a scope: ask the user for it."""

    kind = "insufficient_scope"


class RateLimitedError(PinterestOAuthError):
    """Too many calls: wait `retry_after` seconds."""

    kind = "rate_limited"


class ServerError(PinterestOAuthError):
    """Pinterest has a problem: try again later."""

    kind = "server_error"


class ApiError(PinterestOAuthError):
    """Any other error that Pinterest shaped: read `code` and `pinterest_message`."""

    kind = "api_error"


class InvalidResponseError(PinterestOAuthError):
    """The answer is neither a token nor an error of Pinterest."""

    kind = "invalid_response"


class AccessDeniedError(PinterestOAuthError):
    """The redirect came back with an error: the user or Pinterest said no."""

    kind = "access_denied"


class StateMismatchError(PinterestOAuthError):
    """The redirect carries another state than the expected one: discard it."""

    kind = "state_mismatch"


class InvalidTokenError(PinterestOAuthError):
    """The access token is not accepted: refresh it."""

    kind = "invalid_token"


class CallCancelledError(PinterestOAuthError):
    """The call was cancelled; `outcome` says whether the request may have arrived."""

    kind = "cancelled"


class ReauthorizationRequiredError(PinterestOAuthError):
    """No refresh token is left that works, and the access token has expired: let the user log in again."""

    kind = "reauthorization_required"


class UnknownAccountError(PinterestOAuthError, LookupError):
    """The store has no such account: log in, or look at the name and at the place of the store."""

    kind = "unknown_account"


class StoreUnavailableError(PinterestOAuthError):
    """The store cannot be read or written; `field` names the setting. Nothing was sent."""

    kind = "store_unavailable"


class StoreBusyError(PinterestOAuthError):
    """Another process is at work for this account: try again after `retry_after` seconds."""

    kind = "store_busy"


class NotSavedError(PinterestOAuthError):
    """A token was issued, and no disk took it: store `token` elsewhere, at once.

    The library keeps trying to store it while the process lives. The token is not in text, vars(), pickles or
    copies of the error.

    Attributes:
        token: the Token, or None where it has been stored meanwhile.
    """

    __slots__ = ("token",)

    kind = "not_saved"
    token: Token | None

    def __init__(self, message: str = "", **values: Any) -> None:  # noqa: ANN401
        super().__init__(message, **values)
        self.token = None


_BY_KIND = {error.kind: error for error in PinterestOAuthError.__subclasses__()}

for _error in (PinterestOAuthError, *_BY_KIND.values()):
    # Tracebacks and pickles name the place where users find them.
    _error.__module__ = "pinterest_oauth"


def from_document(document: dict[str, Any]) -> PinterestOAuthError:
    """Make the exception that an error document describes."""
    kind, answer = document.pop("kind"), document["answer"]
    document["answer"] = answer and Answer(**answer)
    error = _BY_KIND.get(kind, PinterestOAuthError)(**document)
    error.kind = kind
    return error
