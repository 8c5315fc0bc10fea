"""All of it in a real PowerShell: a module folder, an emulator, nothing built."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import statistics
import sys
from pathlib import Path

from bench.languages import POWERSHELL as BENCH
from harness import web
from harness.check import Check, collect
from harness.environment import clean
from harness.failure import NotRun, demand, quoted
from harness.places import PYTHON, TESTS, optional
from harness.ports import free_port
from harness.program import run, succeed
from printed.block import blocks

from .dotnet import named, stub
from .logins import browser
from .session import BINDING, EXAMPLE, LIMIT, SCRIPTS, PowerShellSession, counted, lacks_canaries, said
from .terminal import Terminal

PWSH = optional("pwsh")
# What the blocks of the README take for granted.
README_GIVEN = """
$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath $PSScriptRoot
$env:MY_APP_ID = $env:PINTEREST_APP_ID
$env:MY_APP_SECRET = $env:PINTEREST_APP_SECRET
$stored = 'pinr.made-up'
$address = "$($env:PINTEREST_API_URI -replace '/v5/?$')/v5/user_account"
$env:PINTEREST_OAUTH_STORE = Join-Path $PSScriptRoot store
$token = Invoke-OauthToken authorization_code -Code $env:PINTEREST_CODE -RedirectUri 'http://localhost:8085/'
Import-PinterestAccount shop-42 $token
# Of the vault: its module is of no interest here.
function Set-Secret { param($Name, [securestring]$SecureStringSecret) $script:vault = $SecureStringSecret }
function Get-Secret { param($Name) $script:vault }
# The emulator has no other pages, and plain http.
function Invoke-RestMethod { param($Uri, $Authentication, [securestring]$Token) "$Authentication $($Token.Length)" }
function Send-TheUserTo {
    param([string]$Address)
    $handler = [System.Net.Http.HttpClientHandler]::new()
    $handler.AllowAutoRedirect = $false
    [System.Net.Http.HttpClient]::new($handler).GetAsync($Address).Result.Headers.Location.AbsoluteUri
}
"""


def checks() -> list[Check]:
    """Those below, or one that says that they cannot be run."""
    return collect(sys.modules[__name__]) if PWSH else [Check("powershell", "in a real PowerShell", _missing)]


def _missing(_: PowerShellSession) -> None:
    raise NotRun("no pwsh")


def _script(file: Path) -> list[str]:
    return [str(PWSH), "-NoLogo", "-NoProfile", "-NonInteractive", "-File", str(file)]


def _test(name: str) -> list[str]:
    return _script(SCRIPTS / "module" / name)


def check_module(session: PowerShellSession) -> None:
    """the module in PowerShell"""
    with session.surroundings() as environment:
        environment["BROWSER"] = str(browser(session.folder))
        counted(succeed(_test("All.ps1"), env=environment, limit=600), session.report)


def check_secrets(session: PowerShellSession) -> None:
    """no secret in what PowerShell prints, with -Verbose and -Debug, nor in the argument list"""
    with session.surroundings() as environment:
        text = said(_test("Canaries.ps1"), environment)
    enough = "the end was reached" in text and "VERBOSE:" in text
    demand(enough, f"too little was shown for a judgement:\n{quoted(text)}")
    lacks_canaries(text)


def _imported(session: PowerShellSession, library: Path | None) -> str:
    """A copy of the module whose library is another one, or is not there; what the import says."""
    copy = session.folder / "Pinterest.OAuth"
    shutil.copytree(session.module, copy)
    for original in copy.glob("lib/*/libpinterest_oauth.*"):
        original.unlink()
        if library:
            shutil.copy(library, original)
    ended = run(_test("Import.ps1"), env=session.environment(POWERSHELL_MODULE=str(copy)))
    demand(ended.code == 1, f"it ended with {ended.code}:\n{quoted(ended.said)}")
    return "".join(ended.said.splitlines())


def check_another_abi(session: PowerShellSession) -> None:
    """the module does not load with a library of another ABI, and says both numbers and the place"""
    given = os.environ.get("STUB_LIBRARY")
    text = _imported(session, Path(given) if given else stub(session.folder))
    named(text, "ABI 1.", "ABI 99", str(session.folder / "Pinterest.OAuth"))


def check_no_library(session: PowerShellSession) -> None:
    """the module does not load without its library, and says where that belongs"""
    named(_imported(session, None), "was not built for", str(session.folder / "Pinterest.OAuth"))


def check_bad_library(session: PowerShellSession) -> None:
    """the import says the loader's own words for a library that cannot be loaded"""
    library = session.folder / "bad.so"
    library.write_bytes(b"no library at all" * 9)
    named(_imported(session, library), "cannot be loaded: ")


def check_analyzer(session: PowerShellSession) -> None:
    """PSScriptAnalyzer finds nothing in the module, by its own rules and the gallery's"""
    with session.surroundings() as environment:
        text = said(_test("Analyzer.ps1"), environment)
    if "PSScriptAnalyzer is not installed" in text:
        raise NotRun("no PSScriptAnalyzer")
    demand("nothing was found" in text, text)


def check_conformance(session: PowerShellSession) -> str:
    """every conformance case"""
    command = [PYTHON, str(TESTS / "conformance" / "run.py"), "--languages", "powershell"]
    if session.emulator_command:
        command += ["--emulator-cmd", shlex.join(session.emulator_command)]
    environment = clean(POWERSHELL_MODULE=str(session.module))
    return succeed(command, env=environment, limit=900).strip().splitlines()[-1]


def check_example(session: PowerShellSession) -> None:
    """examples/powershell, at a terminal, with a person who clicks"""
    with session.emulator() as emulator:
        command = [str(PWSH), "-NoLogo", "-NoProfile", "-File", str(EXAMPLE)]
        terminal = Terminal(command, session.login(emulator))
        try:
            terminal.type(web.click(terminal.read_until(r"(http://\S+/oauth/\S+)\s")) + "\r")
        finally:
            text = terminal.close()
    good = text.count("access token ") == 2 and "rotated" in text and "pina_" not in text
    demand(good, f"it said:\n{quoted(text)}")


def check_login_example(session: PowerShellSession) -> None:
    """examples/powershell/login.ps1: a browser, and the token is kept"""
    redirect_uri = f"http://localhost:{free_port()}/"
    with session.emulator("--redirect-uri", redirect_uri) as emulator:
        more = {
            "BROWSER": str(browser(session.folder)),
            "PINTEREST_OAUTH_STORE": str(session.folder / "kept"),
        }
        text = said([*_script(EXAMPLE.with_name("login.ps1")), redirect_uri], session.login(emulator, **more))
    demand("Scopes: pins:read, boards:read" in text and "pina_" not in text, f"it said:\n{quoted(text)}")


def check_readme(session: PowerShellSession) -> None:
    """the blocks of the module's README"""
    found = blocks((BINDING / "README.md").read_text(encoding="utf-8"), "powershell")
    demand(found != [], "the README has no block")
    for number, block in enumerate(found):
        with session.emulator() as emulator:
            emulator.switch(auto_consent=True)
            program = session.folder / str(number) / "block.ps1"
            program.parent.mkdir()
            program.write_text(README_GIVEN + block, encoding="utf-8")
            environment = session.login(emulator, code=emulator.code(), BROWSER=str(browser(program.parent)))
            text = said(_script(program), environment)
            session.report.good(f"block {number + 1} of the README")
            session.report.say(text.strip() or "without a word")


def check_bench(session: PowerShellSession) -> str:
    """what the benchmark compares can be called; its numbers are no test"""
    with session.emulator() as emulator:
        env = session.login(
            emulator, BENCH_URL=emulator.base_url, BENCH_MODULE=str(session.module / "Pinterest.OAuth.psd1")
        )
        for name in BENCH.once:
            said([*_script(TESTS / "bench" / "programs" / "client.ps1"), name, "once"], env)
    return ", ".join(BENCH.once)


def check_speed(session: PowerShellSession) -> str:
    """what Invoke-OauthToken costs beside Invoke-RestMethod and HttpClient; numbers, and no test"""
    with session.emulator() as emulator:
        env = session.login(
            emulator, BENCH_URL=emulator.base_url, BENCH_MODULE=str(session.module / "Pinterest.OAuth.psd1")
        )
        program = [*_script(TESTS / "bench" / "programs" / "client.ps1")]
        medians = {}
        for name in ("ours", "Invoke-RestMethod", "HttpClient"):
            ended = run([*program, name, "many"], env=env, given="1000\n1000\n", limit=LIMIT)
            _, *times = json.loads(ended.demand_success().strip().splitlines()[-1])
            medians[name] = statistics.median(times) / 1000
    ratio = medians["ours"] / medians["Invoke-RestMethod"]
    return (
        ", ".join(f"{name} {each:.0f} us" for name, each in medians.items())
        + f"; {ratio:.2f} times Invoke-RestMethod -WebSession"
    )


def check_at_once(session: PowerShellSession) -> str:
    """200 calls at once in PowerShell; a number, and no test"""
    with session.surroundings() as environment:
        return said(_test("AtOnce.ps1"), environment).strip().splitlines()[-1]


def check_leak(session: PowerShellSession) -> str:
    """100,000 calls in PowerShell, failures among them, leave the memory as it was"""
    with session.surroundings() as environment:
        return said(_test("Leak.ps1"), environment, limit=1800).strip()
