"""A whole process with one call, from Python. Usage: once.py WHAT, a key of CONTESTANTS.

Each imports what it needs and no more. README.md says what the environment tells.
"""

import os
import sys

LIMIT = 30.0


def ours() -> bool:
    """Our package."""
    from importlib import import_module

    client = import_module("pinterest_oauth").Client(
        app_id=os.environ["PINTEREST_APP_ID"],
        app_secret=os.environ["PINTEREST_APP_SECRET"],
        base_url=os.environ["BENCH_URL"],
        ca_file=os.environ.get("BENCH_CA_FILE"),
    )
    return bool(client.oauth_token("client_credentials").access_token)


def http_client() -> bool:
    """The standard library."""
    import json
    from base64 import b64encode
    from http.client import HTTPConnection, HTTPSConnection

    scheme, _, rest = os.environ["BENCH_URL"].partition("://")
    host, _, path = rest.partition("/")
    if scheme == "https":
        import ssl

        trusted = ssl.create_default_context(cafile=os.environ.get("BENCH_CA_FILE"))
        connection: HTTPConnection = HTTPSConnection(host, timeout=LIMIT, context=trusted)
    else:
        connection = HTTPConnection(host, timeout=LIMIT)
    pair = os.environ["PINTEREST_APP_ID"] + ":" + os.environ["PINTEREST_APP_SECRET"]
    headers = {
        "authorization": "Basic " + b64encode(pair.encode()).decode(),
        "content-type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", f"/{path}/oauth/token", b"grant_type=client_credentials", headers)
    return bool(json.loads(connection.getresponse().read())["access_token"])


def requests() -> bool:
    """What most programs use."""
    from importlib import import_module

    answer = import_module("requests").post(
        os.environ["BENCH_URL"] + "/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(os.environ["PINTEREST_APP_ID"], os.environ["PINTEREST_APP_SECRET"]),
        verify=os.environ.get("BENCH_CA_FILE") or True,
        timeout=LIMIT,
    )
    return bool(answer.json()["access_token"])


CONTESTANTS = {
    "bare interpreter": lambda: True,
    "ours": ours,
    "http.client": http_client,
    "requests": requests,
}

if __name__ == "__main__" and not CONTESTANTS[sys.argv[1]]():
    sys.exit("no token")
