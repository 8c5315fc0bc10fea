"""The shape of the generated client: its exceptions, bad input, and secrets."""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import pprint
import traceback
from typing import TYPE_CHECKING, Any

import pytest

from pinterest_oauth import InvalidArgumentError, PinterestOAuthError
from pinterest_oauth.openapi_client import ApiClient, ApiException, Configuration, OpenApiException
from pinterest_oauth.openapi_client.api.oauth_api import ApiResponseForDefault, OauthApi
from pinterest_oauth.openapi_client.model.error import Error
from pinterest_oauth.openapi_client.model.oauth_access_token_request import OauthAccessTokenRequest
from pinterest_oauth.openapi_client.schemas import unset

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

CANARY = "c4nary"
SECRET = f"app-{CANARY}-secret"
APP = {"grant_type": "client_credentials"}
CODE = {"grant_type": "authorization_code"}
REFRESH = {"grant_type": "refresh_token"}


@pytest.fixture
def api(emulator: Emulator) -> OauthApi:
    configuration = Configuration(
        emulator.base_url, username=emulator.app_id, password=SECRET, trust_env=False
    )
    return OauthApi(ApiClient(configuration))


def failure(api: OauthApi, **arguments: Any) -> ApiException:
    with pytest.raises(OpenApiException) as raised:
        api.oauth_token(**arguments)
    assert isinstance(raised.value, ApiException)
    return raised.value


BAD: list[tuple[str, dict[str, Any]]] = [
    ("grant_type", {}),
    ("grant_type", {"body": unset}),
    ("code", {"body": CODE}),
    ("scopes", {"body": {**APP, "scopes": "pins:read"}}),
    ("timeout", {"body": {**APP, "timeout": 3}}),
    ("body", {"body": None}),
    ("body", {"body": "grant_type=client_credentials"}),
    ("body", {"body": [("grant_type", "client_credentials")]}),
    ("body", {"body": {**APP, 1: "a"}}),
    ("content_type", {"body": APP, "content_type": "application/json"}),
    ("accept_content_types", {"body": APP, "accept_content_types": ("text/html", "application/json")}),
    ("accept_content_types", {"body": APP, "accept_content_types": "application/json"}),
    ("stream", {"body": APP, "stream": True}),
    ("skip_deserialization", {"body": APP, "skip_deserialization": "no"}),
    ("timeout", {"body": APP, "timeout": "3"}),
    ("timeout", {"body": APP, "timeout": 0}),
    ("timeout", {"body": APP, "timeout": (3,)}),
    ("timeout", {"body": APP, "timeout": (3, None)}),
    ("timeout", {"body": APP, "timeout": (3, True)}),
    ("timeout", {"body": APP, "timeout": (300, 400)}),
    ("connect_timeout", {"body": APP, "timeout": (0, 3)}),
]


@pytest.mark.parametrize(("field", "arguments"), BAD)
def test_a_bad_argument_is_named_and_nothing_is_sent(
    emulator: Emulator, api: OauthApi, field: str, arguments: dict[str, Any]
) -> None:
    exception = failure(api, **arguments)
    assert exception.status == 0
    assert (exception.body, exception.headers, exception.api_response) == (None, None, None)
    assert exception.error.field == field
    assert exception.error.outcome == "not_sent"
    assert field in str(exception)
    assert emulator.record()["connections"] == 0


def test_a_bad_setting_is_named_when_a_call_is_made() -> None:
    exception = failure(OauthApi(ApiClient(Configuration("no url", trust_env=False))), body=APP)
    assert isinstance(exception.error, PinterestOAuthError)
    assert (exception.error.kind, exception.error.field) == ("invalid_config", "base_url")


def test_a_refusal_has_all_that_pinterest_said(emulator: Emulator, api: OauthApi) -> None:
    headers = [["x-pinterest-rid", "123"], ["x-note", "a"], ["X-Note", "b"]]
    said = {"code": 283, "message": "The authorization grant is invalid"}
    emulator.script({"status": 401, "headers": headers, "body_json": said})
    exception = failure(api, body={**REFRESH, "refresh_token": "pinr.x"})
    assert exception.status == 401
    assert json.loads(exception.body or "") == said
    assert exception.headers is not None
    assert (exception.headers["X-Pinterest-RID"], exception.headers["x-note"]) == ("123", "a, b")
    answer = exception.api_response
    assert isinstance(answer, ApiResponseForDefault)
    assert isinstance(answer.body, Error)
    assert (answer.body.code, answer.body.message) == (said["code"], said["message"])
    assert answer.body["code"] == 283
    assert (answer.response.status, answer.response.reason) == (401, "Unauthorized")
    assert answer.response.getheader("X-PINTEREST-RID") == "123"
    assert answer.headers is unset
    assert exception.__cause__ is exception.error
    assert (exception.error.kind, exception.error.request_id) == ("invalid_grant", "123")


def test_the_text_has_the_shape_of_the_generated_one(emulator: Emulator, api: OauthApi) -> None:
    emulator.script(
        {"status": 429, "headers": [["retry-after", "7"]], "body_json": {"code": 8, "message": "slow"}}
    )
    lines = str(failure(api, body=APP)).split("\n")
    assert lines[0] == "(429)"
    assert lines[1].startswith("Reason: ")
    assert "then try again" in lines[1]
    assert lines[2].startswith("HTTP response headers: HTTPHeaderDict({")
    assert "'retry-after': '7'" in lines[2]
    assert lines[3:] == ['HTTP response body: {"code": 8, "message": "slow"}', ""]
    emulator.script({"action": "reset"})
    assert str(failure(api, body=APP)).startswith("(0)\nReason: ")


def test_an_answer_that_is_no_json_object_leaves_the_body_unset(emulator: Emulator, api: OauthApi) -> None:
    emulator.script({"status": 599, "body": "<h1>down</h1>"})
    exception = failure(api, body=APP)
    assert (exception.status, exception.body) == (599, None)
    assert exception.api_response is not None
    assert exception.api_response.body is unset
    assert (exception.api_response.response.data, exception.api_response.response.reason) == (b"", None)


def test_an_exception_survives_pickling(emulator: Emulator, api: OauthApi) -> None:
    emulator.script({"status": 403, "body_json": {"code": 29, "message": "no"}})
    exception = failure(api, body=APP)
    again = pickle.loads(pickle.dumps(exception))
    assert str(again) == str(exception)
    assert again.error.to_json() == exception.error.to_json()


def everything(exception: ApiException) -> str:
    """All that logs, crash reporters and pickles would see of an exception."""
    log = io.StringIO()
    logger = logging.Logger("all")
    logger.addHandler(logging.StreamHandler(log))
    logger.error("failed %s %r", exception, exception, exc_info=exception)
    shown = [repr(exception), str(exception), repr(vars(exception)), repr(exception.args), log.getvalue()]
    link: BaseException | None = exception
    while link is not None:
        frames = traceback.TracebackException.from_exception(link, capture_locals=True)
        own = [frame for frame in frames.stack if "/openapi_client/" in frame.filename]
        shown += [value for frame in own for value in (frame.locals or {}).values()]
        link = link.__cause__ or link.__context__
    return "".join(shown) + repr(pickle.dumps(exception))


REFUSED_SECRETS: list[dict[str, Any]] = [
    {"body": {**CODE, "code": CANARY}},
    {"body": {**REFRESH, "refresh_token": f"pinr.{CANARY}\n"}},
    {"body": {"grant_type": CANARY}},
    {"body": {**APP, "scopes": CANARY}},
    {"body": [CANARY]},
    {"body": {**REFRESH, "refresh_token": CANARY}, "timeout": "soon"},
    {"body": {**REFRESH, "refresh_token": CANARY}, "content_type": "text/plain"},
]


@pytest.mark.parametrize("arguments", REFUSED_SECRETS)
def test_a_refused_input_is_not_repeated(api: OauthApi, arguments: dict[str, Any]) -> None:
    assert CANARY not in everything(failure(api, **arguments))


def test_an_answer_that_echoes_the_request_shows_nothing_of_it(emulator: Emulator, api: OauthApi) -> None:
    echo = f"bad pinr.{CANARY} {SECRET}"
    body = {"code": 283, "message": echo, "refresh_token": f"pinr.{CANARY}"}
    emulator.script({"status": 401, "headers": [["x-echo", echo]], "body_json": body})
    exception = failure(api, body={**REFRESH, "refresh_token": f"pinr.{CANARY}"})
    assert exception.api_response is not None
    assert CANARY not in everything(exception) + pprint.pformat(exception.api_response)
    assert CANARY.encode() not in exception.api_response.response.data


def test_an_answer_shows_that_a_token_came_and_not_the_token(emulator: Emulator, api: OauthApi) -> None:
    answers = {"access_token": f"pina_{CANARY}", "refresh_token": f"pinr.{CANARY}", "scope": "pins:read"}
    emulator.script({"body_json": answers, "times": 2})
    plain, raw = api.oauth_token(body=APP), api.oauth_token(body=APP, skip_deserialization=True)
    shown = [repr(plain), str(plain), pprint.pformat(plain), repr(vars(plain)), repr(plain.body)]
    shown += [repr(raw), pprint.pformat(raw), repr(vars(raw)), repr(plain.response)]
    assert [text for text in shown if CANARY in text] == []
    assert "access_token=[redacted]" in pprint.pformat(plain)
    assert "pins:read" in pprint.pformat(plain)
    for answer in (plain, raw, plain.body, plain.response):
        with pytest.raises(TypeError):
            pickle.dumps(answer)
    with pytest.raises(TypeError):
        json.dumps(plain.body)
    assert plain.body.access_token == f"pina_{CANARY}"


def test_what_is_made_of_secrets_shows_none(api: OauthApi) -> None:
    request = OauthAccessTokenRequest(REFRESH, refresh_token=CANARY)
    api_client = api.api_client
    for thing in (request, api_client, api_client.configuration):
        assert CANARY not in repr(thing) + str(thing) + pprint.pformat([thing])
        assert not hasattr(thing, "__dict__")
        with pytest.raises(TypeError) as raised:
            pickle.dumps(thing)
        assert CANARY not in str(raised.value)
    with pytest.raises(TypeError):
        copy.copy(api_client.configuration)
    assert "refresh_token" in repr(request)


def test_a_call_prints_nothing_and_logs_one_line(
    emulator: Emulator, api: OauthApi, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        failure(api, body=APP)
        api.api_client.configuration.password = emulator.app_secret
        api.oauth_token(body=APP)
    assert capfd.readouterr() == ("", "")
    assert [record.name for record in caplog.records] == ["pinterest_oauth"] * 2
    assert emulator.app_secret not in caplog.text


def test_its_own_refusals_say_what_those_of_the_core_say(api: OauthApi) -> None:
    own, core = failure(api, body=APP, stream=True).error, failure(api, body={**APP, "x": "y"}).error
    assert isinstance(own, InvalidArgumentError)
    assert isinstance(core, InvalidArgumentError)
    assert own.what_now == core.what_now.replace("`x`", "`stream`")
    assert own.outcome == core.outcome
    assert (own.text, core.text) == (f"{own.message}. {own.what_now}", f"{core.message}. {core.what_now}")
    assert list(json.loads(own.to_json())) == list(json.loads(core.to_json()))
