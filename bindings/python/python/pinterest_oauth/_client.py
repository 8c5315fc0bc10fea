"""`Client`, `AsyncClient` and the function `oauth_token`: their parameters, types and help.

Each function here is a declaration, in place of which `native` and `awaited` put native code: no Python
frame holds an argument while a call runs, so that no traceback shows a secret.
"""

# mypy: disable-error-code="empty-body"
# ruff: noqa: F811

from __future__ import annotations

from ._native import _Handle, awaited, native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import TracebackType
    from typing import Any, Literal, overload

    from typing_extensions import Self, Unpack

    from ._answer import Answer
    from ._native import AuthorizeUrl, Token
    from .types import (
        AppFields,
        AppFieldsAndSettings,
        CodeFields,
        CodeFieldsAndSettings,
        Environment,
        Extra,
        GrantType,
        Path,
        RefreshTokenFields,
        RefreshTokenFieldsAndSettings,
        Scope,
        Secret,
        Settings,
        TokenFields,
        TokenFieldsAndSettings,
        TokenTypeHint,
    )
else:

    def overload(function: object) -> object:
        """Leave what is for type checkers alone; the last function of its name is the one."""
        return function


@overload
def oauth_token(
    grant_type: Literal["authorization_code"], **fields: Unpack[CodeFieldsAndSettings]
) -> Token: ...


@overload
def oauth_token(
    grant_type: Literal["refresh_token"], **fields: Unpack[RefreshTokenFieldsAndSettings]
) -> Token: ...


@overload
def oauth_token(grant_type: Literal["refresh_token"], **fields: Unpack[TokenFieldsAndSettings]) -> Token: ...


@overload
def oauth_token(
    grant_type: Literal["client_credentials"], **fields: Unpack[AppFieldsAndSettings]
) -> Token: ...


@native
def oauth_token(
    grant_type: GrantType,
    *,
    code: Secret | None = None,
    redirect_uri: str | None = None,
    refresh_token: Secret | None = None,
    token: Token | None = None,
    scope: Scope | None = None,
    continuous_refresh: bool | None = None,
    extra: Extra | None = None,
    **settings: Unpack[Settings],
) -> Token:
    """Get a token in one call, without keeping a client.

    Args:
        grant_type: "authorization_code", "refresh_token" or "client_credentials".
        code: the code of the redirect, for authorization_code.
        redirect_uri: the very same address as in the authorization URL, for authorization_code.
        refresh_token: the current refresh token, for refresh_token.
        token: a Token to refresh, in place of refresh_token.
        scope: scopes to ask for, as text with commas or spaces or as a list; not for authorization_code.
        continuous_refresh: whether to ask for a refresh token that rotates; by default with
            authorization_code alone.
        extra: further form fields by name, for parameters that Pinterest may add.

    All other keywords are those of Client; timeout is the deadline of the whole call.

    Returns:
        The Token. Store it (to_json) before you use it: the refresh token may have changed.

    Raises:
        PinterestOAuthError: a subclass that says what to do; InvalidArgumentError before anything
            is sent when an argument is missing, unknown or malformed.
    """


class Client(_Handle):
    """A client for Pinterest's OAuth calls, which waits for each answer.

    It waits with the GIL released; Ctrl-C and other signal handlers that raise end the wait. Where the answer
    had come by then, what they raised has it as its attribute `pinterest_token`. Any number of threads may
    use one client at once, and it works on both sides of os.fork(). What is not given comes from the
    environment unless trust_env is False.

    Args:
        app_id: the app's id; PINTEREST_APP_ID in the environment.
        app_secret: the app's secret; PINTEREST_APP_SECRET.
        environment: "production" (default) or "sandbox".
        base_url: another server than Pinterest's, with or without /v5; PINTEREST_API_URI.
        oauth_url: another server for the authorization page; PINTEREST_OAUTH_URI.
        timeout: seconds for a whole call, name resolution included; 30 by default, at most 600.
        connect_timeout: seconds for connecting, TLS included; 10 by default.
        proxy: URL of a proxy for every call; HTTPS_PROXY, HTTP_PROXY, ALL_PROXY.
        no_proxy: hosts reached without it, separated by commas; NO_PROXY.
        ca_file: path of a PEM file with the authorities to trust instead of the system's;
            SSL_CERT_FILE.
        keep_alive: whether a connection is used again for the next call (True by default). Say False where a
            proxy in between answers late: what nobody waits for any more would be taken for the next.
        allow_http: allow plain http to other hosts than this one (False by default): secrets then
            travel unencrypted.
        trust_env: whether to read the environment (True by default).

    Raises:
        InvalidConfigError: a setting cannot be used; field names it.
        InvalidArgumentError: a keyword is unknown or of the wrong type; field names it.
    """

    __slots__ = ()

    @native
    def __init__(
        self,
        *,
        app_id: str | None = None,
        app_secret: Secret | None = None,
        environment: Environment | None = None,
        base_url: str | None = None,
        oauth_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        proxy: Secret | None = None,
        no_proxy: str | None = None,
        ca_file: Path | None = None,
        keep_alive: bool | None = None,
        allow_http: bool | None = None,
        trust_env: bool | None = True,
    ) -> None: ...

    @overload
    def oauth_token(
        self, grant_type: Literal["authorization_code"], **fields: Unpack[CodeFields]
    ) -> Token: ...

    @overload
    def oauth_token(
        self, grant_type: Literal["refresh_token"], **fields: Unpack[RefreshTokenFields]
    ) -> Token: ...

    @overload
    def oauth_token(self, grant_type: Literal["refresh_token"], **fields: Unpack[TokenFields]) -> Token: ...

    @overload
    def oauth_token(
        self, grant_type: Literal["client_credentials"], **fields: Unpack[AppFields]
    ) -> Token: ...

    @native
    def oauth_token(
        self,
        grant_type: GrantType,
        *,
        code: Secret | None = None,
        redirect_uri: str | None = None,
        refresh_token: Secret | None = None,
        token: Token | None = None,
        scope: Scope | None = None,
        continuous_refresh: bool | None = None,
        extra: Extra | None = None,
        timeout: float | None = None,
    ) -> Token:
        """Exchange a code, refresh a token, or get a token for the app itself.

        Args:
            grant_type: "authorization_code", "refresh_token" or "client_credentials".
            code: the code of the redirect, for authorization_code.
            redirect_uri: the very same address as in the authorization URL, for authorization_code.
            refresh_token: the current refresh token, for refresh_token.
            token: a Token to refresh, in place of refresh_token; what the answer leaves out is carried
                over from it.
            scope: scopes to ask for, as text with commas or spaces or as a list; not for
                authorization_code.
            continuous_refresh: whether to ask for a refresh token that rotates; by default with
                authorization_code alone.
            extra: further form fields by name, for parameters that Pinterest may add.
            timeout: seconds for this call, in place of the client's.

        Returns:
            The Token. Store it (to_json) before you use it: the refresh token may have changed.

        Raises:
            InvalidArgumentError: an argument is missing, unknown or malformed; nothing was sent.
            InvalidGrantError: the code or refresh token is bad, used, expired or revoked.
            InvalidClientError: app id and secret do not fit.
            PinterestOAuthError: every other kind; outcome says whether the call may have taken effect.
        """

    @native
    def refresh(self, token: Token, *, timeout: float | None = None) -> Token:
        """Refresh a token: short for oauth_token("refresh_token", token=token).

        Args:
            token: the Token to refresh; what the answer leaves out is carried over from it.
            timeout: seconds for this call, in place of the client's.

        Returns:
            The new Token. Store it (to_json) before you use it: the refresh token may have changed.

        Raises:
            PinterestOAuthError: as oauth_token.
        """

    @native
    def revoke(
        self,
        token: Secret,
        *,
        token_type_hint: TokenTypeHint | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Revoke a token. Pinterest allows this for tokens of system users alone.

        Args:
            token: the text of the token.
            token_type_hint: "access_token" or "refresh_token".
            timeout: seconds for this call, in place of the client's.

        Returns:
            How the call went (Answer).

        Raises:
            ForbiddenError: the token is not one of a system user.
            PinterestOAuthError: as oauth_token.
        """

    @native
    def conversion_token(self, access_token: Secret, *, timeout: float | None = None) -> Token:
        """Get a long-lived token for sending conversions.

        Args:
            access_token: the text of an access token with the scope ads:write.
            timeout: seconds for this call, in place of the client's.

        Returns:
            The conversion Token.

        Raises:
            InvalidTokenError: the access token is not accepted.
            PinterestOAuthError: as oauth_token.
        """

    @native
    def authorize_url(
        self,
        redirect_uri: str,
        *,
        scope: Scope | None = None,
        state: str | None = None,
        extra: Extra | None = None,
    ) -> AuthorizeUrl:
        """Make the address of Pinterest's page on which a user lets this app in. Nothing is sent.

        Args:
            redirect_uri: where the user comes back to; must be registered with the app to the letter.
            scope: scopes to ask for, as text with commas or spaces or as a list.
            state: your own state; by default 32 random bytes from the operating system.
            extra: further parameters of the address by name.

        Returns:
            An AuthorizeUrl with url and state. Keep the state, bound to the user's session.

        Raises:
            InvalidArgumentError: an argument is missing, unknown or malformed.
            InvalidConfigError: the client has no app id.
        """

    @staticmethod
    @native
    def redirect(url: Secret, *, state: Secret) -> str:
        """Read the redirect with which the user comes back. Nothing is sent, and no client is needed.

        Args:
            url: the whole address of the redirect, or only its query.
            state: the state you kept.

        Returns:
            The code to exchange, at once and once.

        Raises:
            StateMismatchError: the state is another; checked before all else.
            AccessDeniedError: the user or Pinterest said no.
            InvalidArgumentError: the redirect carries no code.
        """

    @native
    def check(self) -> None:
        """Say whether the client has the app's id and secret: for the start of a program. Nothing is sent.

        Every call but conversion_token needs both. Whether Pinterest accepts them is not asked.

        Raises:
            InvalidConfigError: one of them is missing; field names it.
        """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._close()

    def close(self) -> None:
        """Close the client's connections, unless another client of the same settings has them.

        It may be called any number of times; a client that is used again opens new ones. A client that is
        no longer referenced is closed by that.
        """
        self._close()


class AsyncClient(_Handle):
    """A client for asyncio: its calls are awaited, any number of them at once.

    Cancelling the task ends the call and closes its connection; whether Pinterest acted on it is then
    unknown, so do not cancel a refresh lightly: its new refresh token would be lost.

    Arguments, answers and errors are those of Client; errors are raised where the call is awaited.
    """

    __slots__ = ()

    @native
    def __init__(self, **settings: Unpack[Settings]) -> None: ...

    @overload
    def oauth_token(
        self, grant_type: Literal["authorization_code"], **fields: Unpack[CodeFields]
    ) -> Coroutine[Any, Any, Token]: ...

    @overload
    def oauth_token(
        self, grant_type: Literal["refresh_token"], **fields: Unpack[RefreshTokenFields]
    ) -> Coroutine[Any, Any, Token]: ...

    @overload
    def oauth_token(
        self, grant_type: Literal["refresh_token"], **fields: Unpack[TokenFields]
    ) -> Coroutine[Any, Any, Token]: ...

    @overload
    def oauth_token(
        self, grant_type: Literal["client_credentials"], **fields: Unpack[AppFields]
    ) -> Coroutine[Any, Any, Token]: ...

    @awaited
    def oauth_token(
        self,
        grant_type: GrantType,
        *,
        code: Secret | None = None,
        redirect_uri: str | None = None,
        refresh_token: Secret | None = None,
        token: Token | None = None,
        scope: Scope | None = None,
        continuous_refresh: bool | None = None,
        extra: Extra | None = None,
        timeout: float | None = None,
    ) -> Coroutine[Any, Any, Token]:
        """As Client.oauth_token, to be awaited."""

    @awaited
    def refresh(self, token: Token, *, timeout: float | None = None) -> Coroutine[Any, Any, Token]:
        """As Client.refresh, to be awaited."""

    @awaited
    def revoke(
        self,
        token: Secret,
        *,
        token_type_hint: TokenTypeHint | None = None,
        timeout: float | None = None,
    ) -> Coroutine[Any, Any, Answer]:
        """As Client.revoke, to be awaited."""

    @awaited
    def conversion_token(
        self, access_token: Secret, *, timeout: float | None = None
    ) -> Coroutine[Any, Any, Token]:
        """As Client.conversion_token, to be awaited."""

    @native
    def authorize_url(
        self,
        redirect_uri: str,
        *,
        scope: Scope | None = None,
        state: str | None = None,
        extra: Extra | None = None,
    ) -> AuthorizeUrl:
        """As Client.authorize_url: not awaited, for nothing is sent."""

    @staticmethod
    @native
    def redirect(url: Secret, *, state: Secret) -> str:
        """As Client.redirect: not awaited, for nothing is sent."""

    @native
    def check(self) -> None:
        """As Client.check: not awaited, for nothing is sent."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._close()

    async def aclose(self) -> None:
        """As Client.close, to be awaited."""
        self._close()


for _public in (oauth_token, Client, AsyncClient):
    # Help names the place where users find them.
    _public.__module__ = "pinterest_oauth"
