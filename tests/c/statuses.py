"""The statuses, in the order of their numbers: the one list here, from the documents of the project."""

from __future__ import annotations

NAMES = [
    "ok",
    "internal",
    "invalid_argument",
    "invalid_config",
    "connect",
    "tls",
    "proxy",
    "timeout",
    "invalid_grant",
    "invalid_client",
    "forbidden",
    "insufficient_scope",
    "rate_limited",
    "server_error",
    "api_error",
    "invalid_response",
    "access_denied",
    "state_mismatch",
    "invalid_token",
    "cancelled",
]
