"""The shape of the generated client: its names, its arguments, its answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pinterest_oauth import Token, openapi_client
from pinterest_oauth.openapi_client import ApiClient, ApiException, Configuration
from pinterest_oauth.openapi_client.api.oauth_api import ApiResponseFor200, OauthApi
from pinterest_oauth.openapi_client.api_client import ApiResponseWithoutDeserialization
from pinterest_oauth.openapi_client.model.oauth_access_token_request import OauthAccessTokenRequest
from pinterest_oauth.openapi_client.model.oauth_access_token_response import OauthAccessTokenResponse
from pinterest_oauth.openapi_client.schemas import unset

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

PAGE = "http://localhost:8085/"
APP = {"grant_type": "client_credentials"}
FORM = "application/x-www-form-urlencoded"


def configured(emulator: Emulator, **more: Any) -> Configuration:
    credentials = {"username": emulator.app_id, "password": emulator.app_secret}
    return Configuration(**{"host": emulator.base_url, **credentials, "trust_env": False, **more})


@pytest.fixture
def api(emulator: Emulator) -> OauthApi:
    return OauthApi(ApiClient(configured(emulator)))


def exchange(emulator: Emulator, **more: Any) -> dict[str, Any]:
    code = emulator.authorize(redirect_uri=PAGE, scope="pins:read")["code"]
    return {"grant_type": "authorization_code", "code": code, "redirect_uri": PAGE, **more}


def test_everything_is_reached_from_the_package() -> None:
    assert openapi_client.api.oauth_api.OauthApi is OauthApi
    models = openapi_client.model
    assert models.oauth_access_token_response.OauthAccessTokenResponse is OauthAccessTokenResponse
    assert models.oauth_access_token_request.OauthAccessTokenRequest is OauthAccessTokenRequest
    assert issubclass(openapi_client.ApiException, openapi_client.OpenApiException)


def test_the_package_itself_is_imported_without_it() -> None:
    import subprocess
    import sys

    program = "import sys, pinterest_oauth; print([name for name in sys.modules if 'openapi' in name])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == "[]"


def test_a_code_is_exchanged_and_the_token_refreshed(emulator: Emulator, api: OauthApi) -> None:
    first = api.oauth_token(body=exchange(emulator)).body
    answer = api.oauth_token(body={"grant_type": "refresh_token", "refresh_token": first["refresh_token"]})
    assert isinstance(answer, ApiResponseFor200)
    assert answer.headers is unset
    assert isinstance(answer.body.token, Token)
    assert answer.body.refresh_token != first.refresh_token
    assert [request["form"][0][1] for request in emulator.requests()] == [
        "authorization_code",
        "refresh_token",
    ]


def test_a_field_has_its_name_and_its_value_on_the_wire(emulator: Emulator, api: OauthApi) -> None:
    body = exchange(emulator, continuous_refresh=True, extra={"new_field": "a b"})
    api.oauth_token(body)
    assert emulator.requests()[0]["form"] == [
        ["grant_type", "authorization_code"],
        ["code", body["code"]],
        ["redirect_uri", PAGE],
        ["continuous_refresh", "true"],
        ["new_field", "a b"],
    ]


def test_a_scope_may_be_a_list_and_a_request_its_own_class(emulator: Emulator, api: OauthApi) -> None:
    body = OauthAccessTokenRequest(APP, scope=["ads:read", "pins:read"])
    assert dict(body) == {**APP, "scope": ["ads:read", "pins:read"]}
    assert api.oauth_token(body=body).body.scope == "ads:read pins:read"


def test_the_body_is_a_mapping_and_has_the_fields_as_attributes(api: OauthApi) -> None:
    body = api.oauth_token(body=APP).body
    document = json.loads(body.token.to_json())
    assert dict(body) == document
    assert len(body) == len(document)
    names = ("access_token", "token_type", "expires_in", "scope", "response_type")
    assert [getattr(body, name) for name in names] == [document[name] for name in names]
    assert (body.refresh_token, body.refresh_token_expires_in) == (None, None)
    assert "refresh_token" not in body
    with pytest.raises(KeyError):
        body["refresh_token"]


def test_the_raw_answer_has_what_is_known(api: OauthApi) -> None:
    answer = api.oauth_token(body=APP)
    raw = answer.response
    assert (raw.status, raw.reason) == (200, "OK")
    assert json.loads(raw.data) == dict(answer.body)
    assert (dict(raw.getheaders()), raw.getheader("content-type", "?")) == ({}, "?")


def test_the_status_is_that_of_the_answer(emulator: Emulator, api: OauthApi) -> None:
    emulator.script({"status": 201, "body_json": {"access_token": "a"}})
    raw = api.oauth_token(body=APP).response
    assert (raw.status, raw.reason) == (201, "Created")


def test_without_deserialization_there_is_the_raw_answer_alone(api: OauthApi) -> None:
    answer = api.oauth_token(body=APP, skip_deserialization=True)
    assert isinstance(answer, ApiResponseWithoutDeserialization)
    assert (answer.body, answer.headers) == (unset, unset)
    assert Token.from_json(answer.response.data.decode()).access_token.startswith("pin")


def test_the_defaults_may_be_said_aloud(emulator: Emulator, api: OauthApi) -> None:
    api.oauth_token(
        body=APP,
        content_type=FORM,
        accept_content_types=("application/json",),
        stream=False,
        timeout=None,
        skip_deserialization=False,
    )
    api.oauth_token(APP, accept_content_types=["application/json"])
    assert [dict(request["headers"])["accept"] for request in emulator.requests()] == ["application/json"] * 2


@pytest.mark.parametrize("timeout", [5, 2.5, (5, 10), (2.5, 7.5)])
def test_a_timeout_is_seconds_or_a_pair(api: OauthApi, timeout: Any) -> None:
    assert api.oauth_token(body=APP, timeout=timeout).response.status == 200


@pytest.mark.parametrize("timeout", [0.2, (0.1, 0.1)])
def test_a_timeout_ends_the_call(emulator: Emulator, api: OauthApi, timeout: Any) -> None:
    emulator.script({"action": "hang"})
    with pytest.raises(ApiException) as raised:
        api.oauth_token(body=APP, timeout=timeout)
    assert raised.value.status == 0
    assert raised.value.error.kind == "timeout"


def test_calls_share_a_connection_and_a_closed_client_goes_on(emulator: Emulator) -> None:
    only_here = configured(emulator, ssl_ca_cert=emulator.ca_file, allow_http=True)
    with ApiClient(only_here) as api_client:
        for _ in range(3):
            OauthApi(api_client).oauth_token(body=APP)
    assert emulator.record()["connections"] == 1
    OauthApi(api_client).oauth_token(body=APP)
    assert emulator.record()["connections"] == 2


def test_a_changed_setting_counts_from_the_next_call_on(emulator: Emulator, api: OauthApi) -> None:
    configuration = api.api_client.configuration
    configuration.password = "another-secret"
    with pytest.raises(ApiException) as raised:
        api.oauth_token(body=APP)
    assert raised.value.status == 401
    configuration.password = emulator.app_secret
    assert api.oauth_token(body=APP).response.status == 200


def test_the_host_is_that_of_the_document_unless_given() -> None:
    configuration = Configuration()
    assert configuration.host == "https://api.pinterest.com/v5"
    configuration.host = "https://api-sandbox.pinterest.com/v5"
    assert configuration.host == "https://api-sandbox.pinterest.com/v5"
    assert Configuration("https://a.example").host == "https://a.example"


def test_what_is_not_given_comes_from_the_environment(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINTEREST_APP_ID", emulator.app_id)
    monkeypatch.setenv("PINTEREST_APP_SECRET", emulator.app_secret)
    monkeypatch.setenv("PINTEREST_API_URI", emulator.base_url)
    assert OauthApi().oauth_token(body=APP).response.status == 200
    monkeypatch.setenv("PINTEREST_API_URI", "http://127.0.0.1:1/v5")
    assert OauthApi(ApiClient(Configuration(emulator.base_url))).oauth_token(body=APP).response.status == 200


def test_a_certificate_and_a_proxy_reach_the_call(emulator: Emulator) -> None:
    trusting = configured(emulator, host=emulator.https_base_url, ssl_ca_cert=Path(emulator.ca_file))
    assert OauthApi(ApiClient(trusting)).oauth_token(body=APP).response.status == 200
    dead = configured(emulator, proxy="http://127.0.0.1:1")
    with pytest.raises(ApiException) as raised:
        OauthApi(ApiClient(dead)).oauth_token(body=APP)
    assert raised.value.error.kind == "proxy"
    dead.no_proxy = "127.0.0.1"
    assert OauthApi(ApiClient(dead)).oauth_token(body=APP).response.status == 200


def test_a_setting_that_does_not_exist_is_named() -> None:
    with pytest.raises(AttributeError, match="verify_ssl"):
        Configuration().verify_ssl = False  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="api_key"):
        Configuration(api_key={})  # type: ignore[call-arg]
