"""A cached access token, and a look into a dictionary: nanoseconds each."""

import json
import sys
import time
from collections.abc import Callable

from pinterest_oauth import Token, TokenManager


def each(count: int, what: Callable[[], object]) -> float:
    begin = time.perf_counter_ns()
    for _ in range(count):
        what()
    return (time.perf_counter_ns() - begin) / count


count = int(sys.argv[1])
account = TokenManager().account("bench")
if len(sys.argv) > 2:
    document = {"access_token": "pina_" + "a" * 60, "expires_in": 2592000}
    account.import_token(Token.from_json(json.dumps(document)))
known = {"bench": "pina"}
account.access_token()
cached, dictionary = each(count, account.access_token), each(count, lambda: known["bench"])
print(json.dumps({"cached": cached, "dictionary": dictionary}))
