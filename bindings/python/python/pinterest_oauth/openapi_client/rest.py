"""The raw answer, with the attributes of urllib3's that programs read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pinterest_oauth import Token


class HTTPHeaderDict(Mapping[str, str]):
    """Headers by name, in either case; those that came several times are joined by commas.

    Args:
        pairs: names and values, in the order of the answer.
    """

    __slots__ = ("_headers",)

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._headers: dict[str, str] = {}
        for name, value in pairs:
            before = self._headers.get(name.lower())
            self._headers[name.lower()] = value if before is None else f"{before}, {value}"

    def __getitem__(self, name: str) -> str:
        return self._headers[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._headers)

    def __len__(self) -> int:
        return len(self._headers)

    def __repr__(self) -> str:
        return f"HTTPHeaderDict({self._headers!r})"


class HTTPResponse:
    """What is kept of an answer: not its very bytes, but what they said.

    Attributes:
        status: the status; 0 where there was no answer.
        headers: the headers of a refusal, without cookies and secrets; none are kept of a token.
    """

    __slots__ = ("_content", "headers", "status")

    def __init__(
        self, status: int, headers: Iterable[tuple[str, str]], content: Token | dict[str, Any] | None
    ) -> None:
        self.status = status
        self.headers = HTTPHeaderDict(headers)
        self._content = content

    @property
    def reason(self) -> str | None:
        """The usual phrase for the status, or None where it has none."""
        return next((known.phrase for known in HTTPStatus if known == self.status), None)

    @property
    def data(self) -> bytes:
        """The JSON text of the token, secrets included, or of the refusal, secrets hidden; or nothing."""
        if self._content is None:
            return b""
        if isinstance(self._content, dict):
            return json.dumps(self._content, ensure_ascii=False).encode()
        return self._content.to_json().encode()

    def getheaders(self) -> HTTPHeaderDict:
        """Return all headers."""
        return self.headers

    def getheader(self, name: str, default: str | None = None) -> str | None:
        """Return the header of this name, or the default."""
        return self.headers.get(name, default)

    def __repr__(self) -> str:
        return f"<HTTPResponse status={self.status}>"
