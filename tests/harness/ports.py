"""Ports of this machine."""

from __future__ import annotations

import errno
import random
import socket

NO_IPV6 = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL)
# Systems give the ports above 32,767 to whoever asks for any, and so could give this one to somebody else.
KEPT_BY_NOBODY = range(20_000, 30_000)


def free_port() -> int:
    """A port that is free, on 127.0.0.1 and, where the machine has it, on ::1, and that nobody gets by chance."""
    while True:
        port = random.choice(KEPT_BY_NOBODY)
        if is_free(port, "127.0.0.1", socket.AF_INET) and is_free(port, "::1", socket.AF_INET6):
            return port


def is_free(port: int, host: str, family: socket.AddressFamily) -> bool:
    """Whether nobody has this port there; so is one on an address that the machine does not have."""
    try:
        with socket.create_server((host, port), family=family):
            return True
    except OSError as problem:
        return problem.errno in NO_IPV6
