"""Ports of this machine."""

from __future__ import annotations

import errno
import socket

NO_IPV6 = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL)


def free_port() -> int:
    """A port that is free now, on 127.0.0.1 and, where the machine has it, on ::1."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port: int = listener.getsockname()[1]
        try:
            with socket.create_server(("::1", port), family=socket.AF_INET6):
                return port
        except OSError as problem:
            if problem.errno in NO_IPV6:
                return port
