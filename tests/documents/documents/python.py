"""python-client.md: `openapi_client` is a part of our package."""

from __future__ import annotations

import sys
from pathlib import Path

from .client_example import ClientExample
from .program import Finished, run
from .seed import Substitution

# Lines of the block. Its host is written out, and it has no credentials: they come from the environment.
_IMPORTED = (
    "openapi_client.api import oauth_api",
    "openapi_client.model.oauth_access_token_response import OauthAccessTokenResponse",
    "openapi_client.model.oauth_access_token_request import OauthAccessTokenRequest",
    "openapi_client.model.error import Error",
)


def _run(program: str, folder: Path, environment: dict[str, str]) -> Finished:
    file = folder / "example.py"
    file.write_text(program, encoding="utf-8")
    return run([sys.executable, str(file)], environment, folder)


DOCUMENT = ClientExample(
    file="python-client.md",
    language="Python",
    fence="python",
    outside=(
        Substitution("import openapi_client\n", "import os\nfrom pinterest_oauth import openapi_client\n"),
        *(Substitution(f"from {line}\n", f"from pinterest_oauth.{line}\n") for line in _IMPORTED),
        Substitution('host = "https://api.pinterest.com/v5"', 'host = os.environ["PINTEREST_API_URI"]'),
    ),
    fields=(
        Substitution(
            'grant_type="authorization_code",',
            'grant_type="authorization_code",'
            ' code=os.environ["PINTEREST_CODE"], redirect_uri=os.environ["PINTEREST_REDIRECT_URI"],',
        ),
    ),
    refusal=(
        "Exception when calling OauthApi->oauth_token: (0)",
        "Reason: code and redirect_uri are required for grant_type authorization_code",
    ),
    token=(
        "ApiResponseFor200(response=<HTTPResponse status=200>",
        "body=OauthAccessTokenResponse(Token(access_token=[redacted], refresh_token=[redacted],",
    ),
    run=_run,
)
