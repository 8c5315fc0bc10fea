"""The C# half: compiled by mcs, run on .NET Core 3.1 and on mono."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from support.places import ROOT, TARGET

from .places import BINDING, TESTS
from .running import Problem, Session, counted, lacks_canaries, run, succeed
from .scripts import used_members

DOTNET = str(BINDING / "dotnet.sh")
PROGRAM = TARGET / "dotnet-tests" / "tests.dll"


def build() -> None:
    """The module, the runtime, and the test program beside the assembly."""
    succeed([str(BINDING / "build.sh")])
    succeed([DOTNET])
    sources = sorted(str(source) for source in (TESTS / "dotnet").glob("*.cs"))
    succeed([str(TESTS / "build.sh"), "tests", *sources])


def tests_on_dotnet(session: Session) -> None:
    """the classes on .NET Core 3.1"""
    build()
    with session.surroundings() as environment:
        counted(succeed([DOTNET, str(PROGRAM)], environment, minutes=2), session.report)


def tests_on_mono(session: Session) -> None:
    """the classes on mono, which has the class library of .NET Framework"""
    with session.surroundings() as environment:
        counted(succeed(["mono", str(PROGRAM)], environment, minutes=2), session.report)


def secrets(session: Session) -> None:
    """no secret in what is printed, nor in the argument list"""
    with session.surroundings() as environment:
        lacks_canaries(succeed([DOTNET, str(PROGRAM), "canaries"], environment))


def beside(folder: Path, library: Path | None) -> str:
    """A copy of the program whose library is another one, or is not there; what making a client says."""
    copy = folder / "program"
    shutil.copytree(PROGRAM.parent, copy)
    (copy / "libpinterest_oauth.so").unlink()
    if library:
        shutil.copy(library, copy / "libpinterest_oauth.so")
    code, said = run([DOTNET, str(copy / PROGRAM.name), "check"])
    if code != 1:
        raise Problem(f"it ended with {code}: {said}")
    return said


def named(said: str, *words: str) -> None:
    """Fails unless all of `words` are said."""
    for word in words:
        if word not in said:
            raise Problem(f"{word!r} is missing in: {said}")


def stub(folder: Path) -> Path:
    """A library of another ABI."""
    library = folder / "libstub.so"
    succeed(["cc", "-shared", "-fPIC", "-o", str(library), str(TESTS / "stub.c")])
    return library


def another_abi(_: Session) -> None:
    """a library of another ABI is refused with both numbers and its place"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = beside(folder, stub(folder))
        named(said, "NotSupportedException", "ABI 1 ", "ABI 99", str(folder / "program"))


def no_library(_: Session) -> None:
    """a missing library is named with the place where it belongs"""
    with tempfile.TemporaryDirectory() as name:
        said = beside(Path(name), None)
        named(said, "DllNotFoundException", "pinterest_oauth", str(Path(name) / "program"))


def environment(_: Session) -> None:
    """every variable that the core reads is handed on"""
    said = (ROOT / "core" / "src" / "config.rs").read_text(encoding="utf-8")
    read = set(re.findall(r'(?:get|either)\("(\w+)"\)', said))
    both = {name.lower() for name in re.findall(r'either\("(\w+)"\)', said)}
    handed_on = set(re.findall(r'"(\w+)"', (BINDING / "src" / "Variables.cs").read_text(encoding="utf-8")))
    if not {"PINTEREST_APP_ID", "SSL_CERT_FILE", "NO_PROXY"} <= read:
        raise Problem("core/src/config.rs reads its variables in another way than this test knows")
    if missing := (read | both) - handed_on:
        raise Problem(f"src/Variables.cs lacks {', '.join(sorted(missing))}")


def surface(_: Session) -> None:
    """the scripts use nothing that the assembly lacks"""
    there = set(succeed([DOTNET, str(PROGRAM), "surface"]).splitlines())
    used = used_members()
    missing = [member for member in used if member not in there]
    if missing or len(used) < 10:
        raise Problem(f"{len(used)} were found, and these are missing: {', '.join(missing)}")


def leak(session: Session) -> None:
    """100,000 calls, failures among them, leave the memory as it was"""
    with session.surroundings() as environment:
        session.report.good(succeed([DOTNET, str(PROGRAM), "leak"], environment, minutes=10).strip())
