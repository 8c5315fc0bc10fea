"""perl-client.md: `WWW::OpenAPIClient::OauthApi` is a part of our distribution."""

from __future__ import annotations

from pathlib import Path

from support.places import ROOT, TARGET

from .client_example import ClientExample
from .program import Finished, run
from .seed import Substitution


def _run(program: str, folder: Path, environment: dict[str, str]) -> Finished:
    file = folder / "example.pl"
    file.write_text(program, encoding="utf-8")
    installed = {
        "PERL5LIB": str(ROOT / "bindings" / "perl" / "lib"),
        "PINTEREST_OAUTH_LIBRARY": str(TARGET / "stage" / "lib" / "libpinterest_oauth.so.0"),
    }
    return run(["perl", str(file)], {**environment, **installed}, folder)


DOCUMENT = ClientExample(
    file="perl-client.md",
    language="Perl",
    fence="perl",
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
    run=_run,
)
