"""The addresses a case can choose: the emulator's listeners, and some where nobody answers."""

from __future__ import annotations

import socket
from typing import Any, Self

# Name of the listener → which address of the emulator becomes `base_url`.
EMULATED = {
    "http": "base_url",
    "https": "https_base_url",
    "expired": "expired_base_url",
    "wrong_host": "wrong_host_base_url",
    "untrusted": "untrusted_base_url",
    "sandbox": "sandbox_base_url",
}
LISTENERS = (*EMULATED, "refused", "unresolvable", "full", "plain_behind_https", "none")


class DeadEnds:
    """Two loopback ports, for `with`: one refuses, one never completes a connection."""

    def __init__(self) -> None:
        self._refused = socket.socket()
        self._refused.bind(("127.0.0.1", 0))
        self._full = socket.socket()
        self._full.bind(("127.0.0.1", 0))
        self._full.listen(0)
        self._waiting = []
        for _ in range(8):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(self._full.getsockname())
            self._waiting.append(one)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def refused(self) -> str:
        """`127.0.0.1:port`, bound but not listening."""
        return f"127.0.0.1:{self._refused.getsockname()[1]}"

    @property
    def full(self) -> str:
        """`127.0.0.1:port`, whose queue of connections is full."""
        return f"127.0.0.1:{self._full.getsockname()[1]}"

    def close(self) -> None:
        """Gives the ports back."""
        for one in [*self._waiting, self._full, self._refused]:
            one.close()


def addresses(listener: str, urls: dict[str, Any], dead_ends: DeadEnds) -> dict[str, Any]:
    """The part of a configuration document that leads to this listener."""
    if listener == "none":
        return {}
    if listener in EMULATED:
        url = urls[EMULATED[listener]]
        secure = {"ca_file": urls["ca_file"]} if url.startswith("https:") else {}
        return {"base_url": url, **secure}
    if listener == "refused":
        return {"base_url": f"http://{dead_ends.refused}/v5"}
    if listener == "full":
        return {"base_url": f"http://{dead_ends.full}/v5"}
    if listener == "plain_behind_https":
        return {"base_url": urls["base_url"].replace("http://", "https://"), "ca_file": urls["ca_file"]}
    return {"base_url": "https://does-not-exist.invalid/v5", "ca_file": urls["ca_file"]}
