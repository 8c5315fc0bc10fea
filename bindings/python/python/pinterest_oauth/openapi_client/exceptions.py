"""The exceptions of the calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pinterest_oauth import PinterestOAuthError

if TYPE_CHECKING:
    from .api.oauth_api import ApiResponseForDefault
    from .rest import HTTPHeaderDict


class OpenApiException(Exception):  # noqa: N818
    """The base of what is raised here."""


class ApiException(OpenApiException):
    """A call failed, whatever the reason; nothing in it is secret.

    Attributes:
        status: the status of the answer (int); 0 where there was none, or nothing was sent.
        reason: why, and what to do about it (str).
        api_response: the refusal (ApiResponseForDefault), or None where there was no answer.
        error: the PinterestOAuthError with all that is known: its class is the kind, and it has `field`,
            `outcome`, `retry_after`, `request_id` and more. It is the `__cause__` too.
    """

    def __init__(
        self,
        status: int = 0,
        reason: str | None = None,
        api_response: ApiResponseForDefault | None = None,
        error: PinterestOAuthError | None = None,
    ) -> None:
        super().__init__(status, reason, api_response, error)
        self.status = status
        self.reason = reason
        self.api_response = api_response
        self.error = PinterestOAuthError(reason or "") if error is None else error

    @property
    def body(self) -> str | None:
        """The JSON text of the refusal, or None."""
        return (self.api_response and self.api_response.response.data.decode()) or None

    @property
    def headers(self) -> HTTPHeaderDict | None:
        """The headers of the refusal, without cookies and secrets, or None."""
        return self.api_response.response.headers if self.api_response else None

    def __str__(self) -> str:
        lines = [f"({self.status})", f"Reason: {self.reason}"]
        if self.headers:
            lines.append(f"HTTP response headers: {self.headers}")
        if self.body:
            lines.append(f"HTTP response body: {self.body}")
        return "\n".join([*lines, ""])
