"""The shape of the generated client: what a type checker says of programs that use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

GOOD = """
from pprint import pprint
from pinterest_oauth import Token, openapi_client
from pinterest_oauth.openapi_client.api import oauth_api
from pinterest_oauth.openapi_client.model.error import Error
from pinterest_oauth.openapi_client.model.oauth_access_token_request import OauthAccessTokenRequest
from pinterest_oauth.openapi_client.model.oauth_access_token_response import OauthAccessTokenResponse

configuration = openapi_client.Configuration(host="https://api.pinterest.com/v5", password="x")
configuration.username = "1"
configuration.host = "https://api-sandbox.pinterest.com/v5"

def ask(api_client: openapi_client.ApiClient) -> tuple[Token, bytes]:
    api_instance = openapi_client.api.oauth_api.OauthApi(api_client)
    api_response = api_instance.oauth_token(body=dict(grant_type="refresh_token", refresh_token="x"))
    body: OauthAccessTokenResponse = api_response.body
    raw = api_instance.oauth_token(OauthAccessTokenRequest(a=1), skip_deserialization=True, timeout=(3, 5.5))
    pprint([api_response, raw.response.getheader("date", "")])
    return body.token, raw.response.data

with openapi_client.ApiClient(configuration) as api_client:
    try:
        ask(api_client)
    except openapi_client.ApiException as e:
        if e.api_response and isinstance(e.api_response.body, Error):
            print(e.status + 1, e.api_response.body.code, e.error.kind)
"""

BAD = {
    'Configuration(user="1")': "call-arg",
    "Configuration().verify_ssl = False": "attr-defined",
    "OauthApi(Configuration())": "arg-type",
    "OauthApi().oauth_token(stream=True)": "call-overload",
    'OauthApi().oauth_token(body="grant_type=client_credentials")': "call-overload",
    'OauthApi().oauth_token(grant_type="client_credentials")': "call-overload",
    "OauthApi().oauth_token(skip_deserialization=True).body.token": "attr-defined",
    "OauthApi().oauth_token().body.access_token = 'x'": "misc",
}


def mypy(tmp_path: Path, program: str) -> str:
    file = tmp_path / "program.py"
    file.write_text(program)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-pretty",
        "--cache-dir",
        str(tmp_path / "cache"),
    ]
    ran = subprocess.run([*command, str(file)], capture_output=True, text=True, timeout=300, cwd=tmp_path)
    return ran.stdout + ran.stderr


def test_right_use_is_right_for_the_checker(tmp_path: Path) -> None:
    assert mypy(tmp_path, GOOD).startswith("Success")


def test_wrong_use_is_wrong_for_the_checker(tmp_path: Path) -> None:
    imports = "from pinterest_oauth.openapi_client import Configuration; "
    imports += "from pinterest_oauth.openapi_client.api.oauth_api import OauthApi"
    said = mypy(tmp_path, "\n".join([imports, *BAD]))
    lines = [line for line in said.splitlines() if ": error:" in line]
    found = {int(line.split(":")[1]): line.rpartition("[")[2].rstrip("]") for line in lines}
    assert found == dict(enumerate(BAD.values(), start=2)), said
