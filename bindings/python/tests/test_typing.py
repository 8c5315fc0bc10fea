"""The types: what a checker says about the package, and about code that uses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pinterest_oauth

PACKAGE = Path(pinterest_oauth.__file__).parent

GOOD = """
import asyncio
from pinterest_oauth import AsyncClient, Client, InvalidGrantError, Token
from pinterest_oauth.emulator import Emulator

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

with Emulator(rotation="strict") as emulator:
    sync(Client(**emulator.settings()))
"""

BAD = {
    'Client(app_key="1")': "call-arg",
    "Client().oauth_token()": "call-arg",
    'Client().oauth_token("client_credentials", scope={"pins:read"})': "arg-type",
    'Client().revoke("a", token_type_hint="bearer")': "arg-type",
    'Client().redirect("a")': "call-arg",
    'Client.redirect("a", state=1)': "arg-type",
    'Client().revoke("a").stauts': "attr-defined",
    'Token("a")': "call-arg",
    'Token.from_json("").access_token = "b"': "misc",
    "len(Token.from_json(b'').scopes)": "arg-type",
    'pickle = {Client().authorize_url("a").code}': "attr-defined",
}


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
    ran = mypy(tmp_path, "\n".join(["from pinterest_oauth import Client, Token", *BAD]), "--no-pretty")
    found = {
        line.split(":")[1]: line.rpartition("[")[2].rstrip("]")
        for line in ran.stdout.splitlines()
        if "[" in line
    }
    expected = {str(place): code for place, code in enumerate(BAD.values(), start=2)}
    assert found == expected, ran.stdout + ran.stderr


@pytest.mark.skipif(
    sys.version_info < (3, 10), reason="the last stubtest for Python 3.9 mistakes imports for names"
)
def test_the_stubs_say_what_the_module_has(tmp_path: Path) -> None:
    # Unknown to the checker: a static method below a decorator, and a native class to derive from.
    known = tmp_path / "known"
    known.write_text("pinterest_oauth._client.(Async)?Client.redirect\npinterest_oauth._native._Handle\n")
    command = [sys.executable, "-m", "mypy.stubtest", "pinterest_oauth", "--allowlist", str(known)]
    command += ["--ignore-unused-allowlist"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_package_itself_is_strict(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache")]
    ran = subprocess.run(
        [*command, "-p", "pinterest_oauth"], capture_output=True, text=True, timeout=300, cwd=tmp_path
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
