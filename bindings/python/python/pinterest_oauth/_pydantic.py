"""A Token as the field of a pydantic model. Imported by pydantic's own question for a schema."""

# mypy: disable-error-code="import-not-found,unused-ignore,misc"

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticSerializationError, core_schema

from ._native import Token

SHOW = "show_secrets"


class _Given:
    """What a field was given, hidden: pydantic's errors repeat their input."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "[redacted]"


def _read(given: _Given) -> Token:
    value: Any = given.value
    if isinstance(value, Token):
        return value
    return Token.from_dict(value) if isinstance(value, Mapping) else Token.from_json(value)


def _write(token: Token, info: core_schema.SerializationInfo) -> dict[str, Any]:
    context = info.context
    if isinstance(context, Mapping) and context.get(SHOW) is True:
        return token.to_dict()
    raise PydanticSerializationError(
        "a Token is not written, because it holds secrets: exclude it, or give model_dump_json() "
        f'context={{"{SHOW}": True}}'
    )


def schema(token: type[Token]) -> core_schema.CoreSchema:
    """Say how a field is read (from a Token, a mapping or JSON text), and when JSON is written."""
    described = {
        "type": "object",
        "title": token.__name__,
        "description": "A token of Pinterest: holds secrets.",
        "properties": {"access_token": {"type": "string", "format": "password"}},
        "required": ["access_token"],
    }
    return core_schema.chain_schema(
        [
            core_schema.no_info_plain_validator_function(_Given),
            core_schema.no_info_plain_validator_function(_read),
        ],
        metadata={"pydantic_js_functions": [lambda schema, handler: described]},
        serialization=core_schema.plain_serializer_function_ser_schema(
            _write, info_arg=True, when_used="json"
        ),
    )
