"""`OauthApi`: the call, in the shape of the generated client.

It turns the arguments into those of `pinterest_oauth.Client.oauth_token` and the answer back.
What a request must hold is the core's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from pinterest_oauth import InvalidArgumentError, PinterestOAuthError, Token

from ..api_client import ApiClient, ApiResponse, ApiResponseWithoutDeserialization
from ..exceptions import ApiException
from ..model.error import Error
from ..model.oauth_access_token_request import OauthAccessTokenRequest
from ..model.oauth_access_token_response import OauthAccessTokenResponse
from ..rest import HTTPResponse
from ..schemas import Unset, unset

if TYPE_CHECKING:
    from typing import Literal

    from typing_extensions import TypeAlias

    _Body: TypeAlias = "Mapping[str, Any] | Unset"
    _Timeout: TypeAlias = "float | tuple[float, float] | None"

SchemaForRequestBodyApplicationXWwwFormUrlencoded = OauthAccessTokenRequest
SchemaFor200ResponseBodyApplicationJson = OauthAccessTokenResponse
SchemaFor0ResponseBodyApplicationJson = Error

# The values that can be kept: one content type is sent, one accepted, and an answer is read as a whole.
_CHOICES: dict[str, tuple[Any, ...]] = {
    "content_type": ("application/x-www-form-urlencoded",),
    "accept_content_types": (("application/json",), ["application/json"]),
    "stream": (False,),
    "skip_deserialization": (False, True),
}


@dataclass
class ApiResponseFor200(ApiResponse):
    """A token came.

    Attributes:
        response: the raw answer; its `data` holds the secrets.
        body: the token, whose repr hides them.
        headers: unset.
    """

    body: OauthAccessTokenResponse


@dataclass
class ApiResponseForDefault(ApiResponse):
    """Pinterest refused: the `api_response` of an ApiException.

    Attributes:
        response: the raw answer, with status and headers.
        body: Pinterest's error, or unset where the answer was no JSON object.
        headers: unset.
    """

    body: Error | Unset


class OauthApi:
    """The OAuth calls.

    Args:
        api_client: what to call with; by default a new ApiClient.

    Attributes:
        api_client: the same.
    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        self.api_client = ApiClient() if api_client is None else api_client

    @overload
    def oauth_token(
        self,
        body: _Body = ...,
        *,
        content_type: str = ...,
        accept_content_types: tuple[str, ...] | list[str] = ...,
        stream: Literal[False] = ...,
        timeout: _Timeout = ...,
        skip_deserialization: Literal[False] = ...,
    ) -> ApiResponseFor200: ...
    @overload
    def oauth_token(
        self,
        body: _Body = ...,
        *,
        content_type: str = ...,
        accept_content_types: tuple[str, ...] | list[str] = ...,
        stream: Literal[False] = ...,
        timeout: _Timeout = ...,
        skip_deserialization: Literal[True],
    ) -> ApiResponseWithoutDeserialization: ...
    def oauth_token(
        self,
        body: _Body = unset,
        *,
        content_type: str = "application/x-www-form-urlencoded",
        accept_content_types: tuple[str, ...] | list[str] = ("application/json",),
        stream: bool = False,
        timeout: _Timeout = None,
        skip_deserialization: bool = False,
    ) -> ApiResponseFor200 | ApiResponseWithoutDeserialization:
        """Generate an OAuth access token from an authorization code, a refresh token, or for the app itself.

        Args:
            body: the fields of the form by name, as in `pinterest_oauth.Client.oauth_token`.
            content_type: how the form is sent; Pinterest takes the default alone.
            accept_content_types: what is accepted; Pinterest answers in the default alone.
            stream: must be False: an answer is read as a whole.
            timeout: seconds for the whole call (30 by default), or a pair: seconds for connecting, and
                seconds for the rest.
            skip_deserialization: whether to leave body unset and return the raw answer alone.

        Returns:
            An ApiResponseFor200 with the token as body. Store it (`body.token.to_json()`) before you use
            it: the refresh token may have changed. Where skip_deserialization is True, an
            ApiResponseWithoutDeserialization; its `response.data` is the token document.

        Raises:
            ApiException: an argument or setting cannot be used (status 0, nothing was sent), there was
                no answer (status 0), or Pinterest refused.
        """
        choices = {
            "content_type": content_type,
            "accept_content_types": accept_content_types,
            "stream": stream,
            "skip_deserialization": skip_deserialization,
        }
        answer = self._call(body, timeout, choices)
        del body  # it holds secrets, and tracebacks show variables
        if isinstance(answer, PinterestOAuthError):
            raise _exception(answer) from answer
        response = HTTPResponse((answer.answer and answer.answer.status) or 200, (), answer)
        if skip_deserialization:
            return ApiResponseWithoutDeserialization(response)
        return ApiResponseFor200(response, OauthAccessTokenResponse(answer))

    def _call(self, body: _Body, timeout: _Timeout, choices: dict[str, Any]) -> Token | PinterestOAuthError:
        """Return errors instead of raising them, so that no traceback leads to the body."""
        try:
            for name, value in choices.items():
                if value not in _CHOICES[name]:
                    raise _refused(name, f"must be {_CHOICES[name][0]!r}")
            fields = _fields(body)
            connecting, deadline = _deadlines(timeout)
            client = self.api_client.client(connecting)
            try:
                return client.oauth_token(fields.pop("grant_type", None), **fields, timeout=deadline)
            finally:
                self.api_client.keep(client)
        except PinterestOAuthError as error:
            return error.with_traceback(None)


def _fields(body: _Body) -> dict[str, Any]:
    if isinstance(body, Unset):
        return {}
    if not isinstance(body, Mapping) or not all(isinstance(name, str) for name in body):
        raise _refused("body", "must be a mapping of field names to values")
    if "timeout" in body:
        raise _refused("timeout", "is not a field of the body")
    return dict(body)


def _deadlines(timeout: _Timeout) -> tuple[float | None, float | None]:
    """Return the seconds for connecting, and those for the whole call."""
    if not isinstance(timeout, tuple):
        return None, timeout
    if len(timeout) != 2 or not all(type(seconds) in (int, float) for seconds in timeout):
        raise _refused("timeout", "must be seconds, or a pair of seconds (connect, read)")
    connect, read = timeout
    return connect, connect + read


def _refused(field: str, why: str) -> InvalidArgumentError:
    message, fix = f"{field} {why}", f"Fix `{field}`."
    return InvalidArgumentError(
        message, what_now=fix, text=f"{message}. {fix}", outcome="not_sent", field=field
    )


def _exception(error: PinterestOAuthError) -> ApiException:
    if error.http_status is None:
        return ApiException(0, error.text, error=error)
    response = HTTPResponse(error.http_status, error.headers, error.body)
    refusal = ApiResponseForDefault(response, unset if error.body is None else Error(error.body))
    return ApiException(error.http_status, error.text, refusal, error)
