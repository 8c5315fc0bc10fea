"""What a case needs of the emulator beside its start: the server as the case wants it, and a browser."""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import urlsplit

from support.emulator import LIMIT, Emulator, EmulatorFailed


def arrange(emulator: Emulator, server: Any) -> None:
    """Sets up what a case writes under `server`: a list of faults, or switches, clock and script."""
    if isinstance(server, list):
        server = {"script": server}
    if server.get("switches"):
        emulator.control("POST", "/switches", server["switches"])
    if server.get("advance"):
        emulator.control("POST", "/clock", {"advance": server["advance"]})
    if "script" in server:
        emulator.control("POST", "/script", server["script"])


def visit(url: str) -> str:
    """Opens an address as a browser would and returns where it leads; follows nothing."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=LIMIT)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    location = answer.getheader("location")
    if answer.status != 302 or location is None:
        raise EmulatorFailed(f"the consent page answered {answer.status} and no redirect")
    return location
