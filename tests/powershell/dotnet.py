"""The C# half: compiled by mcs, run on .NET Core 3.1 and on mono."""

from __future__ import annotations

import shutil
from pathlib import Path

from harness.failure import demand, quoted
from harness.program import run, succeed

from .scripts import used_members
from .session import DOTNET, SCRIPTS, PowerShellSession, counted, lacks_canaries, said


def check_tests_on_dotnet(session: PowerShellSession) -> None:
    """the classes on .NET Core 3.1"""
    with session.surroundings() as environment:
        counted(succeed([DOTNET, session.program], env=environment), session.report)


def check_tests_on_mono(session: PowerShellSession) -> None:
    """the classes on mono, which has the class library of .NET Framework"""
    with session.surroundings() as environment:
        counted(succeed(["mono", session.program], env=environment), session.report)


def check_secrets(session: PowerShellSession) -> None:
    """no secret in what is printed, nor in the argument list"""
    with session.surroundings() as environment:
        lacks_canaries(said([DOTNET, session.program, "canaries"], environment))


def _beside(session: PowerShellSession, library: Path | None) -> str:
    """A copy of the program whose library is another one, or is not there; what making a client says."""
    copy = session.folder / "program"
    shutil.copytree(session.program.parent, copy)
    (copy / "libpinterest_oauth.so").unlink()
    if library:
        shutil.copy(library, copy / "libpinterest_oauth.so")
    ended = run([DOTNET, copy / session.program.name, "check"])
    demand(ended.code == 1, f"it ended with {ended.code}:\n{quoted(ended.said)}")
    return ended.said


def named(text: str, *words: str) -> None:
    """Fails unless all of `words` are said."""
    for word in words:
        demand(word in text, f"{word!r} is missing in:\n{quoted(text)}")


def stub(folder: Path) -> Path:
    """A library of another ABI."""
    library = folder / "libstub.so"
    succeed(["cc", "-shared", "-fPIC", "-o", library, SCRIPTS / "stub.c"])
    return library


def check_another_abi(session: PowerShellSession) -> None:
    """a library of another ABI is refused with both numbers and its place"""
    text = _beside(session, stub(session.folder))
    named(text, "NotSupportedException", "ABI 1 ", "ABI 99", str(session.folder / "program"))


def check_no_library(session: PowerShellSession) -> None:
    """a missing library is named with the place where it belongs"""
    named(_beside(session, None), "DllNotFoundException", "pinterest_oauth", str(session.folder / "program"))


def check_surface(session: PowerShellSession) -> None:
    """the scripts use nothing that the assembly lacks"""
    there = set(succeed([DOTNET, session.program, "surface"]).splitlines())
    used = used_members()
    missing = [member for member in used if member not in there]
    demand(not missing and len(used) >= 10, f"{len(used)} were found; missing: {', '.join(missing)}")


def check_leak(session: PowerShellSession) -> str:
    """100,000 calls, failures among them, leave the memory as it was"""
    with session.surroundings() as environment:
        return succeed([DOTNET, session.program, "leak"], env=environment, limit=600).strip()
