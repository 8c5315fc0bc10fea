"""`OauthAccessTokenRequest`: what a token is asked for with."""

from __future__ import annotations

from typing import NoReturn

from ..schemas import DictSchema


class OauthAccessTokenRequest(DictSchema):
    """The fields of the form, as a mapping; a dict does as well.

    They are those of `pinterest_oauth.Client.oauth_token`, and are checked when the call is made.
    """

    __slots__ = ()

    def __reduce_ex__(self, protocol: object, /) -> NoReturn:
        raise TypeError("a request is not pickled, because it holds secrets")
