"""The blocks of README.md and of the Python package's README. The other packages' suites run those of their own."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import indent

from harness.beside import Beside
from harness.emulator import Emulator
from harness.environment import users
from harness.failure import NotRun, demand
from harness.places import BINDINGS, ROOT, TESTS, command
from harness.ports import free_port
from harness.program import Ended, run
from harness.session import Session
from harness.web import click

from . import frames, judge, languages
from .block import block, blocks, document
from .languages import Runs, user

README = "README.md"
BROWSER = {"BROWSER": str(ROOT / "examples" / "browser.py")}
CLICK = {"PRINTED_CLICK": str(TESTS / "printed" / "click.py")}
PYTHON_PACKAGE = f"""
import asyncio, sys
sys.path.insert(0, {str(TESTS)!r})
from harness.web import click as send_the_user_to
stored = []
store, load = stored.append, lambda: stored[-1]
"""


# What README.md says of `unknown`: the answer that holds the new token never arrives.
UNKNOWN = """
from pinterest_oauth import Client, InvalidGrantError, PinterestOAuthError
from pinterest_oauth.emulator import Emulator

def met(call, *arguments, **more):
    try:
        return call(*arguments, **more)
    except PinterestOAuthError as error:
        return error.kind if error.outcome != "unknown" else error.outcome

def again(call, *arguments, **more):
    emulator.script("never_read")
    assert met(call, *arguments, **more) == "unknown"
    return met(call, *arguments, **more)

with Emulator(rotation="grace") as emulator:
    client = Client(**emulator.settings())
    login = {"grant_type": "authorization_code", "redirect_uri": "http://localhost:8085/"}
    assert again(client.oauth_token, **login, code=emulator.authorize()["code"]) == "invalid_grant"
    token = client.oauth_token(**login, code=emulator.authorize()["code"])
    assert again(client.refresh, token).refresh_token_rotated
    assert again(client.oauth_token, "client_credentials").access_token
    assert again(client.revoke, token.access_token).status == 200
    emulator.switches(rotation="strict")
    token = client.oauth_token(**login, code=emulator.authorize()["code"])
    assert again(client.refresh, token) == "invalid_grant"
"""
SDK = (
    """
import os
from pinterest_oauth import Client, Token
stored = []
store, client = stored.append, Client()
old = client.oauth_token(
    "authorization_code", code=os.environ["PINTEREST_CODE"], redirect_uri=os.environ["PINTEREST_REDIRECT_URI"]
)
token = old
""",
    """
from openapi_generated.pinterest_client.api.user_account_api import UserAccountApi
from pinterest.utils.sdk_exceptions import SdkException

assert UserAccountApi(sdk).user_account_get().username == "emulated_account"
assert sdk.configuration.access_token == token.access_token != old.access_token
assert Token.from_json(stored[0]) == token

app = {"app_id": os.environ["PINTEREST_APP_ID"], "app_secret": os.environ["PINTEREST_APP_SECRET"]}
alone = PinterestSDKClient.create_client_with_refresh_token(token.refresh_token, **app)
assert alone.configuration.access_token != token.access_token
assert "pinr." not in repr(vars(alone)) + repr(vars(alone.configuration))
try:
    PinterestSDKClient.create_client_with_refresh_token(token.refresh_token, **app)
except SdkException as error:
    assert error.status == 401
else:
    raise SystemExit("the SDK refreshed twice")
""",
)


@contextmanager
def _login_port() -> Iterator[tuple[Emulator, str]]:
    """An emulator, and what makes a login of the command wait at a free port of it."""
    address = f"http://localhost:{free_port()}/"
    with Emulator([command(), "emulator", f"--redirect-uri={address}"]) as emulator:
        yield emulator, f" --redirect-uri {address}"


def check_readme_accounts(session: Session) -> str:
    """README.md, the first screen: a login by the command, then each language in its own words"""
    text, _, _ = document(README).partition("\n## Why")
    rows = dict(re.findall(r"^\| (Perl|PHP|TypeScript, JavaScript|Shell) \| `(.*)` \|$", text, re.MULTILINE))
    imported = 'import { TokenManager } from "pinterest-oauth";'
    programs = {
        languages.python: block(text, "python3"),
        languages.perl: f"use Pinterest::OAuth::TokenManager; print {rows['Perl']}",
        languages.php: f"<?php require '{BINDINGS}/php/autoload.php'; echo {rows['PHP']};",
        languages.javascript: f"{imported}\nconsole.log({rows['TypeScript, JavaScript']});",
        languages.shell: rows["Shell"],
    }
    with _login_port() as (emulator, here):
        store = {"PINTEREST_OAUTH_STORE": str(session.folder / "tokens")}
        env = {**user(emulator), **store, **BROWSER}
        judge.says(languages.shell(block(text, "bash").rstrip() + here, session.folder, env), ["Logged in"])
        tokens = []
        for language, program in programs.items():
            ended = language(program, session.folder, {**user(emulator), **store})
            demand(ended.code == 0, f"it ended with {ended.code}: {ended.output[-300:]}")
            tokens.append(hashlib.sha256(ended.output.strip().encode()).hexdigest())
        demand(len(set(tokens)) == 1, "not all of them print one token")
        sent = [request for request in emulator.requests() if request["path"].endswith("/oauth/token")]
        demand(len(sent) == 1, "more than the login was sent")
        return f"{len(tokens)} languages print the token of one login"


def check_docs_accounts(session: Session) -> str:
    """docs/accounts.md: the login, the access token, and the line for cron"""
    login, cron = blocks(document("docs/accounts.md"), "sh")
    with _login_port() as (emulator, here):
        env = {**user(emulator), **BROWSER, "PINTEREST_OAUTH_STORE": str(session.folder / "tokens")}
        login = login.replace("\n", here + "\n", 1)
        judge.says(languages.shell(login, session.folder, env), ["Logged in"])
        ended = languages.shell(cron.split(maxsplit=5)[5], session.folder, env)
        demand((ended.code, ended.output, ended.errors) == (0, "", ""), "the line for cron is not silent")
        return "a login, a token, and silence"


def check_docs_services(session: Session) -> str:
    """docs/services.md: a login as the service's user; another user is refused by name, root too"""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        raise NotRun("root and setpriv are needed to be another user")
    printed = block(document("docs/services.md"), "sh")
    place = Path("/var/tmp") / f"printed-{os.getpid()}"
    place.mkdir(mode=0o700)
    try:
        shutil.chown(place, "www-data", "www-data")
        as_service = "setpriv --reuid=www-data --regid=www-data --clear-groups env"
        program = (
            printed.replace("sudo -u www-data", as_service)
            .replace("/var/lib/shop/tokens", f"{place}/tokens")
            .rstrip()
        )
        with _login_port() as (emulator, here):
            env = {**user(emulator), **BROWSER, "HOME": "/nonexistent"}
            judge.says(languages.shell(program + here, session.folder, env), ["Logged in"])
            store = f"--store {place}/tokens"
            ours = f"{as_service} pinterest-oauth access-token --account shop-42 {store}"
            judge.says(languages.shell(ours, session.folder, env), [])
            other = languages.shell(f"pinterest-oauth access-token {store}", session.folder, env)
            demand(other.code == 22, f"root was not refused: {other.code}")
            demand("www-data" in other.errors, "the owner is not named")
            nowhere = languages.shell(
                f"{as_service} -u HOME pinterest-oauth access-token", session.folder, env
            )
            demand("PINTEREST_OAUTH_STORE" in nowhere.errors, f"nothing to set is named: {nowhere.errors}")
            return "the service's user has its account, root is refused by name"
    finally:
        shutil.rmtree(place)


def _login(session: Session, language: Runs, fence: str, frame: frames.Frame, *texts: str) -> str:
    """Runs a block that sends the user to the page, exchanges the code and refreshes the token."""
    program = frame[0] + block(document(README), fence) + frame[1]
    with session.emulator() as emulator:
        env = {**user(emulator, emulator.code()), **CLICK}
        return _judged(emulator, language(program, session.folder, env), *texts)


def _judged(emulator: Emulator, ended: Ended, *texts: str) -> str:
    """Fails unless it ended well and exchanged one code; which one, the record says."""
    judge.says(ended, texts)
    codes = [value for request in emulator.requests() for name, value in request["form"] if name == "code"]
    demand(len(codes) == 1, f"{len(codes)} codes were exchanged instead of one")
    return judge.login(emulator, ended, codes[0], *texts)


def check_readme_python(session: Session) -> str:
    """README.md, Python"""
    return _login(session, languages.python, "python", frames.PYTHON)


def check_readme_perl(session: Session) -> str:
    """README.md, Perl"""
    return _login(session, languages.perl, "perl", frames.PERL)


def check_readme_php(session: Session) -> str:
    """README.md, PHP"""
    return _login(session, languages.php, "php", frames.PHP)


def check_readme_javascript(session: Session) -> str:
    """README.md, JavaScript"""
    return _login(session, languages.javascript, "js", frames.JAVASCRIPT)


def check_readme_powershell(session: Session) -> str:
    """README.md, PowerShell"""
    return _login(session, languages.powershell, "powershell", frames.POWERSHELL)


def check_readme_shell(session: Session) -> str:
    """README.md, shell, at a terminal"""
    *_, login = blocks(document(README), "sh")
    program = session.folder / "printed.sh"
    # Without echo the answer may come before the question.
    program.write_text(f"set -eu\nstty -echo\n{login}", encoding="utf-8")
    terminal = ["script", "--quiet", "--return", "--command", f"sh {program}", "/dev/null"]
    with (
        session.emulator() as emulator,
        Beside(terminal, env=user(emulator), folder=session.folder) as running,
    ):
        said = running.output_when(lambda text: "state:" in text)
        (address,) = [line.strip() for line in said.splitlines() if emulator.oauth_url in line]
        running.tell(click(address))
        running.until(lambda: (session.folder / "token.json").exists(), "wrote a token")
        return _judged(emulator, running.finish())


def check_readme_c(session: Session) -> str:
    """README.md, C"""
    return _login(session, languages.c, "c", frames.C, "stored")


def check_readme_rust(session: Session) -> str:
    """README.md, Rust"""
    printed = block(document(README), "rust")
    demand(printed in document("core/tests/readme.rs"), "core/tests/readme.rs has another text")
    with session.emulator() as emulator:
        command = ["cargo", "test", "--locked", "-q", "-p", "pinterest-oauth", "--test", "readme"]
        return _judged(emulator, run(command, env=users(**emulator.login(), **CLICK), folder=ROOT, limit=900))


def check_readme_sdk(session: Session) -> str:
    """README.md, Pinterest's own SDK: with our token, and what it does without us"""
    program = SDK[0] + block(document(README), "py") + SDK[1]
    with session.emulator() as emulator:
        emulator.switch(rotation="strict", same_second_same_token=False)
        judge.says(languages.python(program, session.folder, user(emulator, emulator.code())), [])
        return "our token opened the account; the SDK's own refresh works once"


def check_readme_unknown(session: Session) -> str:
    """README.md, what it says of an unknown outcome"""
    with session.emulator() as emulator:
        judge.says(languages.python(UNKNOWN, session.folder, user(emulator)), [])
        return "each call, made once more"


def check_readme_of_python(session: Session) -> str:
    """bindings/python/README.md"""
    login, overlapping, generated, emulated = blocks(document("bindings/python/README.md"), "python")
    program = (
        f"{PYTHON_PACKAGE}{login}\nfirst = second = token\n"
        f"async def overlapping():\n    global first, second\n{indent(overlapping, '    ')}\n"
        f"asyncio.run(overlapping())\n{generated}{emulated}"
        "\nassert len(stored) == 3 and first.refresh_token_rotated\n"
    )
    with session.emulator() as emulator:
        judge.says(languages.python(program, session.folder, user(emulator)), [])
        return judge.granted(emulator, "authorization_code", *["refresh_token"] * 4)
