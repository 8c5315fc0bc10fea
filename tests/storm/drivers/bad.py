"""A driver that does everything wrong, for the check `itself`: sends twice, tells secrets, is late, makes things up."""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from urllib.parse import urlencode

LATE = 0.5
MADE_UP = [
    {"ok": {"access_token": "made up"}},
    {"error": {"kind": "internal", "outcome": "not_sent", "message": "nothing happened"}},
]


def main() -> None:
    """Three lines in, one line out, until standard input ends."""
    with os.fdopen(int(os.environ["CONFORMANCE_FD"]), "w", encoding="utf-8") as results:
        for number, _ in enumerate(sys.stdin):
            config, request = json.loads(sys.stdin.readline()), json.loads(sys.stdin.readline())
            print(request)
            for _ in range(2):
                address, form = f"{config['base_url']}/oauth/token", urlencode(request).encode()
                with urllib.request.urlopen(address, form, timeout=20) as answer:  # loopback
                    answer.read()
            time.sleep(LATE)
            print(json.dumps(MADE_UP[number % 2]), file=results, flush=True)


if __name__ == "__main__":
    main()
