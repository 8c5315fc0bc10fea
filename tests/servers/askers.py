"""Calls that can tell whose answer they got: each asks for scopes of its own, and is granted those."""

from __future__ import annotations

from collections.abc import Iterable

SCOPES = [
    f"{thing}:{what}"
    for thing in ("ads", "billing", "biz_access", "boards", "catalogs", "pins", "user_accounts")
    for what in ("read", "write")
]


def scopes(number: int) -> list[str]:
    """A set of scopes that is different for every number from 1 to 2 ** 14 - 1."""
    return [scope for place, scope in enumerate(SCOPES) if number >> place & 1]


def number(granted: Iterable[str]) -> int:
    """The number that these scopes stand for."""
    return sum(1 << SCOPES.index(scope) for scope in granted)
