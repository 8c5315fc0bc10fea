"""What every Python suite under tests/ is made of. Standard library only.

A suite is a package of its own name (`c`, `oracles`, `servers` …) with a `run.py`. All of one, with one check:

    #!/usr/bin/env python3
    \"""The weather at the emulator.\"""

    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # tests/, where `harness` is

    from harness.check import collect
    from harness.failure import demand
    from harness.main import main
    from harness.program import run
    from harness.session import Session


    def check_token(session: Session) -> str:
        \"""the command prints a token without its secret\"""
        with session.emulator() as emulator:
            ended = run([*COMMAND, "token", "client_credentials"], env=emulator.login())
            ended.demand_success()
            demand(emulator.app_secret not in ended.said, "the secret shows")
            return f"{len(emulator.requests())} request"  # a detail, or nothing


    if __name__ == "__main__":
        sys.exit(main("weather", __doc__, collect(sys.modules[__name__])))

It prints

    token: the command prints a token without its secret
      ok    the command prints a token without its secret (1 request)
      0.1 s

    weather: 1 passed, 0 failed

and ends with 0, with 1 where a check failed or none passed. `--list`, `--only WORD` and `--emulator-cmd` are there.

check        a check: a function `check_NAME` whose docstring is its sentence, or a `Check` made from a table
main         the command line of a suite
session      what a check is given: the report, a folder that is removed after it, emulators
report       what passed, what failed, what was not run; the closing lines
reasons      why a suite failed: the lines with which `tests/run.py` ends
failure      `Failed`, `NotRun`, `demand`
program      runs a program to its end
beside       a program that runs beside a check and ends with it
emulator     an emulator: its addresses, its control port, its record, the login of a user
web          one HTTP request; a click on the consent page
environment  the one cleaned environment; `tests/run.py` starts every suite in it
places       where things are

A check fails when it raises, or when it notes a `bad` verdict in `session.report`. It may note any number of
verdicts; where it notes none, its own sentence is what holds. A check that needs a program which is not there
raises `NotRun`. A suite that needs more than a `Session` passes a subclass to `main`.
"""
