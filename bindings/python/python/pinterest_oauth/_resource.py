"""What the modules for HTTP clients share: how a token is sent, and why a resource refused it."""

from __future__ import annotations

import json

from ._native import Account, AsyncAccount

# Pinterest's code for an access token that is not accepted.
NOT_ACCEPTED = 2


def both(account: Account | AsyncAccount) -> tuple[Account, AsyncAccount]:
    """Return the account for callers that wait, and for event loops."""
    if isinstance(account, Account):
        return account, account._awaited()
    if isinstance(account, AsyncAccount):
        return account._waiting(), account
    raise TypeError(f"account must be an Account of a token manager, not {type(account).__name__}")


def bearer(access_token: str) -> str:
    """Write the value of the header Authorization."""
    return f"Bearer {access_token}"


def access_token_of(header: str) -> str:
    """Read the access token from such a value."""
    return header.partition(" ")[2]


def code_of(body: bytes) -> object:
    """Read Pinterest's code from the body of an answer; None where there is none."""
    try:
        document = json.loads(body)
    except ValueError:
        return None
    return document.get("code") if isinstance(document, dict) else None
