"""Programs that use the library as users do: all of it, wrongly, from many threads, with names, and with a panic."""

from __future__ import annotations

from harness.environment import users
from harness.places import ROOT, TARGET
from harness.program import succeed

from ..library import installed
from ..record import answered_once
from ..session import CSession
from .memory import under_valgrind, without_loss

# One for each thread and the few that a busy machine costs; a client that kept none would make 1,608.
CONNECTIONS = 40
BUILD_LIMIT = 1500.0


def check_surface(session: CSession) -> None:
    """every function, as C11 and C++17 programs use it, shared and static"""
    for cpp in (False, True):
        for static in (False, True):
            what = f"surface.c as {'C++17' if cpp else 'C11'}, {'static' if static else 'shared'}"
            program = session.library.program("surface", cpp=cpp, static=static)
            with session.emulator() as emulator:
                settings = session.settings(emulator)
                if static:
                    # Proof that the archive is inside: there is no other library to find.
                    del settings["LD_LIBRARY_PATH"]
                session.run(what, [program], settings)


def check_bad_input(session: CSession) -> None:
    """what cannot be right is named, and nothing is sent"""
    program = session.library.program("bad_input")
    with session.emulator() as emulator:
        session.run("bad_input.c", [program], session.settings(emulator))


def check_refresh_file(session: CSession) -> None:
    """a token is refreshed in its file, by two processes at once, and refused where it cannot be; nothing is lost"""
    program = session.library.program("refresh_file")
    with session.emulator() as emulator:
        settings = session.settings(emulator)
        session.run("refresh_file.c", [program], settings)
        emulator.reset()
        command, log = under_valgrind(program, "refresh_file", [])
        run = session.run("refresh_file.c under valgrind", command, settings, BUILD_LIMIT)
        without_loss(session, run, log, "refresh_file")


def check_panic(session: CSession) -> None:
    """a panic inside stays inside, with a build whose one more function panics"""
    target = TARGET / "panic-test"
    build = ["cargo", "build", "-q", "-p", "pinterest-oauth-ffi", "--features", "panic-test"]
    succeed([*build, "--target-dir", target], env=users(), folder=ROOT, limit=BUILD_LIMIT)
    library = installed(target / "debug", target / "stage", "panic-")
    with session.emulator() as emulator:
        session.run("panic.c", [library.program("panic")], session.settings(emulator, library))


def check_threads(session: CSession) -> None:
    """eight threads share one client"""
    program = session.library.program("threads", parts=["lineage"])
    for name, base in (("http", "BASE_URL"), ("https", "HTTPS_URL")):
        with session.emulator() as emulator:
            settings = session.settings(emulator)
            settings["BASE_URL"] = settings[base]
            run = session.run(f"threads.c over {name}", [program], settings)
            record, report = emulator.record(), session.report
            report.verdict(
                f"over {name} every request was answered and none was sent twice", answered_once(record, run)
            )
            connections = record["connections"]
            report.say(f"{connections} connections for {len(record['requests'])} requests")
            report.verdict(
                f"over {name} eight threads keep their connections",
                "" if connections <= CONNECTIONS else f"there were {connections}",
            )


def check_names(session: CSession) -> None:
    """a look-up that hangs is covered by the deadline, and by forks"""
    program = session.library.program("names")
    with session.emulator() as emulator:
        settings = session.settings(emulator)
        settings["NAMED_URL"] = settings["BASE_URL"].replace("127.0.0.1", "localhost")
        session.run("names.c", [program], settings)
