"""The example of the documentation."""

from __future__ import annotations

from pathlib import Path

from harness.emulator import Emulator
from harness.places import ROOT
from harness.program import Ended, run, succeed

from ..library import BUILD, STRICT
from ..session import CSession
from ..statuses import NUMBERS


def check_example(session: CSession) -> None:
    """examples/c does what its README says"""
    program = BUILD / "example-token"
    flags = session.library.pkg_config("--cflags", "--libs")
    succeed(["gcc", "-std=c11", *STRICT, ROOT / "examples" / "c" / "token.c", "-o", program, *flags])
    with session.emulator() as emulator:
        code = emulator.code()
        first = _run(session, emulator, program, code)
        said = first.output.splitlines()
        good = (
            first.code == 0
            and [line.split()[0] for line in said] == ["code", "refresh", "The"]
            and said[0].split()[1:] != said[1].split()[1:]
            and not first.errors
        )
        session.report.verdict("a code becomes a token, which is refreshed", "" if good else first.said)
        again = _run(session, emulator, program, code)
        good = again.code == NUMBERS["invalid_grant"] and again.errors.startswith("invalid_grant: ")
        session.report.verdict("a code that was used is refused, in words", "" if good else again.said)
        session.printed.secrets |= {code, emulator.app_secret}


def _run(session: CSession, emulator: Emulator, program: Path, code: str) -> Ended:
    library = str(session.library.stage / "lib")
    ended = run([program], env=emulator.login(code=code, LD_LIBRARY_PATH=library, RUST_BACKTRACE="1"))
    session.printed.texts += [("token.c", ended.output), ("token.c", ended.errors)]
    return ended
