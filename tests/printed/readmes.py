"""The blocks of README.md and of the Python package's README. The other packages' suites run those of their own.

A block stands in a frame that gives what the reader has: the code of a login, and a store for tokens.
"""

from __future__ import annotations

from textwrap import indent

from harness.environment import users
from harness.failure import demand
from harness.places import BINDINGS, ROOT, TESTS
from harness.program import run
from harness.session import Session

from . import judge, languages
from .block import block, blocks, document
from .languages import Runs, user

README = "README.md"
PYTHON = (
    "import os; code = os.environ['PINTEREST_CODE']; stored = []; store = stored.append\n",
    "\nassert token.refresh_token_rotated and len(stored) == 2\n",
)
PERL = (
    "use strict; use warnings;\nmy $code = $ENV{PINTEREST_CODE};\nmy @stored;\nsub store { push @stored, @_ }\n",
    "\ndie 'not stored' if @stored != 2 || !$token->refresh_token_rotated;\n",
)
PHP = (
    f"""<?php
require '{BINDINGS}/php/autoload.php'; $code = getenv('PINTEREST_CODE'); $stored = [];
function store(string $json): void {{ $GLOBALS['stored'][] = $json; }}
""",
    "\nexit(count($stored) === 2 && $token->refreshTokenRotated ? 0 : 1);\n",
)
JAVASCRIPT = (
    "const code = process.env.PINTEREST_CODE, stored = [], store = (text) => stored.push(text);\n",
    "\nprocess.exit(stored.length === 2 && token.refreshTokenRotated ? 0 : 1);\n",
)
POWERSHELL = (
    "$ErrorActionPreference = 'Stop'\n$code = $env:PINTEREST_CODE\n",
    "\nif (-not $token.RefreshTokenRotated) { throw 'it did not rotate' }\n",
)
PYTHON_PACKAGE = f"""
import asyncio, sys
sys.path.insert(0, {str(TESTS)!r})
from harness.web import click as send_the_user_to
stored = []
store, load = stored.append, lambda: stored[-1]
"""


def _login(session: Session, language: Runs, program: str) -> str:
    """Runs a program that exchanges a code and refreshes the token."""
    with session.emulator() as emulator:
        code = emulator.code()
        return judge.login(emulator, language(program, session.folder, user(emulator, code)), code)


def _framed(frame: tuple[str, str], fence: str) -> str:
    return frame[0] + block(document(README), fence) + frame[1]


def check_readme_python(session: Session) -> str:
    """README.md, Python"""
    return _login(session, languages.python, _framed(PYTHON, "python"))


def check_readme_perl(session: Session) -> str:
    """README.md, Perl"""
    return _login(session, languages.perl, _framed(PERL, "perl"))


def check_readme_php(session: Session) -> str:
    """README.md, PHP"""
    return _login(session, languages.php, _framed(PHP, "php"))


def check_readme_javascript(session: Session) -> str:
    """README.md, JavaScript"""
    return _login(session, languages.javascript, _framed(JAVASCRIPT, "js"))


def check_readme_powershell(session: Session) -> str:
    """README.md, PowerShell"""
    return _login(session, languages.powershell, _framed(POWERSHELL, "powershell"))


def check_readme_shell(session: Session) -> str:
    """README.md, shell"""
    _, refresh = blocks(document(README), "sh")
    login = 'pinterest-oauth token authorization_code --redirect-uri "$PINTEREST_REDIRECT_URI" --output token.json\n'
    return _login(session, languages.shell, f"set -eu\n{login}{refresh}")


def check_readme_c(session: Session) -> str:
    """README.md, C"""
    with session.emulator() as emulator:
        ended = languages.c(block(document(README), "c"), session.folder, user(emulator))
        judge.says(ended, ['"access_token":'])
        return judge.granted(emulator, [["grant_type", "client_credentials"]])


def check_readme_rust(session: Session) -> str:
    """README.md, Rust"""
    printed = block(document(README), "rust")
    demand(printed in document("core/tests/readme.rs"), "core/tests/readme.rs has another text")
    with session.emulator() as emulator:
        code = emulator.code()
        command = ["cargo", "test", "--locked", "-q", "-p", "pinterest-oauth", "--test", "readme"]
        ended = run(command, env=users(**emulator.login(code=code)), folder=ROOT, limit=900)
        return judge.login(emulator, ended, code)


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
