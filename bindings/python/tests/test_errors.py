"""The exceptions: which class for what, and what they carry."""

from __future__ import annotations

import contextlib
import copy
import json
import pickle
import socket
import ssl
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

import pinterest_oauth
from pinterest_oauth import Client, PinterestOAuthError
from pinterest_oauth.emulator import Emulator
from pinterest_oauth.types import Fault


def failure(client: Client, **arguments: Any) -> PinterestOAuthError:
    with pytest.raises(PinterestOAuthError) as raised:
        client.oauth_token("refresh_token", refresh_token="pinr.made-up", **arguments)
    return raised.value


def shaped(status: int, code: int) -> Fault:
    return {"status": status, "body_json": {"code": code, "message": "no"}}


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("InvalidArgumentError", ValueError),
        ("InvalidArgumentError", TypeError),
        ("InvalidConfigError", ValueError),
        ("ConnectError", ConnectionError),
        ("TlsError", ConnectionError),
        ("ProxyError", ConnectionError),
        ("DeadlineError", TimeoutError),
        ("UnknownAccountError", LookupError),
    ],
)
def test_python_code_that_catches_a_builtin_catches_ours(name: str, builtin: type[Exception]) -> None:
    assert issubclass(getattr(pinterest_oauth, name), builtin)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (shaped(401, 283), "InvalidGrantError"),
        (shaped(401, 2), "InvalidClientError"),
        (shaped(403, 29), "ForbiddenError"),
        (shaped(400, 3), "InsufficientScopeError"),
        (shaped(429, 8), "RateLimitedError"),
        (shaped(500, 12), "ServerError"),
        (shaped(400, 1), "ApiError"),
        ({"status": 200, "body": "<html>"}, "InvalidResponseError"),
        ({"action": "reset"}, "ConnectError"),
    ],
)
def test_every_answer_raises_its_own_class(
    emulator: Emulator, client: Client, fault: Fault, name: str
) -> None:
    emulator.script(fault)
    assert type(failure(client)).__name__ == name


def test_no_connection_is_a_connection_error_and_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    client = Client(app_id="1", app_secret="s", base_url=f"http://127.0.0.1:{port}", trust_env=False)
    with pytest.raises(ConnectionError) as raised:
        client.oauth_token("client_credentials")
    assert isinstance(raised.value, pinterest_oauth.ConnectError)
    assert raised.value.outcome == "not_sent"


def test_an_untrusted_certificate_is_a_tls_error(emulator: Emulator) -> None:
    client = Client(**{**emulator.settings(https=True), "base_url": emulator.urls["untrusted_base_url"]})
    assert isinstance(failure(client), pinterest_oauth.TlsError)


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_without_the_environment_no_variable_says_whom_to_trust(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    settings = {**emulator.settings(https=True), "trust_env": True}
    authority = Path(settings.pop("ca_file"))
    (tmp_path / "00000000.0").write_bytes(authority.read_bytes())
    monkeypatch.setenv(variable, str(authority if variable == "SSL_CERT_FILE" else tmp_path))
    assert Client(**settings).oauth_token("client_credentials").access_token
    with pytest.raises(pinterest_oauth.TlsError):
        Client(**{**settings, "trust_env": False}).oauth_token("client_credentials")


def test_a_server_that_uses_an_authoritys_certificate_is_told_from_others(tmp_path: Path) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "ca.pem")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    subprocess.run([*made, *named], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def serve() -> None:
        with contextlib.suppress(OSError), context.wrap_socket(listener.accept()[0], server_side=True):
            pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve, daemon=True)
        server.start()
        address = f"https://127.0.0.1:{listener.getsockname()[1]}"
        client = Client(app_id="1", app_secret="s", base_url=address, ca_file=certificate, trust_env=False)
        error = failure(client)
        server.join(60)
    assert isinstance(error, pinterest_oauth.TlsError)
    assert "uses the certificate of an authority (CA) as its own" in str(error)


def test_a_deadline_is_a_timeout_error(emulator: Emulator, client: Client) -> None:
    emulator.script({"action": "hang"})
    with pytest.raises(TimeoutError) as raised:
        client.oauth_token("client_credentials", timeout=0.3)
    assert isinstance(raised.value, pinterest_oauth.DeadlineError)
    assert raised.value.outcome == "unknown"


def test_a_redirect_can_be_refused_or_forged(client: Client) -> None:
    with pytest.raises(pinterest_oauth.StateMismatchError):
        client.redirect("https://a.example/?code=c&state=other", state="own")
    with pytest.raises(pinterest_oauth.AccessDeniedError):
        client.redirect("https://a.example/?error=access_denied&state=own", state="own")


def test_an_error_carries_everything_that_the_answer_said(emulator: Emulator, client: Client) -> None:
    headers = [
        ["x-pinterest-rid", "77"],
        ["retry-after", "7"],
        ["x-ratelimit-limit", '100, 100;w=60;name="all"'],
        ["x-ratelimit-remaining", "0"],
        ["set-cookie", "a=b"],
    ]
    emulator.script(
        {"status": 429, "headers": headers, "body_json": {"code": 8, "message": "slow", "x": [1]}}
    )
    error = failure(client)
    assert (error.kind, error.outcome, error.field) == ("rate_limited", "rejected", None)
    assert (error.http_status, error.code, error.pinterest_message) == (429, 8, "slow")
    assert (error.request_id, error.retry_after) == ("77", 7)
    assert error.rate_limit == {
        "limit": 100,
        "remaining": 0,
        "reset": None,
        "policies": [{"limit": 100, "window": 60, "name": "all"}],
    }
    assert ("retry-after", "7") in error.headers
    assert "set-cookie" not in dict(error.headers)
    assert error.body == {"code": 8, "message": "slow", "x": [1]}
    assert error.extra == {"x": [1]}
    assert error.answer is not None
    assert (error.answer.status, error.answer.request_id, error.answer.path) == (429, "77", "/v5/oauth/token")
    assert error.answer.rate_limit == error.rate_limit
    assert error.what_now in str(error)
    assert str(error) == error.text
    assert "HTTP 429, code 8, request id 77, retry after 7" in str(error)


def test_the_error_document_has_every_attribute(emulator: Emulator, client: Client) -> None:
    emulator.script(shaped(401, 283))
    error = failure(client)
    document = json.loads(error.to_json())
    assert document.pop("headers") == [list(pair) for pair in error.headers]
    assert document.pop("answer") == vars(error.answer)
    assert document == {name: getattr(error, name) for name in document}
    assert {name for name in vars(error) if not name.startswith("_")} - {"headers", "answer"} <= set(document)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("fault", [shaped(401, 283), {"action": "reset"}])
def test_an_error_is_pickled_and_copied_whole(
    emulator: Emulator, client: Client, fault: Fault, protocol: int
) -> None:
    emulator.script(fault)
    error = failure(client)
    for twin in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert vars(twin) == vars(error)
        assert str(twin) == str(error)


def test_an_error_can_be_made_by_hand_for_tests_of_callers() -> None:
    error = pinterest_oauth.InvalidGrantError("no", http_status=401)
    assert (error.kind, error.message, error.http_status, error.body) == ("invalid_grant", "no", 401, None)
    assert str(error) == "no"


def test_an_error_has_no_cause_inside_the_library(client: Client) -> None:
    with pytest.raises(PinterestOAuthError) as raised:
        client.oauth_token("nonsense")  # type: ignore[call-overload]
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    assert type(raised.value).__module__ == "pinterest_oauth"
