from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, Literal, TypeVar, final

from pydantic_core import CoreSchema  # type: ignore[import-not-found,unused-ignore]
from typing_extensions import Self

from ._answer import Answer
from ._reports import LoginEvent, Removed, Status
from .types import Extra, Scope, Secret

__all__ = [
    "Account",
    "AsyncAccount",
    "AuthorizeUrl",
    "Login",
    "LoginBegin",
    "LoginStarted",
    "Token",
    "_Call",
    "_Handle",
    "_Manager",
    "_Work",
    "__version__",
    "awaited",
    "cli_main",
    "finish",
    "native",
]

__version__: str

_Declared = TypeVar("_Declared", bound=Callable[..., Any])

def cli_main(arguments: Sequence[str]) -> int: ...
def native(function: _Declared, /) -> _Declared: ...
def awaited(function: _Declared, /) -> _Declared: ...
def finish(seconds: float = 30.0) -> bool: ...

class _Handle:
    def __new__(cls, *arguments: object, **keywords: object) -> Self: ...
    def _close(self) -> None: ...
    def __reduce_ex__(self, protocol: object, /) -> None: ...  # type: ignore[override]

@final
class AuthorizeUrl:
    """Where to send the user, and the state to keep until the redirect comes back."""
    @property
    def url(self) -> str:
        """The address to open in the user's browser (str)."""
    @property
    def state(self) -> str:
        """Keep this, bound to the user's session, until the redirect comes back (str)."""

@final
class Token:
    """A token as Pinterest issued it, with the times at which it was obtained and will expire.

    It cannot be changed. repr() and str() hide its secrets, and it can be neither pickled nor given to
    json.dumps(): to_json() writes everything, from_json() reads it back unchanged.
    """
    @property
    def access_token(self) -> str:
        """The access token (str): a secret."""
    @property
    def token_type(self) -> str:
        """The type of the token (str): "bearer" unless Pinterest says otherwise."""
    @property
    def expires_in(self) -> int | None:
        """Lifetime of the access token in seconds from obtained_at (int), or None."""
    @property
    def expires_at(self) -> int | None:
        """Unix time in seconds at which the access token expires (int), or None."""
    @property
    def refresh_token(self) -> str | None:
        """The refresh token to use next (str), or None: a secret.

        It is the one that was sent where the answer held none.
        """
    @property
    def refresh_token_expires_in(self) -> int | None:
        """Lifetime of the refresh token in seconds (int), or None."""
    @property
    def refresh_token_expires_at(self) -> int | None:
        """Unix time in seconds at which the refresh token expires (int), or None."""
    @property
    def refresh_token_rotated(self) -> bool:
        """Whether the answer brought a refresh token, which replaces the one you had (bool)."""
    @property
    def scope(self) -> str | None:
        """The scopes as text, as Pinterest sent them (str), or None."""
    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes, each once (tuple of str). Pinterest may grant more than was asked for."""
    @property
    def response_type(self) -> str | None:
        """Pinterest's response_type, whatever its value (str), or None."""
    @property
    def obtained_at(self) -> int | None:
        """Unix time in seconds at which the answer arrived (int), or None."""
    @property
    def extra(self) -> dict[str, Any]:
        """Keys of the answer that this library does not know, with their values (dict, new each time)."""
    @property
    def answer(self) -> Answer | None:
        """How the call went that gave this token (Answer), or None for a token that was stored."""
    def is_expired(self) -> bool | None:
        """Say whether the access token has expired by now (bool), or None where its expiry is not known."""
    def expires_within(self, seconds: float) -> bool | None:
        """Say whether the access token has expired or soon will (bool), or None where that is not known.

        Args:
            seconds: how soon: a number of seconds from now, fractions allowed.

        Raises:
            InvalidArgumentError: seconds is no finite number.
        """
    def to_json(self) -> str:
        """Write the token document as JSON text, secrets included: the way to store a token."""
    def to_dict(self) -> dict[str, Any]:
        """Return the token document as a dict, secrets included; absent things are left out."""
    @staticmethod
    def from_json(text: str | bytes | bytearray) -> Token:
        """Read a token document.

        Args:
            text: what to_json() wrote, or an answer of Pinterest: str, or UTF-8 as bytes or bytearray.

        Raises:
            InvalidArgumentError: it is no JSON object or has no access_token.
        """
    @staticmethod
    def from_dict(document: Mapping[str, Any]) -> Token:
        """Read a token document that is a dict already.

        Args:
            document: what to_dict() gave, or a token that another OAuth library keeps: a mapping of texts to
                JSON values. A SecretStr of pydantic in it is read as its text.

        Raises:
            InvalidArgumentError: it is no mapping, holds what JSON cannot say, or has no access_token.
        """
    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: None  # type: ignore[assignment]
    def __copy__(self) -> Token: ...
    def __deepcopy__(self, memo: object, /) -> Token: ...

@final
class Account:
    """An account of a TokenManager, for callers that wait.

    Handles are cheap; any number of threads may use one, before and after os.fork(). While a call waits,
    other threads run, and Ctrl-C ends the wait at once: a refresh or login that was sent is stored all
    the same.

    Every method raises UnknownAccountError where nobody has logged in, and StoreUnavailableError where
    the store cannot be used; what else can go wrong stands with each.
    """
    @property
    def name(self) -> str:
        """The name of the account (str); empty for tokens of the app itself."""
    def access_token(self, scopes: Scope | None = None) -> str:
        """Return an access token that is valid now (str), refreshed where it is due.

        A cached one costs less than a microsecond and no system call.

        Args:
            scopes: what the token must be allowed to do, as text with commas or spaces or as a list.

        Raises:
            UnknownAccountError: nobody has logged in under this name.
            ReauthorizationRequiredError: the user must log in again.
            InsufficientScopeError: the token lacks one of the scopes; nothing was sent.
            StoreUnavailableError, StoreBusyError, NotSavedError: see each.
            PinterestOAuthError: the refresh failed, and the old token has expired. While it is valid, it is
                returned.
        """
    def access_token_now(self) -> str | None:
        """Return the cached access token while it is valid (str), else None.

        It never waits, reads or fails.
        """
    def token(self) -> Token:
        """Return the whole Token, as access_token() does."""
    def rejected(self, access_token: Secret, code: int = 2) -> str:
        """Tell that a resource answered 401 to an access token; return the one to try once more with (str).

        It is the stored one where that is another, else a new one: at most once for each token and
        in ten minutes.

        Args:
            access_token: the access token that was refused.
            code: Pinterest's code in the answer. A refresh helps for 2 alone.

        Raises:
            InvalidTokenError: a refresh was made for this already.
            InsufficientScopeError: the code was another one, for example 3, a missing scope; nothing was
                sent.
            PinterestOAuthError: as access_token.
        """
    def login(
        self,
        code: Secret,
        redirect_uri: str,
        *,
        state: Secret | None = None,
        continuous_refresh: bool | None = None,
        extra: Extra | None = None,
        timeout: float | None = None,
    ) -> Token:
        """Log the account in: exchange the code of the redirect and store the Token, which is returned.

        The same redirect twice sends its code once.

        Args:
            code: the code of the redirect.
            redirect_uri: the very same address as in the authorization URL.
            state: the state of the redirect: the same redirect is used once, whoever brings it. By default
                the code says which it is.
            continuous_refresh: whether to ask for a refresh token that rotates (True by default).
            extra: further form fields by name, for parameters that Pinterest may add.
            timeout: seconds for this call, in place of the manager's.

        Raises:
            InvalidGrantError: the code is bad, used or expired.
            StoreUnavailableError: the store cannot keep a token; the code was not spent.
            NotSavedError: the token was issued, and no disk took it: the error carries it.
            PinterestOAuthError: as Client.oauth_token.
        """
    def import_token(self, token: Token) -> None:
        """Store a Token that was issued elsewhere, in place of what the account had.

        Args:
            token: the Token. One without a refresh token lives until it expires.
        """
    def refresh(self, *, force: bool = False) -> Token:
        """Refresh where it is due; return the Token.

        Args:
            force: also when nothing is due, in a wait after a failure, and where a login is needed.

        Raises:
            PinterestOAuthError: as access_token; with force a valid token does not hide a failure.
        """
    def status(self) -> Status:
        """Say where the account stands (Status). Nothing is sent."""
    def export(self) -> Token:
        """Return the stored Token, valid or not. Nothing is sent."""
    def remove(self) -> Removed:
        """Remove the account from the store, with every copy of its tokens; say what was removed (Removed).

        Pinterest is told nothing: it revokes tokens of system users alone (Client.revoke).
        """
    def rename(self, new_name: str) -> None:
        """Give the account another name. This handle keeps the old one.

        Args:
            new_name: 1 to 1,024 bytes of UTF-8 without control characters.

        Raises:
            InvalidArgumentError: there is an account of that name.
            StoreBusyError: a refresh or a login is under way.
        """
    def unsaved(self) -> Token | None:
        """Return the Token that was issued and that no disk took, or None where all is stored."""
    def _awaited(self) -> AsyncAccount: ...
    def __reduce_ex__(self, protocol: object, /) -> None: ...  # type: ignore[override]

@final
class AsyncAccount:
    """An account of an AsyncTokenManager: its calls are awaited, any number of them at once.

    Cancelling a task ends its wait alone: a refresh or login that was sent is driven to its end and
    stored. Arguments, answers and errors are those of Account; errors are raised where the call is
    awaited.
    """
    @property
    def name(self) -> str:
        """The name of the account (str); empty for tokens of the app itself."""
    def access_token(self, scopes: Scope | None = None) -> Coroutine[Any, Any, str]:
        """As Account.access_token, to be awaited."""
    def access_token_now(self) -> str | None:
        """As Account.access_token_now: not awaited, for it never waits."""
    def token(self) -> Coroutine[Any, Any, Token]:
        """As Account.token, to be awaited."""
    def rejected(self, access_token: Secret, code: int = 2) -> Coroutine[Any, Any, str]:
        """As Account.rejected, to be awaited."""
    def login(
        self,
        code: Secret,
        redirect_uri: str,
        *,
        state: Secret | None = None,
        continuous_refresh: bool | None = None,
        extra: Extra | None = None,
        timeout: float | None = None,
    ) -> Coroutine[Any, Any, Token]:
        """As Account.login, to be awaited."""
    def import_token(self, token: Token) -> Coroutine[Any, Any, None]:
        """As Account.import_token, to be awaited."""
    def refresh(self, *, force: bool = False) -> Coroutine[Any, Any, Token]:
        """As Account.refresh, to be awaited."""
    def status(self) -> Coroutine[Any, Any, Status]:
        """As Account.status, to be awaited."""
    def export(self) -> Coroutine[Any, Any, Token]:
        """As Account.export, to be awaited."""
    def remove(self) -> Coroutine[Any, Any, Removed]:
        """As Account.remove, to be awaited."""
    def rename(self, new_name: str) -> Coroutine[Any, Any, None]:
        """As Account.rename, to be awaited."""
    def unsaved(self) -> Token | None:
        """As Account.unsaved: not awaited."""
    def _waiting(self) -> Account: ...
    def __reduce_ex__(self, protocol: object, /) -> None: ...  # type: ignore[override]

@final
class Login:
    """A login under way on the machine of the person: what the callback on_event of login() is given.

    Any number of threads may use it while login() waits.
    """
    @property
    def started(self) -> LoginStarted:
        """What to show to the person (LoginStarted)."""
    def show(self) -> LoginStarted:
        """Return the same with the way for other machines (LoginStarted).

        From then on a browser may come back that was not at the start page.
        """
    def paste(self, address: Secret) -> None:
        """Take the address of the page to which Pinterest sent the person.

        Args:
            address: the whole address, as the person copied it.

        Raises:
            InvalidArgumentError: it is another text; the message says which, in words for the person, and the
                login waits on.
        """
    def answer(self, replace: bool = True) -> None:
        """Answer the event "confirm".

        Args:
            replace: whether the token of the other person is replaced.
        """
    def cancel(self) -> None:
        """End the wait: login() raises CallCancelledError, or ends as it would where a code was sent."""
    def _next(self, seconds: float) -> LoginEvent | None: ...
    def __reduce_ex__(self, protocol: object, /) -> None: ...  # type: ignore[override]

@final
class LoginStarted:
    """What a login under way shows to the person: the first thing that on_event is given."""

    event: Literal["started"]
    @property
    def message(self) -> str:
        """What to tell a person at a terminal, in lines (str). It holds no secret."""
    @property
    def instructions(self) -> str | None:
        """The way for other machines, in lines (str), or None: show it to the person alone.

        It has authorize_url in it.
        """
    @property
    def start_url(self) -> str:
        """The address to open in a browser on this machine (str). It holds no secret."""
    @property
    def authorize_url(self) -> str | None:
        """Pinterest's page, for a browser on another machine (str), or None: show it to the person alone.

        The address of the page that follows is to be pasted then: Login.paste.
        """
    @property
    def opened(self) -> bool:
        """Whether a browser was started (bool)."""
    @property
    def why_not_opened(self) -> str | None:
        """Why none was started, for a person (str); None where one was, or where none was wanted."""
    @property
    def hints(self) -> tuple[str, ...]:
        """Sentences about scopes that are perhaps misspelled (tuple of str)."""
    def __reduce_ex__(self, protocol: object, /) -> None: ...  # type: ignore[override]

@final
class LoginBegin:
    """Where to send a web app's visitor, with status 303, and the cookies that go along."""
    @property
    def url(self) -> str:
        """The address to send the browser to (str): it carries the state."""
    @property
    def set_cookies(self) -> tuple[str, ...]:
        """The values of the answer's Set-Cookie headers, one header for each (tuple of str)."""
    def __reduce_ex__(self, protocol: object, /) -> None: ...  # type: ignore[override]

class _Manager:
    def __new__(cls, *arguments: object, **keywords: object) -> Self: ...
    def _account(self, name: str) -> Account: ...
    def _async_account(self, name: str) -> AsyncAccount: ...
    def _app(self, scopes: Scope) -> Account: ...
    def _async_app(self, scopes: Scope) -> AsyncAccount: ...
    def _login(self, **options: object) -> _Work: ...
    def _accounts(self) -> _Work: ...
    def _refresh_due(self, parallel: int) -> _Work: ...
    def _doctor(self, repair: bool) -> _Work: ...
    def __reduce_ex__(self, protocol: object, /) -> None: ...  # type: ignore[override]

@final
class _Work:
    @staticmethod
    def tell() -> None: ...
    def wait(self) -> Any: ...  # noqa: ANN401
    def at_once(self) -> object: ...
    def begin(self, event_loop: AbstractEventLoop, future: Future[Any]) -> None: ...

@final
class _Call:
    @staticmethod
    def tell(ended: object) -> None: ...
    def begin(self, event_loop: AbstractEventLoop, future: Future[Any]) -> None: ...
    def cancel(self) -> None: ...
