"""`OauthAccessTokenResponse`: the token that Pinterest answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..schemas import DictSchema

if TYPE_CHECKING:
    from pinterest_oauth import Token


class OauthAccessTokenResponse(DictSchema):
    """A token as a mapping: `body["access_token"]`, and every other key of the token document.

    repr() hides the secrets, `dict(body)` shows them. Absent things are not among the keys, and None as
    attributes.

    Args:
        token: the Token to show so.

    Attributes:
        token: the Token itself, with all it can do: to_json, is_expired, answer.
    """

    __slots__ = ("token",)

    def __init__(self, token: Token) -> None:
        super().__init__(token.to_dict())
        self.token = token

    @property
    def access_token(self) -> str:
        """The access token: a secret."""
        return self.token.access_token

    @property
    def token_type(self) -> str:
        """The type, "bearer" unless Pinterest says otherwise."""
        return self.token.token_type

    @property
    def expires_in(self) -> int | None:
        """Lifetime of the access token in seconds, or None."""
        return self.token.expires_in

    @property
    def scope(self) -> str | None:
        """The scopes as text, as Pinterest sent them, or None."""
        return self.token.scope

    @property
    def response_type(self) -> str | None:
        """Pinterest's response_type, whatever its value, or None."""
        return self.token.response_type

    @property
    def refresh_token(self) -> str | None:
        """The refresh token to use next, or None: a secret."""
        return self.token.refresh_token

    @property
    def refresh_token_expires_in(self) -> int | None:
        """Lifetime of the refresh token in seconds, or None."""
        return self.token.refresh_token_expires_in

    def __repr__(self) -> str:
        return f"OauthAccessTokenResponse({self.token!r})"
