"""Ports of this machine."""

from __future__ import annotations

import socket


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.create_server((address, port), family=family):
            return True
    except OSError:
        return False


def free_port() -> int:
    """A port at which nobody listens, neither on 127.0.0.1 nor on ::1 where this machine has it."""
    has_six = _is_free("::1", 0)
    while True:
        with socket.create_server(("127.0.0.1", 0)) as four:
            port = int(four.getsockname()[1])
            if not has_six or _is_free("::1", port):
                return port
