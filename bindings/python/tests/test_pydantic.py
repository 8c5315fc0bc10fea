"""A Token as the field of a pydantic model: read as it is stored, written when that is asked for."""

from __future__ import annotations

import pickle
from typing import Any, Optional

import pytest
from pydantic import BaseModel, SecretStr, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from pinterest_oauth import Token

CANARY = "c4nary-of-a-model"
STORED = {"access_token": f"pina_{CANARY}", "scope": "pins:read", "extra": {"new": CANARY}}
SHOW = {"show_secrets": True}


class Account(BaseModel):
    name: str
    token: Token
    # As Python 3.9 writes it.
    former: Optional[Token] = None  # noqa: UP045


@pytest.fixture
def account() -> Account:
    return Account(name="n", token=Token.from_dict(STORED))


@pytest.mark.parametrize(
    "given",
    [
        Token.from_dict(STORED),
        STORED,
        {**STORED, "access_token": SecretStr(f"pina_{CANARY}")},
        Token.from_dict(STORED).to_json(),
        Token.from_dict(STORED).to_json().encode(),
    ],
)
def test_a_field_is_read_from_a_token_its_dict_and_its_json(account: Account, given: Any) -> None:
    assert Account.model_validate({"name": "n", "token": given}) == account


def test_a_model_shows_no_secret(account: Account) -> None:
    shown = f"{account!r} {account} {account.model_dump()} {account.model_copy(deep=True)!r}"
    assert CANARY not in shown
    assert "pins:read" in shown
    assert account.model_dump()["token"] is account.token
    with pytest.raises(TypeError):
        pickle.dumps(account)


@pytest.mark.parametrize("context", [None, {}, {"show_secrets": False}, {"show_secrets": 1}, "show_secrets"])
def test_json_is_refused_until_it_is_asked_for(account: Account, context: Any) -> None:
    for write in (account.model_dump_json, lambda **given: account.model_dump(mode="json", **given)):
        with pytest.raises(PydanticSerializationError, match="show_secrets") as raised:
            write(context=context)
        assert CANARY not in str(raised.value)
    assert account.model_dump_json(exclude={"token"}) == '{"name":"n","former":null}'


def test_json_that_is_asked_for_reads_back(account: Account) -> None:
    text = account.model_dump_json(context=SHOW)
    assert Account.model_validate_json(text) == account
    assert account.model_dump(mode="json", context=SHOW)["token"] == account.token.to_dict()
    kept = TypeAdapter(Token).dump_json(account.token, context=SHOW)
    assert TypeAdapter(Token).validate_json(kept) == account.token


@pytest.mark.parametrize("given", [{"refresh_token": CANARY}, CANARY, CANARY.encode(), 1, None, [CANARY]])
def test_what_is_no_token_is_an_error_that_does_not_repeat_it(given: Any) -> None:
    with pytest.raises(ValidationError) as raised:
        Account(name="n", token=given)
    (problem,) = raised.value.errors()
    assert (problem["loc"], problem["type"]) == (("token",), "value_error")
    assert CANARY not in f"{raised.value} {raised.value!r} {raised.value.errors()} {raised.value.json()}"
    assert "token" in problem["msg"]


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_a_model_has_a_schema(mode: Any) -> None:
    schema = Account.model_json_schema(mode=mode)["properties"]["token"]
    assert (schema["type"], schema["required"]) == ("object", ["access_token"])
