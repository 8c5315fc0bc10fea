"""What models have in common, and the value of what was not given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Unset:
    """The type of `unset`, which stands for what was not given or not defined."""

    def __repr__(self) -> str:
        return "unset"


unset = Unset()


class DictSchema(Mapping[str, Any]):
    """A read-only mapping of field names to values, whose repr shows the names alone.

    Args:
        fields: a mapping with the fields.
        more: further fields by keyword.
    """

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, Any] | None = None, /, **more: object) -> None:
        self._fields: dict[str, Any] = {**(fields or {}), **more}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}=…' for name in self)})"
