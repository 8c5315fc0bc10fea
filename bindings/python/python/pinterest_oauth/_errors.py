"""The exceptions, one class per kind of error. What makes an answer which kind is the core's to say."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypedDict

    class _RateLimitPolicy(TypedDict):
        limit: int
        window: "int | None"
        name: "str | None"

    class _RateLimit(TypedDict):
        limit: "int | None"
        remaining: "int | None"
        reset: "int | None"
        policies: "list[_RateLimitPolicy]"


class PinterestOAuthError(Exception):
    """A call failed. The subclass, or `kind`, says why; `what_now` says what to do about it.

    No attribute holds a secret: an error may be logged and pickled.

    Attributes:
        kind: the kind's name in every language, for example "invalid_grant".
        message: one sentence, without inputs.
        what_now: what a caller can do about it.
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
    """

    kind: str = "internal"

    def __init__(
        self,
        message: str = "",
        *,
        what_now: str = "",
        outcome: str = "unknown",
        field: "str | None" = None,
        http_status: "int | None" = None,
        code: "int | None" = None,
        pinterest_message: "str | None" = None,
        request_id: "str | None" = None,
        retry_after: "int | None" = None,
        rate_limit: "_RateLimit | None" = None,
        headers: "Iterable[tuple[str, str]]" = (),
        body: "dict[str, Any] | None" = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.what_now = what_now
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

    def __str__(self) -> str:
        known = {
            "HTTP": self.http_status,
            "code": self.code,
            "request id": self.request_id,
            "retry after": self.retry_after,
        }
        details = ", ".join(f"{name} {value}" for name, value in known.items() if value is not None)
        text = f"{self.message} ({details})" if details else self.message
        return f"{text}. {self.what_now}" if self.what_now else text

    def to_json(self) -> str:
        """Write the error document: every attribute, as in every other language."""
        import json

        document = {name: getattr(self, name) for name in _DOCUMENT}
        return json.dumps(document, ensure_ascii=False)


_DOCUMENT = (
    "kind",
    "message",
    "what_now",
    "outcome",
    "field",
    "http_status",
    "code",
    "pinterest_message",
    "request_id",
    "retry_after",
    "rate_limit",
    "headers",
    "body",
)


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


_BY_KIND = {error.kind: error for error in PinterestOAuthError.__subclasses__()}

for _error in (PinterestOAuthError, *_BY_KIND.values()):
    # Tracebacks and pickles name the place where users find them.
    _error.__module__ = "pinterest_oauth"


def from_document(document: "dict[str, Any]") -> PinterestOAuthError:
    """Make the exception that an error document describes."""
    kind = document.pop("kind")
    error = _BY_KIND.get(kind, PinterestOAuthError)(**document)
    error.kind = kind
    return error
