"""The example of the documentation compiles as it says and does what it says."""

from __future__ import annotations

import subprocess
from pathlib import Path

from support.emulator import Emulator

from ..bench import Bench
from ..compiler import STRICT, tool
from ..places import BUILD, ROOT
from ..programs import noisy_environment
from ..statuses import NAMES

REDIRECT_URI = "https://example.com/callback"
LIMIT = 60


def check(bench: Bench) -> None:
    """Runs `examples/c/token.c` with a fresh code, and with the same code again."""
    BUILD.mkdir(parents=True, exist_ok=True)
    program = BUILD / "example-token"
    source = str(ROOT / "examples" / "c" / "token.c")
    flags = bench.compiler.pkg_config("--cflags", "--libs")
    tool("gcc", "-std=c11", *STRICT, source, "-o", str(program), *flags)
    with bench.emulator() as emulator:
        ask = {"redirect_uri": REDIRECT_URI, "scope": "pins:read"}
        code = emulator.control("POST", "/authorize", ask)["code"]
        first = run(bench, emulator, program, code)
        said = first.stdout.splitlines()
        good = (
            first.returncode == 0
            and [line.split()[0] for line in said] == ["code", "refresh", "The"]
            and said[0].split()[1:] != said[1].split()[1:]
            and not first.stderr
        )
        bench.report.verdict("a code becomes a token, which is refreshed", "" if good else first.stderr)
        again = run(bench, emulator, program, code)
        good = again.returncode == NAMES.index("invalid_grant") and again.stderr.startswith("invalid_grant: ")
        bench.report.verdict("a code that was used is refused, in words", "" if good else again.stderr)
        bench.printed.secrets |= {code, emulator.facts["app_secret"]}


def run(bench: Bench, emulator: Emulator, program: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Runs the example in an environment as a user would set it."""
    settings = {
        "LD_LIBRARY_PATH": str(bench.compiler.stage / "lib"),
        "PINTEREST_APP_ID": emulator.facts["app_id"],
        "PINTEREST_APP_SECRET": emulator.facts["app_secret"],
        "PINTEREST_API_URI": emulator.facts["base_url"],
        "PINTEREST_CODE": code,
        "PINTEREST_REDIRECT_URI": REDIRECT_URI,
    }
    done = subprocess.run(
        [str(program)],
        env={**noisy_environment(), **settings},
        timeout=LIMIT,
        check=False,
        capture_output=True,
        text=True,
    )
    bench.printed.texts += [("token.c", done.stdout), ("token.c", done.stderr)]
    return done
