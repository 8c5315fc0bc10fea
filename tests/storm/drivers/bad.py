"""A driver that does everything wrong, for the check `itself`: sends twice, tells secrets, is late, makes things up."""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from urllib.parse import urlencode

LATE = 0.25
PATHS = {
    "oauth_token": "/oauth/token",
    "conversion_token": "/oauth/conversion_token",
    "revoke": "/oauth/token/revoke",
}
MADE_UP = [
    {"ok": {"access_token": "made up"}},
    {"error": {"kind": "internal", "outcome": "not_sent", "message": "nothing happened"}},
]


def main() -> None:
    """Three lines in, one line out, until standard input ends."""
    with os.fdopen(int(os.environ["CONFORMANCE_FD"]), "w", encoding="utf-8") as results:
        for number, operation in enumerate(sys.stdin):
            config, request = json.loads(sys.stdin.readline()), json.loads(sys.stdin.readline())
            print(request)
            path = PATHS[operation.strip().removeprefix("reuse:")]
            for _ in range(2):
                form, headers = urlencode(request).encode(), {}
                if "access_token" in request:
                    form, headers = b"", {"Authorization": f"Bearer {request['access_token']}"}
                sent = urllib.request.Request(f"{config['base_url']}{path}", form, headers)
                with urllib.request.urlopen(sent, timeout=20) as answer:  # loopback
                    answer.read()
            time.sleep(LATE)
            print(json.dumps(MADE_UP[number % 2]), file=results, flush=True)


if __name__ == "__main__":
    main()
