"""Every program of examples/. Those of Node and PowerShell need their package installed, and are run by its own suite."""

from __future__ import annotations

from pathlib import Path

from harness import web
from harness.beside import Beside
from harness.environment import users
from harness.failure import demand
from harness.places import PYTHON, ROOT, TARGET
from harness.ports import free_port
from harness.program import Command, run, succeed
from harness.session import Session

from . import judge
from .languages import compiled, user

EXAMPLES = ROOT / "examples"
ROTATED = "rotated"


def _with_code(session: Session, command: Command, *texts: str) -> str:
    """An example that takes the code of a login from the environment."""
    with session.emulator() as emulator:
        code = emulator.code()
        ended = run(command, env=user(emulator, code), folder=session.folder)
        return judge.login(emulator, ended, code, *texts)


def _interactive(session: Session, command: Command) -> str:
    """An example that asks for the address at which the browser ends up, with a person who clicks."""
    with (
        session.emulator() as emulator,
        Beside(command, env=user(emulator), folder=session.folder) as running,
    ):
        running.line()
        running.tell(web.click(running.line()))
        ended = running.finish()
        judge.says(ended, [ROTATED])
        judge.no_secret(emulator, ended.said)
        return judge.granted(emulator, "authorization_code", "refresh_token")


def _login(session: Session, command: Command, *texts: str) -> str:
    """An example that logs a person in with a browser; what it wrote is enough for every language."""
    redirect_uri = f"http://localhost:{free_port()}/"
    with session.emulator("--redirect-uri", redirect_uri) as emulator:
        store = str(session.folder / "tokens")
        env = {**user(emulator), "BROWSER": str(EXAMPLES / "browser.py"), "PINTEREST_OAUTH_STORE": store}
        ended = run([*command, redirect_uri], env=env, folder=session.folder)
        judge.says(ended, ["Logged in", *texts])
        judge.no_secret(emulator, ended.said)
        shown = run(["pinterest-oauth", "status", "--account", "shop-42"], env=env)
        return judge.says(shown, ["shop-42", "ready"])


def _rust(name: str) -> Path:
    build = ["cargo", "build", "--locked", "-q", "-p", "pinterest-oauth", "--example", name]
    succeed(build, env=users(), folder=ROOT, limit=900)
    return TARGET / "debug" / "examples" / name


def _c(folder: Path) -> Path:
    program = folder / "token"
    compiled(EXAMPLES / "c" / "token.c", program)
    return program


def check_example_c(session: Session) -> str:
    """examples/c, compiled with pkg-config"""
    return _with_code(session, [_c(session.folder)], ROTATED)


def check_example_rust(session: Session) -> str:
    """examples/rust"""
    return _with_code(session, [_rust("token")], ROTATED)


def check_login_rust(session: Session) -> str:
    """examples/rust/login.rs: a browser, and the token is kept"""
    return _login(session, [_rust("login")], "Scopes: pins:read,boards:read")


def check_login_python(session: Session) -> str:
    """examples/python/login.py: a browser, and the token is kept"""
    return _login(session, [PYTHON, EXAMPLES / "python" / "login.py"], "Scopes: pins:read, boards:read")


def check_login_shell(session: Session) -> str:
    """examples/shell/login.sh: a browser, and a call with the token that is kept"""
    return _login(session, ["sh", EXAMPLES / "shell" / "login.sh"], "emulated_account")


def check_example_shell(session: Session) -> str:
    """examples/shell, with the command on PATH"""
    return _with_code(session, ["sh", EXAMPLES / "shell" / "token.sh"])


def check_example_python(session: Session) -> str:
    """examples/python, with a person who clicks"""
    return _interactive(session, [PYTHON, EXAMPLES / "python" / "exchange.py"])


def check_example_perl(session: Session) -> str:
    """examples/perl, with a person who clicks"""
    return _interactive(session, ["perl", EXAMPLES / "perl" / "token.pl"])


def check_example_php(session: Session) -> str:
    """examples/php, with a person who clicks"""
    return _interactive(session, ["php", EXAMPLES / "php" / "token.php"])


def check_demo(session: Session) -> None:
    """make demo, from the consent page to the refused old token"""
    ended = run([PYTHON, EXAMPLES / "demo.py", "--c-program", _c(session.folder)])
    judge.says(ended, ["Give access", "invalid_grant", "59 days later", "The refresh token has rotated"])
    times = ended.said.count("The refresh token has rotated")
    demand(times == 3, f"{times} examples of the demo rotated, not 3")
