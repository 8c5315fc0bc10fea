#!/usr/bin/env python3
"""Runs the examples and every block of the README against the emulator: what is documented works.

Those of Node and PowerShell need their package installed, and are run by its own suite.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from pinterest_oauth.emulator import Emulator

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "target"
REDIRECT_URI = "http://localhost:8085/"
STAGE = TARGET / "stage"


def click(url: str) -> str:
    """Gives access on the consent page; the address at which the browser ends up."""
    page = urlsplit(url)
    connection = HTTPConnection(page.hostname or "", page.port, timeout=10)
    form = urlencode([*parse_qsl(page.query), ("decision", "allow")])
    connection.request("POST", page.path, form, {"content-type": "application/x-www-form-urlencoded"})
    return connection.getresponse().headers["location"]


def surroundings(emulator: Emulator, *, code: bool = True) -> dict[str, str]:
    """The environment of an example: that of a user with this app, and a fresh code."""
    environment = {
        "PATH": f"{TARGET / 'debug'}{os.pathsep}{os.environ['PATH']}",
        "HOME": os.environ.get("HOME", tempfile.gettempdir()),
        "PINTEREST_APP_ID": emulator.app_id,
        "PINTEREST_APP_SECRET": emulator.app_secret,
        "PINTEREST_API_URI": emulator.base_url,
        "PINTEREST_OAUTH_URI": emulator.oauth_url,
        "PINTEREST_REDIRECT_URI": REDIRECT_URI,
        "PINTEREST_OAUTH_LIBRARY": str(STAGE / "lib" / "libpinterest_oauth.so"),
    }
    if code:
        environment["PINTEREST_CODE"] = emulator.authorize(redirect_uri=REDIRECT_URI)["code"]
    return environment


def run(command: list[str], environment: dict[str, str]) -> str:
    """Runs a program to its end and returns what it printed."""
    ran = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
    )
    if ran.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {ran.returncode}: {ran.stderr.strip()}")
    return ran.stdout + ran.stderr


def rotated(printed: str) -> None:
    """An example has to have shown the rotation."""
    assert "rotated" in printed or "new" in printed, printed


def compile_c(source: Path, program: Path) -> None:
    """Compiles as a user does, with pkg-config."""
    environment = {**os.environ, "PKG_CONFIG_PATH": str(STAGE / "lib" / "pkgconfig")}
    flags = run(["pkg-config", "--cflags", "--libs", "pinterest_oauth"], environment).split()
    warnings = ["-std=c11", "-Wall", "-Wextra", "-Werror"]
    run(
        ["cc", *warnings, str(source), "-o", str(program), *flags, f"-Wl,-rpath,{STAGE / 'lib'}"], environment
    )


def blocks(document: str, language: str) -> list[str]:
    """The code blocks of a document in one language."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def example_c(emulator: Emulator) -> None:
    """examples/c, compiled with pkg-config"""
    program = TARGET / "example-c"
    compile_c(ROOT / "examples/c/token.c", program)
    rotated(run([str(program)], surroundings(emulator)))


def example_rust(emulator: Emulator) -> None:
    """examples/rust"""
    build = ["cargo", "build", "--locked", "-q", "-p", "pinterest-oauth", "--example", "token"]
    run(build, dict(os.environ))
    rotated(run([str(TARGET / "debug/examples/token")], surroundings(emulator)))


def example_shell(emulator: Emulator) -> None:
    """examples/shell, with the command on PATH"""
    printed = run(["sh", "examples/shell/token.sh"], surroundings(emulator))
    assert emulator.requests()[-1]["form"][0] == ["grant_type", "refresh_token"], printed


def interactive(language: str, command: list[str]) -> Callable[[Emulator], None]:
    """An example that asks for the address at which the browser ends up, with a person who clicks."""

    def check(emulator: Emulator) -> None:
        with subprocess.Popen(
            command,
            env=surroundings(emulator, code=False),
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as running:
            assert running.stdout is not None
            running.stdout.readline()
            address = click(running.stdout.readline().strip())
            printed, _ = running.communicate(address + "\n", timeout=60)
        assert running.returncode == 0, printed
        rotated(printed)

    check.__doc__ = f"examples/{language}, with a person who clicks"
    return check


def demo(emulator: Emulator) -> None:
    """make demo, from the consent page to the refused old token"""
    printed = run(
        [sys.executable, "examples/demo.py", "--c-program", str(TARGET / "example-c")], surroundings(emulator)
    )
    assert printed.count("The refresh token has rotated") == 3, printed
    for expected in ("Give access", "invalid_grant", "59 days later", "The refresh token has rotated"):
        assert expected in printed, f"{expected!r} is missing in: {printed}"


def readme_python(emulator: Emulator) -> None:
    """README.md, Python"""
    (block,) = blocks("README.md", "python")
    given = "import os; code = os.environ['PINTEREST_CODE']; stored = []; store = stored.append\n"
    ended = "\nassert token.refresh_token_rotated and len(stored) == 2\n"
    run([sys.executable, "-c", given + block + ended], surroundings(emulator))


PERL_FRAME = """
my $code = $ENV{PINTEREST_CODE};
my @stored;
sub store { push @stored, @_ }
BLOCK
die 'not stored' if @stored != 2 || !$token->refresh_token_rotated;
"""
PHP_FRAME = """
BLOCK
function store(string $json): void { $GLOBALS['stored'][] = $json; }
exit(count($stored) === 2 && $token->refreshTokenRotated ? 0 : 1);
"""
JS_FRAME = """
const code = process.env.PINTEREST_CODE, stored = [], store = (text) => stored.push(text);
BLOCK
process.exit(stored.length === 2 && token.refreshTokenRotated ? 0 : 1);
"""


def readme_perl(emulator: Emulator) -> None:
    """README.md, Perl"""
    (block,) = blocks("README.md", "perl")
    program = PERL_FRAME.replace("BLOCK", block)
    run(["perl", "-Ibindings/perl/lib", "-Mstrict", "-w", "-e", program], surroundings(emulator))


def readme_php(emulator: Emulator) -> None:
    """README.md, PHP"""
    (block,) = blocks("README.md", "php")
    given = "require 'bindings/php/autoload.php'; $code = getenv('PINTEREST_CODE'); $stored = [];\n"
    use, body = block.split("\n\n", 1)
    run(["php", "-r", f"{use}\n{given}{PHP_FRAME.replace('BLOCK', body)}"], surroundings(emulator))


def readme_js(emulator: Emulator) -> None:
    """README.md, JavaScript"""
    (block,) = blocks("README.md", "js")
    program = JS_FRAME.replace(
        "BLOCK", block.replace('"pinterest-oauth"', '"./bindings/node/dist/index.mjs"')
    )
    run(["node", "--input-type=module", "-e", program], surroundings(emulator))


PYTHON_README = """
import ast, asyncio, sys
sys.path.insert(0, "tests")
from examples import blocks, click as send_the_user_to

stored = []
store, load = stored.append, lambda: stored[-1]
first_block, *others = blocks("bindings/python/README.md", "python")
exec(first_block)
first = second = token
for block in others:
    code = compile(block, "README", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    ran = eval(code)
    if ran is not None:
        asyncio.run(ran)
assert len(others) == 3 and len(stored) == 3 and first.refresh_token_rotated
"""


def python_readme(emulator: Emulator) -> None:
    """bindings/python/README.md"""
    run([sys.executable, "-c", PYTHON_README], surroundings(emulator, code=False))


def readme_c(emulator: Emulator) -> None:
    """README.md, C"""
    (block,) = blocks("README.md", "c")
    source, program = TARGET / "readme.c", TARGET / "readme-c"
    source.write_text(block, encoding="utf-8")
    compile_c(source, program)
    assert '"access_token":' in run([str(program)], surroundings(emulator))


def readme_rust(emulator: Emulator) -> None:
    """README.md, Rust"""
    (block,) = blocks("README.md", "rust")
    assert block in (ROOT / "core/tests/readme.rs").read_text(encoding="utf-8"), (
        "core/tests/readme.rs has another text"
    )
    run(
        ["cargo", "test", "--locked", "-q", "-p", "pinterest-oauth", "--test", "readme"],
        {**os.environ, **surroundings(emulator)},
    )


CHECKS: list[Callable[[Emulator], None]] = [
    example_c,
    example_rust,
    example_shell,
    interactive("python", [sys.executable, "examples/python/token.py"]),
    interactive("perl", ["perl", "-Ibindings/perl/lib", "examples/perl/token.pl"]),
    interactive("php", ["php", "examples/php/token.php"]),
    demo,
    readme_python,
    python_readme,
    readme_perl,
    readme_php,
    readme_js,
    readme_c,
    readme_rust,
]


def main() -> int:
    """Runs all of them; the exit code."""
    failed = 0
    with Emulator(tls=False) as emulator:
        for check in CHECKS:
            emulator.reset()
            try:
                check(emulator)
                print(f"ok      {check.__doc__}", flush=True)
            except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as problem:
                failed += 1
                print(f"FAILED  {check.__doc__}: {problem}", flush=True)
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
