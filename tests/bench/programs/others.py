"""One token, asked for again and again, and by many threads when it has expired: ours, and what else there is.

Usage: others.py WHAT read COUNT prints nanoseconds each; others.py WHAT threads COUNT prints how many threads got a token.
Tokens come from BENCH_URL, which is asked on this machine alone; files are kept in the current folder.
"""

# mypy: disable-error-code="import-not-found, import-untyped"

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

URL = os.environ["BENCH_URL"] + "/oauth/token"
APP, SECRET = os.environ["PINTEREST_APP_ID"], os.environ["PINTEREST_APP_SECRET"]
LASTS, GONE = 2_592_000, -10
Ask = Callable[[], str]


def ours(lasts: int) -> Ask:
    """A handle of a token manager."""
    from pinterest_oauth import Token, TokenManager

    account = TokenManager(store="tokens").account("bench")
    account.import_token(
        Token.from_json(json.dumps(stored(lasts) | {"expires_at": int(time.time()) + lasts}))
    )
    return account.access_token


def google_auth(lasts: int) -> Ask:
    """Credentials, as its documentation uses them. Nothing is stored."""
    from google.auth.transport.requests import Request
    from google.oauth2.credentials import Credentials

    expiry = datetime.now(UTC).replace(tzinfo=None) + timedelta(seconds=lasts)
    credentials = Credentials(
        "pina_1", refresh_token="pinr.1", token_uri=URL, client_id=APP, client_secret=SECRET, expiry=expiry
    )
    request = Request()

    def ask() -> str:
        if not credentials.valid:
            credentials.refresh(request)
        return str(credentials.token)

    return ask


class Here:
    """The HTTP client of MSAL: answers what it asks about its authority, and sends the rest to this machine."""

    url = URL

    class Metadata:
        """What an authority says of itself."""

        status_code = 200
        headers: Mapping[str, str] = MappingProxyType({})
        text = json.dumps(
            {
                "issuer": "https://localhost/common",
                "authorization_endpoint": "https://localhost/common/authorize",
                "token_endpoint": "https://localhost/common/token",
            }
        )

        def raise_for_status(self) -> None:
            """It is good."""

    def get(self, *_: object, **__: object) -> Metadata:
        """Of the authority alone."""
        return self.Metadata()

    def post(self, _: str, *, data: Any = None, headers: Any = None, **__: object) -> object:
        """A token."""
        import requests

        return requests.post(self.url, data=data, headers=headers, timeout=30)

    def close(self) -> None:
        """Nothing is open."""


def msal(lasts: int) -> Ask:
    """An application whose cache is persisted in a file by msal-extensions."""
    from msal import ConfidentialClientApplication
    from msal_extensions import FilePersistence, PersistedTokenCache

    here = Here()
    app = ConfidentialClientApplication(
        APP,
        client_credential=SECRET,
        authority="https://localhost/common",
        validate_authority=False,
        instance_discovery=False,
        http_client=here,
        token_cache=PersistedTokenCache(FilePersistence("msal.json")),
    )
    here.url = f"{URL}?expires_in={max(lasts, 1)}"
    app.acquire_token_by_refresh_token("pinr.1", ["pins.read"])
    here.url = URL
    account = app.get_accounts()[0]

    def ask() -> str:
        return str(app.acquire_token_silent(["pins.read"], account)["access_token"])

    return ask


def authlib(lasts: int) -> Ask:
    """A session that begins with the token of a file, and writes a new one there."""
    from authlib.integrations.requests_client import OAuth2Session

    def save(token: dict[str, Any], **_: object) -> None:
        with open("authlib.json", "w", encoding="utf-8") as file:
            json.dump(token, file)

    save(stored(lasts) | {"expires_at": int(time.time()) + lasts})
    with open("authlib.json", encoding="utf-8") as file:
        token = json.load(file)
    session = OAuth2Session(APP, SECRET, token=token, token_endpoint=URL, update_token=save)

    def ask() -> str:
        if not session.ensure_active_token(session.token):
            raise SystemExit("Authlib has no token")
        return str(session.token["access_token"])

    return ask


def stored(lasts: int) -> dict[str, Any]:
    """A token document."""
    return {
        "access_token": "pina_1",
        "refresh_token": "pinr.1",
        "token_type": "bearer",
        "expires_in": max(lasts, 1),
    }


WHAT: dict[str, Callable[[int], Ask]] = {
    "ours": ours,
    "google-auth": google_auth,
    "msal-extensions": msal,
    "Authlib": authlib,
}


def read(ask: Ask, count: int) -> float:
    """Nanoseconds each."""
    ask()
    begin = time.perf_counter_ns()
    for _ in range(count):
        ask()
    return (time.perf_counter_ns() - begin) / count


def threads(ask: Ask, count: int) -> int:
    """How many got a token."""
    barrier, got = threading.Barrier(count), []

    def one() -> None:
        barrier.wait()
        with contextlib.suppress(Exception):  # Who gets none is what is counted.
            got.append(ask())

    all_of_them = [threading.Thread(target=one) for _ in range(count)]
    for thread in all_of_them:
        thread.start()
    for thread in all_of_them:
        thread.join()
    return len(got)


def main() -> None:
    """The command line."""
    what, mode, count = sys.argv[1:]
    ask = WHAT[what](LASTS if mode == "read" else GONE)
    print("ready", flush=True)
    input()
    print(read(ask, int(count)) if mode == "read" else threads(ask, int(count)))


if __name__ == "__main__":
    main()
