"""All of it in a real PowerShell: a module folder, an emulator, nothing built."""

from __future__ import annotations

import http.client
import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from .dotnet import named, stub
from .places import BINDING, CONFORMANCE, EXAMPLE, PWSH, TESTS
from .running import Problem, Session, counted, lacks_canaries, run, succeed
from .scripts import blocks
from .terminal import Terminal

# What the blocks of the README take for granted.
README_GIVEN = """
$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath $PSScriptRoot
$env:MY_APP_ID = $env:PINTEREST_APP_ID
$env:MY_APP_SECRET = $env:PINTEREST_APP_SECRET
$stored = 'pinr.made-up'
function Send-TheUserTo {
    param([string]$Address)
    $handler = [System.Net.Http.HttpClientHandler]::new()
    $handler.AllowAutoRedirect = $false
    [System.Net.Http.HttpClient]::new($handler).GetAsync($Address).Result.Headers.Location.AbsoluteUri
}
"""


def script(name: str) -> list[str]:
    """How a script of tests/module is run."""
    return [str(PWSH), "-NoLogo", "-NoProfile", "-NonInteractive", "-File", str(TESTS / "module" / name)]


def module(session: Session) -> None:
    """the module in PowerShell"""
    with session.surroundings() as environment:
        counted(succeed(script("All.ps1"), environment, minutes=10), session.report)


def secrets(session: Session) -> None:
    """no secret in what PowerShell prints, with -Verbose and -Debug, nor in the argument list"""
    with session.surroundings() as environment:
        said = succeed(script("Canaries.ps1"), environment)
    if "the end was reached" not in said or "VERBOSE:" not in said:
        raise Problem(f"too little was shown for a judgement:\n{said}")
    lacks_canaries(said)


def imported(session: Session, folder: Path, library: Path | None) -> str:
    """A copy of the module whose library is another one, or is not there; what the import says."""
    copy = folder / "Pinterest.OAuth"
    shutil.copytree(session.module, copy)
    for original in copy.glob("lib/*/libpinterest_oauth.*"):
        original.unlink()
        if library:
            shutil.copy(library, original)
    code, said = run(script("Import.ps1"), session.environment(POWERSHELL_MODULE=str(copy)))
    if code != 1:
        raise Problem(f"it ended with {code}: {said}")
    return "".join(said.splitlines())


def another_abi(session: Session) -> None:
    """the module does not load with a library of another ABI, and says both numbers and the place"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = os.environ.get("STUB_LIBRARY")
        said = imported(session, folder, Path(library) if library else stub(folder))
        named(said, "ABI 1 ", "ABI 99", str(folder / "Pinterest.OAuth"))


def no_library(session: Session) -> None:
    """the module does not load without its library, and says where that belongs"""
    with tempfile.TemporaryDirectory() as name:
        named(imported(session, Path(name), None), "cannot be loaded", str(Path(name) / "Pinterest.OAuth"))


def conformance(session: Session) -> None:
    """every conformance case"""
    command = [sys.executable, str(CONFORMANCE / "run.py"), "--languages", "powershell"]
    command += ["--emulator-cmd", shlex.join(session.emulator)]
    said = succeed(command, {**os.environ, "POWERSHELL_MODULE": session.module}, minutes=15)
    session.report.good(said.strip().splitlines()[-1])


def clicked(page: str) -> str:
    """The address at which the browser ends up, where the emulator consents by itself."""
    parts = urlsplit(page)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        return connection.getresponse().headers["location"] or ""
    finally:
        connection.close()


def example(session: Session) -> None:
    """examples/powershell, at a terminal, with a person who clicks"""
    with session.running() as emulator:
        emulator.control("POST", "/switches", {"auto_consent": True})
        terminal = Terminal(
            [str(PWSH), "-NoLogo", "-NoProfile", "-File", str(EXAMPLE)], session.login(emulator)
        )
        try:
            terminal.type(clicked(terminal.read_until(r"(http://\S+/oauth/\S+)\s")) + "\r")
        finally:
            said = terminal.close()
    if said.count("access token ") != 2 or "rotated" not in said or "pina_" in said:
        raise Problem(f"it said:\n{said}")


def readme(session: Session) -> None:
    """the blocks of the module's README"""
    for block in blocks(BINDING / "README.md"):
        with session.running() as emulator, tempfile.TemporaryDirectory() as folder:
            emulator.control("POST", "/switches", {"auto_consent": True})
            program = Path(folder) / "block.ps1"
            program.write_text(README_GIVEN + block, encoding="utf-8")
            command = [str(PWSH), "-NoLogo", "-NoProfile", "-NonInteractive", "-File", str(program)]
            session.report.good(succeed(command, session.login(emulator)).strip() or "without a word")


def bench(session: Session) -> None:
    """the benchmark runs; its numbers are no test"""
    program = [str(BINDING / "bench.ps1"), "-Calls", "300", "-Rounds", "3"]
    with session.running() as emulator:
        command = [str(PWSH), "-NoLogo", "-NoProfile", "-NonInteractive", "-File", *program]
        said = succeed(command, session.login(emulator))
    for line in said.strip().splitlines():
        session.report.say(line)
    if said.count(" us ") != 4:
        raise Problem(f"it said:\n{said}")


def leak(session: Session) -> None:
    """100,000 calls in PowerShell, failures among them, leave the memory as it was"""
    with session.surroundings() as environment:
        session.report.good(succeed(script("Leak.ps1"), environment, minutes=30).strip())
