"""Names for the types of the package, for annotations of your own. Nothing else needs this module.

from pinterest_oauth.types import GrantType, Kind, Outcome, Settings
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import Any, Literal, Protocol, TypedDict, Union

from ._native import Login, LoginStarted, Token
from ._reports import LoginEvent

GrantType = Literal["authorization_code", "refresh_token", "client_credentials"]
Environment = Literal["production", "sandbox"]
TokenTypeHint = Literal["access_token", "refresh_token"]

Outcome = Literal["not_sent", "rejected", "unknown"]
Kind = Literal[
    "internal",
    "invalid_argument",
    "invalid_config",
    "connect",
    "tls",
    "proxy",
    "timeout",
    "invalid_grant",
    "invalid_client",
    "forbidden",
    "insufficient_scope",
    "rate_limited",
    "server_error",
    "api_error",
    "invalid_response",
    "access_denied",
    "state_mismatch",
    "invalid_token",
    "cancelled",
    "reauthorization_required",
    "unknown_account",
    "store_unavailable",
    "store_busy",
    "not_saved",
]
AccountState = Literal["ready", "doubtful", "needs_login"]
LoginOutcome = Literal["done", "denied", "mismatch", "not_a_visit"]
LoginEventKind = Literal[
    "opened",
    "not_opened",
    "waiting",
    "forwarded",
    "https",
    "foreign",
    "foreign_user",
    "too_many_cookies",
    "confirm",
    "done",
]
LoginCallback = Callable[[Union[LoginStarted, LoginEvent], Login], object]


class SecretValue(Protocol):
    """What keeps a text secret until it is asked for, as `pydantic.SecretStr` does."""

    def get_secret_value(self) -> str:
        """Return the text."""


Secret = Union[str, SecretValue]
Scope = Union[str, list[str], tuple[str, ...]]
Extra = Mapping[str, Union[str, float, SecretValue]]
Path = Union[str, PathLike[str]]
Names = Union[list[str], tuple[str, ...]]


class Settings(TypedDict, total=False):
    """The keywords of Client and AsyncClient, which explain them."""

    app_id: str | None
    app_secret: Secret | None
    environment: Environment | None
    base_url: str | None
    oauth_url: str | None
    timeout: float | None
    connect_timeout: float | None
    proxy: Secret | None
    no_proxy: str | None
    ca_file: Path | None
    keep_alive: bool | None
    allow_http: bool | None
    trust_env: bool | None


class ManagerSettings(Settings, total=False):
    """The keywords of TokenManager and AsyncTokenManager, which explain them."""

    store: Path | None
    recovery_dir: Path | None
    file_systems: Names | None
    clock_offset_file: Path | None


class BeginFields(TypedDict):
    """What of a request begin_login takes; pinterest_oauth.web.begin_fields makes it."""

    cookies: str | None
    host: str | None


class FinishFields(TypedDict):
    """What of a request finish_login takes; pinterest_oauth.web.finish_fields makes it."""

    method: str
    query: str
    cookies: str | None
    purpose: str | None


class _AnyGrant(TypedDict, total=False):
    continuous_refresh: bool | None
    extra: Extra | None
    timeout: float | None


class AppFields(_AnyGrant, total=False):
    """What goes with client_credentials."""

    scope: Scope | None


class CodeFields(_AnyGrant):
    """What goes with authorization_code."""

    code: Secret
    redirect_uri: str


class RefreshTokenFields(AppFields):
    """What goes with refresh_token, for the text of one."""

    refresh_token: Secret


class TokenFields(AppFields):
    """What goes with refresh_token, for a Token."""

    token: Token


class AppFieldsAndSettings(AppFields, Settings):
    """The same for a call without a client."""


class CodeFieldsAndSettings(CodeFields, Settings):
    """The same for a call without a client."""


class RefreshTokenFieldsAndSettings(RefreshTokenFields, Settings):
    """The same for a call without a client."""


class TokenFieldsAndSettings(TokenFields, Settings):
    """The same for a call without a client."""


class RateLimitPolicy(TypedDict):
    """One of the limits that a rate limit names."""

    limit: int
    window: int | None
    name: str | None


class RateLimit(TypedDict):
    """The headers of an answer about its rate limit; `reset` and `window` are seconds."""

    limit: int | None
    remaining: int | None
    reset: int | None
    policies: list[RateLimitPolicy]


class Allowance(TypedDict):
    """How many requests the emulator serves in so many seconds."""

    limit: int
    window: int


class Switches(TypedDict, total=False):
    """What the emulator does otherwise than by default; `pinterest-oauth emulator --help` explains each."""

    rotation: Literal["grace", "strict", "family", "lastwins"]
    legacy_app: bool
    body_credentials: bool
    same_second_same_token: bool
    rate_limit: Allowance | None
    rate_limit_headers: bool
    deny: bool
    denial: Literal["with_state", "without_state", "page"]
    user: str
    auto_consent: bool
    scope_on_refresh: Literal["union", "omit"]
    unknown_scope: Literal["drop", "reject"]
    client_scope_required: bool
    success_status: int
    code_lifetime: int
    code_reuse: bool
    code_replay_revokes: bool
    system_user: bool
    conversion_token: bool
    refresh_expires_at: bool
    envelope: Literal["bare", "status_failure"]
    sandbox_isolated: bool
    hosts: list[str]
    proxy_auth: str | None
    proxy_refuses: int | None


FaultName = Literal[
    "unavailable",
    "server_error",
    "rate_limited",
    "invalid_grant",
    "authentication_failed",
    "reset",
    "closed",
    "never_read",
    "cut_off",
    "slow",
    "dripping",
    "silent",
    "html",
    "no_token",
]


class Fill(TypedDict, total=False):
    """A long body that is described: prefix, byte so many times (count), suffix."""

    prefix: str
    byte: str
    count: int
    suffix: str


class Fault(TypedDict, total=False):
    """An answer of the emulator in place of the ordinary one; without keys it is 200 with an empty body.

    `fault` names a common one, which the other keys change. Times are milliseconds, sizes bytes.
    """

    fault: FaultName
    stage: Literal["accept", "before_read", "after_read"]
    action: Literal["answer", "reset", "close", "hang", "pinterest", "passthrough"]
    path: str | None
    status: int | None
    reason: str | None
    headers: Sequence[Sequence[str | None]]
    body: str | None
    body_json: Any
    body_base64: str | None
    body_fill: Fill | None
    gzip: bool
    chunked: bool
    delay_ms: int
    header_gap_ms: int
    body_delay_ms: int
    body_gap_ms: int
    truncate: int | None
    reset_after: int | None
    raw_base64: str | None
    close_after: bool
    close_delay_ms: int
    times: int | None


class Authorized(TypedDict, total=False):
    """How a login at the emulator ended: the code where access was given, and where the browser is sent."""

    code: str
    redirect: str
