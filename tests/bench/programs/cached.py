"""A cached access token, a look into a dictionary, and the call of a function: nanoseconds each."""

import json
import sys
import time
from collections.abc import Callable

from pinterest_oauth import TokenManager


def each(count: int, what: Callable[[], object]) -> float:
    begin = time.perf_counter_ns()
    for _ in range(count):
        what()
    return (time.perf_counter_ns() - begin) / count


count = int(sys.argv[1])
account = TokenManager().account("bench")
known = {"bench": "pina"}
account.access_token()
cached, dictionary = each(count, account.access_token), each(count, lambda: known["bench"])
call = each(count, lambda: known)
print(json.dumps({"cached": cached, "dictionary": dictionary, "call": call}))
