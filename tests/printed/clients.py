"""The documents of generated clients: what may differ from them, and what their examples must say."""

from __future__ import annotations

from . import languages
from .block import Substitution
from .client import ClientExample

# Lines of the block. Its host is written out, and it has no credentials: they come from the environment.
_PYTHON_IMPORTS = (
    "openapi_client.api import oauth_api",
    "openapi_client.model.oauth_access_token_response import OauthAccessTokenResponse",
    "openapi_client.model.oauth_access_token_request import OauthAccessTokenRequest",
    "openapi_client.model.error import Error",
)

TYPESCRIPT = ClientExample(
    file="typescript-client.md",
    fence="typescript",
    run=languages.typescript,
    outside=(
        Substitution(
            "import { createConfiguration, OauthApi } from '';",
            "import { createConfiguration, OauthApi } from 'pinterest-oauth';",
        ),
        Substitution(
            "import type { OauthApiOauthTokenRequest } from '';",
            "import type { OauthApiOauthTokenRequest } from 'pinterest-oauth';",
        ),
    ),
    fields=(
        Substitution(
            'grantType: "authorization_code",',
            'grantType: "authorization_code",'
            " code: process.env.PINTEREST_CODE, redirectUri: process.env.PINTEREST_REDIRECT_URI,",
        ),
    ),
    refusal=("InvalidArgumentError: code and redirectUri are required",),
    refused=1,
    token=("API called successfully. Returned data: ", "[redacted]"),
)

POWERSHELL = ClientExample(
    file="powershell-client.md",
    fence="powershell",
    run=languages.powershell,
    outside=(
        Substitution(
            '$Configuration.Username = "YOUR_USERNAME"', "$Configuration.Username = $env:PINTEREST_APP_ID"
        ),
        Substitution(
            '$Configuration.Password = "YOUR_PASSWORD"', "$Configuration.Password = $env:PINTEREST_APP_SECRET"
        ),
    ),
    fields=(
        Substitution(
            "Invoke-OauthToken -GrantType $GrantType\n",
            "Invoke-OauthToken -GrantType $GrantType"
            " -Code $env:PINTEREST_CODE -RedirectUri $env:PINTEREST_REDIRECT_URI\n",
        ),
    ),
    refusal=(
        "Response headers: ",
        "Exception occurred when calling Invoke-OauthToken: ",
        "-Code and -RedirectUri are required for -GrantType authorization_code",
    ),
    token=("Pinterest.OAuth.Token [redacted]",),
    shown="\nWrite-Host $Result\n",
)

PYTHON = ClientExample(
    file="python-client.md",
    fence="python",
    run=languages.python,
    outside=(
        Substitution("import openapi_client\n", "import os\nfrom pinterest_oauth import openapi_client\n"),
        *(Substitution(f"from {line}\n", f"from pinterest_oauth.{line}\n") for line in _PYTHON_IMPORTS),
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
)

PERL = ClientExample(
    file="perl-client.md",
    fence="perl",
    run=languages.perl,
    outside=(
        Substitution("username => 'YOUR_USERNAME',", "username => $ENV{PINTEREST_APP_ID},"),
        Substitution("password => 'YOUR_PASSWORD',", "password => $ENV{PINTEREST_APP_SECRET},"),
    ),
    placeholder=(
        Substitution('"grant_type_example"', '"authorization_code"'),
        (
            "Exception when calling OauthApi->oauth_token: ",
            "code and redirect_uri are required for grant_type authorization_code",
        ),
    ),
    fields=(
        Substitution(
            "oauth_token(grant_type => $grant_type)",
            "oauth_token(grant_type => $grant_type,"
            " code => $ENV{PINTEREST_CODE}, redirect_uri => $ENV{PINTEREST_REDIRECT_URI})",
        ),
    ),
    refusal=(
        "Exception when calling OauthApi->oauth_token: ",
        "grant_type must be authorization_code, refresh_token or client_credentials",
    ),
    token=("$VAR1 = bless(", "'access_token' => '[redacted]'"),
)

CLIENTS = (TYPESCRIPT, POWERSHELL, PYTHON, PERL)
