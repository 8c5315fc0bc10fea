"""`Error`: what Pinterest answers where it refuses."""

from __future__ import annotations

from ..schemas import DictSchema


class Error(DictSchema):
    """The JSON object of a refusal, with secrets hidden, as a mapping."""

    __slots__ = ()

    @property
    def code(self) -> int | None:
        """Pinterest's own number of the error, or None."""
        code: int | None = self.get("code")
        return code

    @property
    def message(self) -> str | None:
        """Pinterest's own message, or None."""
        message: str | None = self.get("message")
        return message

    def __repr__(self) -> str:
        return f"Error({self._fields!r})"
