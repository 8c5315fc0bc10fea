"""A cached access token, and a look into a dictionary: nanoseconds each."""

import json
import sys
import time

from pinterest_oauth import Token, TokenManager


def each(count: int, what) -> float:
    begin = time.perf_counter_ns()
    for _ in range(count):
        what()
    return (time.perf_counter_ns() - begin) / count


count = int(sys.argv[1])
account = TokenManager().account("bench")
if len(sys.argv) > 2:
    account.import_token(Token.from_json(json.dumps({"access_token": "pina_" + "a" * 60, "expires_in": 2592000})))
known = {"bench": "pina"}
account.access_token()
print(json.dumps({"cached": each(count, account.access_token), "dictionary": each(count, lambda: known["bench"])}))
