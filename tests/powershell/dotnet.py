"""The C# half: compiled by mcs, run on .NET Core 3.1 and on mono."""

from __future__ import annotations

import shutil
from pathlib import Path

from harness.failure import NotRun, demand, quoted
from harness.program import run, succeed

from .session import DOTNET, SCRIPTS, PowerShellSession, counted, lacks_canaries, said

ZONES = Path("/usr/share/zoneinfo")
DISTANCES = {
    "UTC": "+00:00",
    "Asia/Kathmandu": "+05:45",
    "Pacific/Kiritimati": "+14:00",
    "Pacific/Marquesas": "-09:30",
}


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
    shutil.rmtree(copy, ignore_errors=True)
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
    named(text, "DllNotFoundException", "ABI 1.", "ABI 99", str(session.folder / "program"))


def check_no_library(session: PowerShellSession) -> None:
    """a missing library is named with the place where it belongs, and so is the platform"""
    text = _beside(session, None)
    named(
        text,
        "DllNotFoundException",
        "not built for linux-",
        "libpinterest_oauth.so",
        str(session.folder / "program"),
    )


def check_bad_library(session: PowerShellSession) -> None:
    """of a library that cannot be loaded the loader's own words are said"""
    header = session.program.with_name("libpinterest_oauth.so").read_bytes()[:64]
    foreign = bytearray(header)
    foreign[18] = 0x28  # of ARM
    for content, words in (
        (b"", "file too short"),
        (b"no library at all" * 9, "invalid ELF header"),
        (bytes(foreign), ""),
    ):
        library = session.folder / "bad.so"
        library.write_bytes(content)
        named(
            _beside(session, library),
            "DllNotFoundException",
            "cannot be loaded: ",
            words,
            str(session.folder / "program"),
        )


def check_needs_of_the_library(session: PowerShellSession) -> None:
    """a library that needs another one, or a newer glibc, says which"""
    needed, library = session.folder / "libneeded.so", session.folder / "needing.so"
    empty = session.folder / "empty.c"
    empty.write_text("int nothing;\n", encoding="utf-8")
    succeed(["cc", "-shared", "-fPIC", "-Wl,-soname,libneeded.so", "-o", needed, empty])
    succeed(["cc", "-shared", "-fPIC", "-Wl,--no-as-needed", "-o", library, empty, needed])
    needed.unlink()
    named(_beside(session, library), "cannot be loaded: libneeded.so")
    newer = (
        session.program.with_name("libpinterest_oauth.so")
        .read_bytes()
        .replace(b"GLIBC_2.34\0", b"GLIBC_9.34\0")
    )
    library.write_bytes(newer)
    named(_beside(session, library), "GLIBC_9.34", "It was built for a newer glibc than this system has.")


def check_lacking_library(session: PowerShellSession) -> None:
    """a library that lacks functions is refused when it is loaded, and they are named"""
    source, library = session.folder / "lacking.c", session.folder / "lacking.so"
    source.write_text("unsigned pinterest_oauth_abi_version(void) { return 1; }\n", encoding="utf-8")
    succeed(["cc", "-shared", "-fPIC", "-o", library, source])
    named(
        _beside(session, library),
        "lacks the function",
        "pinterest_oauth_token_read",
        "Install the whole module",
    )


def check_stray_library(session: PowerShellSession) -> None:
    """a library of that name on LD_LIBRARY_PATH is not loaded"""
    stray = stub(session.folder)
    for name in ("pinterest_oauth.so", "libpinterest_oauth.so", "pinterest_oauth"):
        shutil.copy(stray, session.folder / name)
    ended = run(
        [DOTNET, session.program, "check"], env=session.environment(LD_LIBRARY_PATH=str(session.folder))
    )
    ended.demand_success()


def check_without_powershell(session: PowerShellSession) -> None:
    """a program of .NET uses the assembly without PowerShell's"""
    program = session.program.parent
    copy = session.folder / "program"
    shutil.copytree(program, copy)
    (copy / "System.Management.Automation.dll").unlink()
    with session.surroundings() as environment:
        lacks_canaries(said([DOTNET, copy / session.program.name, "canaries"], environment))


def check_zones(session: PowerShellSession) -> None:
    """the expiry in several time zones"""
    for zone, distance in DISTANCES.items():
        if not (ZONES / zone).is_file():
            raise NotRun(f"no {ZONES / zone}")
        with session.surroundings() as environment:
            for runner in (DOTNET, "mono"):
                said = succeed([runner, session.program, "expiry"], env={**environment, "TZ": zone})
                demand(said.strip() == distance, f"{zone}: {said}")


def check_speed(session: PowerShellSession) -> str:
    """what the asynchronous call costs beside the direct one; a number, and no test"""
    with session.surroundings() as environment:
        dotnet, mono = (
            succeed([runner, session.program, "speed"], env=environment).strip()
            for runner in (DOTNET, "mono")
        )
    return f".NET Core: {dotnet}; mono: {mono}"


def check_leak(session: PowerShellSession) -> str:
    """100,000 calls, failures among them, leave the memory as it was"""
    with session.surroundings() as environment:
        return succeed([DOTNET, session.program, "leak"], env=environment, limit=600).strip()
