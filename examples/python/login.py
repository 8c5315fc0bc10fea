"""Logs a user in with the browser of this machine, and keeps the token: one call.

Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and register http://localhost:8085/ with the app. For a test server set
PINTEREST_API_URI and PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.
"""

import sys

from pinterest_oauth import PinterestOAuthError, TokenManager


def main(redirect_uri: str = "http://localhost:8085/") -> int:
    manager = TokenManager()
    try:
        end = manager.login("shop-42", scope="pins:read,boards:read", redirect_uri=redirect_uri, confirm=True)
    except PinterestOAuthError as error:
        print(error, file=sys.stderr)
        return 1
    print("Scopes:", ", ".join(end.scopes))
    print('Calls to Pinterest may be made with TokenManager().account("shop-42").access_token().')
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
