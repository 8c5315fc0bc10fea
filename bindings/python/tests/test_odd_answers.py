"""Answers that nobody expects: a token that has come is whole, and reads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pinterest_oauth import Client, Token

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator
    from pinterest_oauth.types import Fault

ODD: list[Any] = [
    None,
    True,
    0,
    -5,
    1.5,
    1e15,
    1 << 80,
    "",
    "a b",
    "2592000",
    "2030-01-01T00:00:00Z",
    [],
    [1],
]
ODD += [["a", "b"], ["a", 1], [["a"]], {}, {"a": 1}]
FIELDS = [name for name, member in vars(Token).items() if type(member).__name__ == "getset_descriptor"]
TYPES: dict[str, tuple[type, ...]] = {
    "access_token": (str,),
    "token_type": (str,),
    "refresh_token": (str, type(None)),
    "refresh_token_rotated": (bool,),
    "scope": (str, type(None)),
    "scopes": (tuple,),
    "response_type": (str, type(None)),
    "extra": (dict,),
}
TIME = (int, type(None))


@pytest.mark.parametrize("name", [*sorted({*FIELDS, "answer", "extra"} - {"access_token"}), "new"])
def test_whatever_a_key_holds_the_token_is_whole(emulator: Emulator, client: Client, name: str) -> None:
    # A refresh token with a blank is none, and its answer is refused.
    odd = [value for value in ODD if name != "refresh_token" or value != "a b"]
    faults: list[Fault] = [{"body_json": {"access_token": "pina_odd", name: value}} for value in odd]
    emulator.script(*faults)
    for value in odd:
        token = client.oauth_token("client_credentials", scope="pins:read")
        assert token.access_token == "pina_odd"
        for field in set(FIELDS) - {"answer"}:
            assert isinstance(getattr(token, field), TYPES.get(field, TIME)), (field, value)
        assert all(isinstance(scope, str) for scope in token.scopes)
        assert token.answer is not None
        assert token.answer.status == 200
        for twin in (Token.from_json(token.to_json()), Token.from_dict(token.to_dict())):
            assert twin.to_dict() == token.to_dict()
        repr(token), token.is_expired(), token.expires_within(1)
