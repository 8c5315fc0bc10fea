"""What a token manager reports, as frozen dataclasses. Nothing here holds a secret.

They are imported with the first of them and not before. Times are Unix seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._errors import PinterestOAuthError, from_document

if TYPE_CHECKING:
    from .types import AccountState, Kind, LoginEventKind, LoginOutcome


@dataclass(frozen=True)
class Trouble:
    """What went wrong last with an account.

    Attributes:
        kind: the kind of the error, as PinterestOAuthError.kind.
        message: its message.
        code: Pinterest's own code (int), or None.
        http_status: the HTTP status (int), or None.
        request_id: Pinterest's request id, which its support asks for, or None.
        at: when it happened (int).
        count: how often in a row (int).
        retry_at: when it is tried again (int).
    """

    kind: Kind
    message: str
    code: int | None
    http_status: int | None
    request_id: str | None
    at: int
    count: int
    retry_at: int


@dataclass(frozen=True)
class Status:
    """Where an account stands.

    Attributes:
        account: the name of the account.
        app_id: the app that it belongs to.
        environment: "production", "sandbox", or the origin of an address of one's own.
        state: "ready"; "doubtful", when Pinterest refused the refresh token once and is asked again;
            "needs_login".
        scopes: what the access token may do (tuple of str).
        obtained_at: when the token was obtained (int), or None.
        expires_at: when the access token expires (int), or None.
        refresh_at: when the next refresh is due (int), or None where none can be.
        refresh_token_expires_at: when the refresh token expires (int), or None.
        login_at: when the user logged in, or the token was imported (int), or None.
        generation: how many tokens the account has had (int).
        refreshing: whether a refresh is under way.
        unsaved: whether this process has a token that no disk took.
        trouble: what went wrong last (Trouble), or None.
        user: who logged in (User), or None where that is not known.
        warning: what somebody should look after, as one sentence, or None.
    """

    account: str
    app_id: str
    environment: str
    state: AccountState
    scopes: tuple[str, ...]
    obtained_at: int | None
    expires_at: int | None
    refresh_at: int | None
    refresh_token_expires_at: int | None
    login_at: int | None
    generation: int
    refreshing: bool
    unsaved: bool
    trouble: Trouble | None
    user: User | None
    warning: str | None


@dataclass(frozen=True)
class DueFailure:
    """An account that could not be refreshed.

    Attributes:
        account: the name of the account; empty where its record cannot be read.
        error: why (PinterestOAuthError).
    """

    account: str
    error: PinterestOAuthError


@dataclass(frozen=True)
class DueReport:
    """What a run over all accounts did.

    Attributes:
        accounts: how many accounts there are (int).
        due: how many were due (int).
        refreshed: how many were refreshed (int).
        failed: those that failed (tuple of DueFailure).
        needs_login: the names of the accounts whose user must log in again (tuple of str).
        seconds: how long it took (float).
    """

    accounts: int
    due: int
    refreshed: int
    failed: tuple[DueFailure, ...]
    needs_login: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Finding:
    """One thing in a store that is not as it should be.

    Attributes:
        what: a fixed word, for example "damaged".
        path: the file or folder, or the name of the account.
        text: one sentence.
        repaired: whether it was set right.
    """

    what: str
    path: str
    text: str
    repaired: bool


@dataclass(frozen=True)
class DoctorReport:
    """What was found in a store.

    Attributes:
        store: where the store is.
        store_id: its random id.
        accounts: how many accounts it has (int).
        findings: what is not as it should be (tuple of Finding).
        last_refresh_due: when all accounts were last looked after, and how that went (dict), or None where it
            never was.
    """

    store: str
    store_id: str
    accounts: int
    findings: tuple[Finding, ...]
    last_refresh_due: dict[str, Any] | None


@dataclass(frozen=True)
class Removed:
    """What was removed with an account.

    Attributes:
        account: the name of the account.
        token: whether it had a token.
        logins: how many logins were under way (int): their tokens are dropped when they come.
        copies: how many answers and copies of it lay elsewhere and are gone (int).
    """

    account: str
    token: bool
    logins: int
    copies: int


@dataclass(frozen=True)
class User:
    """A person at Pinterest.

    Attributes:
        id: the id of the account at Pinterest.
        username: its name, or None where it has none.
    """

    id: str
    username: str | None


@dataclass(frozen=True)
class LoginEnd:
    """How a login ended, and how a web app answers its visitor.

    Attributes:
        outcome: "done"; "denied", when access was not given; "mismatch", when the redirect is of no login of
            this browser; "not_a_visit", when nobody came.
        status: the HTTP status to answer the visitor with (int): 303, 403, 400 or 204.
        message: what happened, as a sentence for the visitor.
        account: the account that was to be logged in, or None where that is not known.
        next: where the visitor goes on: the path that was given at the begin, or None.
        set_cookies: the values of the answer's Set-Cookie headers, one header for each (tuple of str).
        scopes: what the access token may do (tuple of str).
        expires_at: when the access token expires (int), or None.
        refresh_token_expires_at: when the refresh token expires (int), or None.
        user: who logged in (User), or None where the token may not say it.
        previous_user: who had logged in to this account before (User), or None where that is not known.
    """

    outcome: LoginOutcome
    status: int
    message: str
    account: str | None
    next: str | None
    set_cookies: tuple[str, ...]
    scopes: tuple[str, ...]
    expires_at: int | None
    refresh_token_expires_at: int | None
    user: User | None
    previous_user: User | None


@dataclass(frozen=True)
class LoginEvent:
    """What happens during a login.

    Attributes:
        event: what it is about: "opened", "not_opened", "waiting", "forwarded", "https", "foreign",
            "foreign_user", "too_many_cookies", "confirm" or "done".
        message: the same as a sentence for the person.
        user: with "confirm" and "done": who logged in (User), or None where the token may not say it.
        previous_user: with "confirm" and "done": who had logged in before (User), or None where that is not
            known.
        end: with "done": how the login ended (LoginEnd); else None.
    """

    event: LoginEventKind
    message: str
    user: User | None
    previous_user: User | None
    end: LoginEnd | None


_BOTH = ("user", "previous_user")
_REPORTS = (
    Trouble,
    Status,
    DueFailure,
    DueReport,
    Finding,
    DoctorReport,
    Removed,
    User,
    LoginEnd,
    LoginEvent,
)

for _report in _REPORTS:
    # Pickles and help name the place where users find them.
    _report.__module__ = "pinterest_oauth"


def status(document: dict[str, Any]) -> Status:
    """Make the object of a `status` document."""
    trouble = document["trouble"]
    trouble = trouble and Trouble(**trouble)
    made = {"trouble": trouble, "scopes": tuple(document["scopes"]), **_users(document, "user")}
    return Status(**{**document, **made})


def statuses(documents: list[dict[str, Any]]) -> list[Status]:
    """Make the objects of a list of `status` documents."""
    return [status(document) for document in documents]


def refresh_due(document: dict[str, Any]) -> DueReport:
    """Make the object of a `refresh_due` document."""
    failed = [DueFailure(one["account"], from_document(one["error"])) for one in document["failed"]]
    return DueReport(**{**document, "failed": tuple(failed), "needs_login": tuple(document["needs_login"])})


def doctor(document: dict[str, Any]) -> DoctorReport:
    """Make the object of a `doctor` document."""
    findings = tuple(Finding(**one) for one in document["findings"])
    return DoctorReport(**{**document, "findings": findings})


def removed(document: dict[str, Any]) -> Removed:
    """Make the object of a `removed` document."""
    return Removed(**document)


def login_end(document: dict[str, Any]) -> LoginEnd:
    """Make the object of a `login_end` document."""
    lists = {name: tuple(document[name]) for name in ("set_cookies", "scopes")}
    return LoginEnd(**{**document, **lists, **_users(document, *_BOTH)})


def login_event(document: dict[str, Any]) -> LoginEvent:
    """Make the object of a `login_event` document."""
    end = document["end"]
    return LoginEvent(**{**document, **_users(document, *_BOTH), "end": end and login_end(end)})


def _users(document: dict[str, Any], *names: str) -> dict[str, User | None]:
    given = {name: document[name] for name in names}
    return {name: user and User(**user) for name, user in given.items()}
