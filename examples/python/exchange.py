"""A code becomes a token, and the token is refreshed.

Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and for a test server PINTEREST_API_URI and
PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.
"""

import hashlib
import sys

from pinterest_oauth import Client, PinterestOAuthError, Token

REDIRECT_URI = "http://localhost:8085/"


def fingerprint(secret: str) -> str:
    """What to print instead of a token: equal for equal tokens, and useless for anything else."""
    return hashlib.sha256(secret.encode()).hexdigest()[:12]


def show(step: str, token: Token) -> None:
    print(
        f"{step}: access token {fingerprint(token.access_token)}, refresh token {fingerprint(token.refresh_token or '')}"
    )


def main() -> int:
    client = Client()
    page = client.authorize_url(REDIRECT_URI, scope="pins:read,boards:read")
    print(
        "Open this address, give access, and paste the address at which the browser ends up:",
        page.url,
        sep="\n",
    )
    try:
        code = Client.redirect(input().strip(), state=page.state)
        token = client.oauth_token("authorization_code", code=code, redirect_uri=REDIRECT_URI)
        show("code", token)
        token = client.refresh(token)
        show("refresh", token)
    except PinterestOAuthError as error:
        print(error, file=sys.stderr)
        return 1
    if token.refresh_token_rotated:
        print("The refresh token has rotated: store token.to_json() in place of the old one.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
