from asyncio import AbstractEventLoop, Future
from collections.abc import Coroutine, Mapping, Sequence
from os import PathLike
from typing import Any, Literal, Union, final

from typing_extensions import TypeAlias

__all__ = [
    "AsyncClient",
    "AuthorizeUrl",
    "Client",
    "Token",
    "_Call",
    "__version__",
    "_kinds",
    "cli_main",
    "oauth_token",
]

__version__: str

# With Union, for checkers that take Python 3.9 for granted.
_Extra: TypeAlias = Mapping[str, Union[str, float]]
_Scope: TypeAlias = Union[str, list[str], tuple[str, ...]]

def cli_main(arguments: Sequence[str]) -> int: ...
def _kinds() -> list[str]: ...
def oauth_token(
    grant_type: str,
    *,
    app_id: str | None = None,
    app_secret: str | None = None,
    environment: Literal["production", "sandbox"] | None = None,
    base_url: str | None = None,
    oauth_url: str | None = None,
    timeout: float | None = None,
    connect_timeout: float | None = None,
    proxy: str | None = None,
    no_proxy: str | None = None,
    ca_file: str | PathLike[str] | None = None,
    allow_http: bool | None = None,
    trust_env: bool | None = True,
    code: str | None = None,
    redirect_uri: str | None = None,
    refresh_token: str | None = None,
    token: Token | None = None,
    scope: _Scope | None = None,
    continuous_refresh: bool | None = None,
    extra: _Extra | None = None,
) -> Token: ...

@final
class Client:
    def __new__(
        cls,
        *,
        app_id: str | None = None,
        app_secret: str | None = None,
        environment: Literal["production", "sandbox"] | None = None,
        base_url: str | None = None,
        oauth_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        proxy: str | None = None,
        no_proxy: str | None = None,
        ca_file: str | PathLike[str] | None = None,
        allow_http: bool | None = None,
        trust_env: bool | None = True,
    ) -> Client: ...
    def oauth_token(
        self,
        grant_type: str,
        *,
        code: str | None = None,
        redirect_uri: str | None = None,
        refresh_token: str | None = None,
        token: Token | None = None,
        scope: _Scope | None = None,
        continuous_refresh: bool | None = None,
        extra: _Extra | None = None,
        timeout: float | None = None,
    ) -> Token: ...
    def refresh(self, token: Token, *, timeout: float | None = None) -> Token: ...
    def revoke(
        self,
        token: str,
        *,
        token_type_hint: Literal["access_token", "refresh_token"] | None = None,
        timeout: float | None = None,
    ) -> None: ...
    def conversion_token(self, access_token: str, *, timeout: float | None = None) -> Token: ...
    def authorize_url(
        self,
        redirect_uri: str,
        *,
        scope: _Scope | None = None,
        state: str | None = None,
        extra: _Extra | None = None,
    ) -> AuthorizeUrl: ...
    def redirect(self, url: str, *, state: str) -> str: ...

@final
class AsyncClient:
    def __new__(
        cls,
        *,
        app_id: str | None = None,
        app_secret: str | None = None,
        environment: Literal["production", "sandbox"] | None = None,
        base_url: str | None = None,
        oauth_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        proxy: str | None = None,
        no_proxy: str | None = None,
        ca_file: str | PathLike[str] | None = None,
        allow_http: bool | None = None,
        trust_env: bool | None = True,
    ) -> AsyncClient: ...
    def oauth_token(
        self,
        grant_type: str,
        *,
        code: str | None = None,
        redirect_uri: str | None = None,
        refresh_token: str | None = None,
        token: Token | None = None,
        scope: _Scope | None = None,
        continuous_refresh: bool | None = None,
        extra: _Extra | None = None,
        timeout: float | None = None,
    ) -> Coroutine[Any, Any, Token]: ...
    def refresh(self, token: Token, *, timeout: float | None = None) -> Coroutine[Any, Any, Token]: ...
    def revoke(
        self,
        token: str,
        *,
        token_type_hint: Literal["access_token", "refresh_token"] | None = None,
        timeout: float | None = None,
    ) -> Coroutine[Any, Any, None]: ...
    def conversion_token(
        self, access_token: str, *, timeout: float | None = None
    ) -> Coroutine[Any, Any, Token]: ...
    def authorize_url(
        self,
        redirect_uri: str,
        *,
        scope: _Scope | None = None,
        state: str | None = None,
        extra: _Extra | None = None,
    ) -> AuthorizeUrl: ...
    def redirect(self, url: str, *, state: str) -> str: ...

@final
class AuthorizeUrl:
    @property
    def url(self) -> str: ...
    @property
    def state(self) -> str: ...

@final
class Token:
    @property
    def access_token(self) -> str: ...
    @property
    def token_type(self) -> str: ...
    @property
    def expires_in(self) -> int | None: ...
    @property
    def expires_at(self) -> int | None: ...
    @property
    def refresh_token(self) -> str | None: ...
    @property
    def refresh_token_expires_in(self) -> int | None: ...
    @property
    def refresh_token_expires_at(self) -> int | None: ...
    @property
    def refresh_token_rotated(self) -> bool: ...
    @property
    def scope(self) -> str | None: ...
    @property
    def scopes(self) -> tuple[str, ...]: ...
    @property
    def response_type(self) -> str | None: ...
    @property
    def obtained_at(self) -> int | None: ...
    @property
    def extra(self) -> dict[str, Any]: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    @staticmethod
    def from_json(text: str) -> Token: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: None  # type: ignore[assignment]
    def __copy__(self) -> Token: ...
    def __deepcopy__(self, memo: object, /) -> Token: ...

@final
class _Call:
    def begin(self, event_loop: AbstractEventLoop, future: Future[Any]) -> None: ...
    def cancel(self) -> None: ...
