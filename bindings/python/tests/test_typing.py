"""The types: what a checker says about the package, and about code that uses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pinterest_oauth
from stub import STUB, documented

PACKAGE = Path(pinterest_oauth.__file__).parent

GOOD = """
import asyncio
import httpx
import requests
import pinterest_oauth.httpx
import pinterest_oauth.requests
from pinterest_oauth import Account, AsyncAccount, AsyncTokenManager, DueReport, NotSavedError, Status
from pinterest_oauth import AsyncClient, Client, InvalidGrantError, PinterestOAuthError, Token, TokenManager
from pinterest_oauth import Login, LoginBegin, LoginEnd, LoginEvent, LoginStarted, finish, oauth_token
from pinterest_oauth.emulator import Emulator
from pinterest_oauth.web import begin_fields, finish_fields
from pinterest_oauth.types import Fault, GrantType, Kind, ManagerSettings, Outcome, SecretValue, Settings

class Secret:
    def get_secret_value(self) -> str:
        return "s"

def sync(client: Client) -> tuple[str, ...]:
    try:
        token: Token = client.oauth_token("client_credentials", scope=["pins:read"], extra={"a": "b"})
    except InvalidGrantError as error:
        limit = error.rate_limit
        return (error.message, str(limit["remaining"] if limit else None))
    answer = client.revoke(token.access_token, token_type_hint="access_token")
    if token.is_expired() or token.expires_within(60.5) or answer.status == 200:
        code: str = Client.redirect("?", state="s")
        print(code, token.answer.request_id if token.answer else None)
    return client.refresh(token, timeout=3.5).scopes

async def overlapping(client: AsyncClient) -> list[Token]:
    task = asyncio.create_task(client.oauth_token("client_credentials"))
    return [await task, *await asyncio.gather(client.refresh(await task))]

def grants(client: Client, token: Token, secret: SecretValue) -> None:
    client.oauth_token("authorization_code", code=secret, redirect_uri="http://localhost:8085/", timeout=3)
    client.oauth_token("refresh_token", refresh_token="r", scope="pins:read", continuous_refresh=True)
    client.oauth_token("refresh_token", token=token)
    oauth_token("client_credentials", app_id="1", app_secret=secret, timeout=3)
    with client as same:
        same.close()

async def leaving() -> Token:
    async with AsyncClient() as client:
        token = await client.oauth_token("client_credentials")
        await client.aclose()
        return token

def said(error: PinterestOAuthError) -> tuple[Kind, Outcome]:
    kind: GrantType = "refresh_token"
    return (error.kind, error.outcome)

def kept(manager: TokenManager, secret: SecretValue) -> str | None:
    account: Account = manager.account("shop-42")
    try:
        token: Token = account.login(secret, "http://localhost:8085/", state="s", timeout=3)
    except NotSavedError as error:
        return error.token.to_json() if error.token else None
    account.import_token(token)
    status: Status = account.status()
    report: DueReport = manager.refresh_due(parallel=4)
    for failure in report.failed:
        print(failure.account, failure.error.kind, finish(3.5))
    with httpx.Client(auth=pinterest_oauth.httpx.PinterestAuth(account)) as client:
        client.get("https://api.pinterest.com/v5/user_account")
    requests.Session().auth = pinterest_oauth.requests.PinterestAuth(account)
    if status.state == "needs_login" or status.trouble is None or manager.doctor(repair=True).findings:
        return account.access_token_now()
    return account.access_token(["pins:read"]) + account.rejected(account.refresh(force=True).access_token)

async def kept_async(manager: AsyncTokenManager) -> tuple[Status, ...]:
    account: AsyncAccount = manager.app("pins:read")
    print(await account.access_token("pins:read"), account.access_token_now())
    print((await account.remove()).copies)
    return (await account.status(), *await manager.accounts())

def told(event: LoginStarted | LoginEvent, login: Login) -> None:
    if event.event == "started":
        print(event.start_url, event.authorize_url, login.show().opened)
    elif event.event == "confirm":
        print(event.message, event.user.username if event.user else None)
        login.answer(True)
    elif event.end:
        login.cancel()

async def told_async(event: LoginStarted | LoginEvent, login: Login) -> None:
    login.paste("")

def logged_in(manager: TokenManager, environ: dict[str, str]) -> LoginEnd:
    begun: LoginBegin = manager.begin_login("https://example.com/", next="/", **begin_fields(environ))
    print(begun.url, *begun.set_cookies)
    end: LoginEnd = manager.finish_login(owner="anna", timeout=3, **finish_fields(environ))
    if end.outcome == "not_a_visit" and end.status == 204:
        return manager.login("shop-42", scope=["pins:read"], browser=False, on_event=told)
    return manager.login()

async def logged_in_async(manager: AsyncTokenManager, environ: dict[str, str]) -> LoginEnd:
    manager.begin_login("https://example.com/")
    await manager.login("shop-42", scope=["pins:read"], browser=False, on_event=told_async)
    return await manager.finish_login(**finish_fields(environ))

manager_settings: ManagerSettings = {"app_id": "1", "store": "/srv/tokens", "file_systems": ["nfs4"]}
TokenManager(**manager_settings)
settings: Settings = {"app_id": "1", "timeout": 3.5}
fault: Fault = {"fault": "slow", "delay_ms": 10, "times": 2}
with Emulator(rotation="strict") as emulator:
    sync(Client(**emulator.settings()))
    grants(Client(**settings), Token.from_dict({}), Secret())
    emulator.script("slow", fault, {"status": 503, "headers": [("a", "b")]})
    print(emulator.switches(deny=True)["rotation"], emulator.authorize(deny=True)["redirect"])
"""

BAD = {
    'Client(app_key="1")': "call-arg",
    "Client().oauth_token()": "call-overload",
    'Client().oauth_token("client_credentials", scope={"pins:read"})': "call-overload",
    'Client().oauth_token("client_credentials", code="c")': "call-overload",
    'Client().oauth_token("authorization_code", code="c")': "call-overload",
    'Client().oauth_token("refresh_token", scope="pins:read")': "call-overload",
    'Client().oauth_token("refresh_token", refresh_token="r", token=Token.from_json(""))': "call-overload",
    'Client().oauth_token("refresh")': "call-overload",
    'AsyncClient().oauth_token("authorization_code")': "call-overload",
    'oauth_token("client_credentials", app_key="1")': "call-overload",
    'Client().refresh(Token.from_json(""), scope="pins:read")': "call-arg",
    'Emulator(rotation="loose")': "arg-type",
    'Emulator(rotatoin="strict")': "call-arg",
    'Emulator().script("slwo")': "arg-type",
    'Emulator().script({"stauts": 503})': "arg-type",
    'PinterestOAuthError(outcome="maybe")': "arg-type",
    'InvalidGrantError().kind == "invalid"': "comparison-overlap",
    'Token.from_dict("")': "arg-type",
    'Client().revoke("a", token_type_hint="bearer")': "arg-type",
    'Client().redirect("a")': "call-arg",
    'Client.redirect("a", state=1)': "arg-type",
    'Client().revoke("a").stauts': "attr-defined",
    'Token("a")': "call-arg",
    'Token.from_json("").access_token = "b"': "misc",
    "len(Token.from_json(1).scopes)": "arg-type",
    'TokenManager(stroe="a")': "call-arg",
    "TokenManager().account(5)": "arg-type",
    'TokenManager().account().login("c")': "call-arg",
    'TokenManager().account().import_token("a")': "arg-type",
    "TokenManager().account().refresh(True)": "call-arg",
    'TokenManager().account().status().state = "ready"': "misc",
    'TokenManager().account().status().state == "broken"': "comparison-overlap",
    "len(AsyncTokenManager().account().access_token())": "arg-type",
    'Account("a")': "call-arg",
    'pickle = {Client().authorize_url("a").code}': "attr-defined",
}

# What the checker of stubs cannot read.
UNKNOWN = [
    # A static method below a decorator, and native classes to derive from.
    "pinterest_oauth._client.(Async)?Client.redirect",
    "pinterest_oauth._native._(Handle|Manager)",
    # Overloads by TypedDict, and names for a Literal: test_table.py compares them with the table.
    "pinterest_oauth(._client)?(.Async)?(.?Client)?.oauth_token",
    "pinterest_oauth.types.(AccountState|Environment|FaultName|GrantType|Kind|Outcome|TokenTypeHint)",
    "pinterest_oauth.types.Login(EventKind|Outcome)",
]
IMPORTS = "from pinterest_oauth import *; from pinterest_oauth.emulator import Emulator"


def mypy(tmp_path: Path, program: str, *options: str) -> subprocess.CompletedProcess[str]:
    file = tmp_path / "program.py"
    file.write_text(program)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), *options]
    return subprocess.run([*command, str(file)], capture_output=True, text=True, timeout=300, cwd=tmp_path)


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()
    assert (PACKAGE / "_native.pyi").is_file()


def test_right_use_is_right_for_the_checker(tmp_path: Path) -> None:
    ran = mypy(tmp_path, GOOD)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_wrong_use_is_wrong_for_the_checker(tmp_path: Path) -> None:
    ran = mypy(tmp_path, "\n".join([IMPORTS, *BAD]), "--no-pretty")
    found = {
        line.split(":")[1]: line.rpartition("[")[2].rstrip("]")
        for line in ran.stdout.splitlines()
        if ": error: " in line
    }
    expected = {str(place): code for place, code in enumerate(BAD.values(), start=2)}
    assert found == expected, ran.stdout + ran.stderr


@pytest.mark.skipif(
    sys.version_info < (3, 10), reason="the last stubtest for Python 3.9 mistakes imports for names"
)
def test_the_stubs_say_what_the_module_has(tmp_path: Path) -> None:
    known = tmp_path / "known"
    known.write_text("\n".join(UNKNOWN))
    command = [sys.executable, "-m", "mypy.stubtest", "pinterest_oauth", "--allowlist", str(known)]
    command += ["--ignore-unused-allowlist"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_stub_explains_what_the_module_explains() -> None:
    written = STUB.read_text(encoding="utf-8")
    assert documented(written) == written, "run bindings/python/tests/stub.py"


def test_a_stub_that_explains_something_else_is_seen() -> None:
    written = STUB.read_text(encoding="utf-8")
    changed = written.replace('"""The access token (str)', '"""An access token (str)')
    assert changed != written
    assert documented(changed) == written
    lacking = written.replace(':\n        """The access token (str): a secret."""', ": ...")
    assert lacking != written
    assert documented(lacking) == written


def test_the_package_itself_is_strict(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache")]
    ran = subprocess.run(
        [*command, "-p", "pinterest_oauth"], capture_output=True, text=True, timeout=300, cwd=tmp_path
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
