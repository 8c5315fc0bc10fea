from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, final

from pydantic_core import CoreSchema  # type: ignore[import-not-found,unused-ignore]
from typing_extensions import Self

from ._answer import Answer

__all__ = [
    "AuthorizeUrl",
    "Token",
    "_Call",
    "_Handle",
    "__version__",
    "awaited",
    "cli_main",
    "native",
]

__version__: str

_Declared = TypeVar("_Declared", bound=Callable[..., Any])

def cli_main(arguments: Sequence[str]) -> int: ...
def native(function: _Declared, /) -> _Declared: ...
def awaited(function: _Declared, /) -> _Declared: ...

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
class _Call:
    @staticmethod
    def tell(ended: object) -> None: ...
    def begin(self, event_loop: AbstractEventLoop, future: Future[Any]) -> None: ...
    def cancel(self) -> None: ...
