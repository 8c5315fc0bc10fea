"""The suites of the project: what `make test` runs, in this order. How they are run belongs to run.py."""

from __future__ import annotations

import sys
from dataclasses import dataclass

PYTHON = sys.executable
RUFF = ("--line-length=110", "--exclude", "tests/seeds")


@dataclass(frozen=True)
class Suite:
    """Commands that run one after the other, each within `minutes`; the closing output repeats what matches `shows`.

    Those of `build` have the user's environment, because they may fetch; those of `test` the cleaned one.
    """

    name: str
    about: str
    build: tuple[tuple[str, ...], ...] = ()
    test: tuple[tuple[str, ...], ...] = ()
    minutes: int = 15
    shows: str = ""


OURS = ("bindings/python", "examples", "tests", ".ci/dist")
PHP = (
    "bindings/php",
    "bindings/php/bin/pinterest-oauth-preload",
    "examples/php",
    "tests/conformance/drivers/php",
    "tests/servers/php",
)
SYMFONY = ("bindings/php-symfony", "tests/servers/symfony")
# The command with its emulator; the C library as it is installed; the npm package.
CLI = ("cargo", "build", "--locked", "-q", "-p", "pinterest-oauth-cli")
STAGED = (CLI, ("make", "-s", "stage"))
NODE = ("node", "bindings/node/scripts/prepare.mjs")
RUST = (
    *("cargo", "test", "--locked", "-q", "--workspace"),
    *("--exclude", "pinterest-oauth-python", "--exclude", "pinterest-oauth-node"),
)
SUITES = [
    Suite(
        "lint",
        "formatting, clippy, rustdoc, ruff, mypy",
        build=(
            ("cargo", "fmt", "--all", "--check"),
            ("cargo", "clippy", "--locked", "--workspace", "--all-targets", "-q", "--", "-D", "warnings"),
            ("cargo", "doc", "--locked", "--workspace", "--no-deps", "-q"),
            (PYTHON, "-m", "ruff", "check", *RUFF, *OURS),
            (PYTHON, "-m", "ruff", "format", "--check", *RUFF, *OURS),
            (PYTHON, "-m", "mypy", "--config-file", "tests/mypy.ini", *OURS),
        ),
    ),
    Suite(
        "rust",
        "core, emulator, command; the header is up to date",
        build=((*RUST, "--no-run"),),
        test=(RUST,),
    ),
    Suite(
        "c",
        "the installed C library: ABI, bad input, threads, fork, panics, valgrind",
        build=STAGED,
        test=((PYTHON, "tests/c/run.py"),),
        minutes=20,
    ),
    Suite(
        "python",
        "the installed Python package",
        test=((PYTHON, "-m", "pytest", "-q", "-rsfE", "bindings/python/tests"),),
    ),
    Suite(
        "perl",
        "the Perl distribution, built and installed: calls, errors, redaction, fork, memory, help",
        build=STAGED,
        test=(("perl", "bindings/perl/xt/run.pl"),),
    ),
    Suite(
        "php",
        "the PHP package: PSR-12, calls, errors, redaction, Composer, fork, signals, memory",
        build=STAGED,
        test=(
            ("phpcs", "--standard=bindings/php/phpcs.xml.dist", *PHP),
            ("phpunit", "-c", "bindings/php/phpunit.xml.dist"),
        ),
    ),
    Suite(
        "symfony",
        "the Symfony bundle in a real kernel: PSR-12, requests, configuration, gateway, secrets",
        build=STAGED,
        test=(
            ("phpcs", "--standard=bindings/php-symfony/phpcs.xml.dist", *SYMFONY),
            ("phpunit", "-c", "bindings/php-symfony/phpunit.xml.dist"),
        ),
    ),
    Suite(
        "node",
        "the packed npm package: types, abort, worker threads, cluster, 100,000 calls",
        build=(CLI, NODE, ("npm", "run", "--silent", "--prefix", "bindings/node", "lint")),
        test=(("node", "bindings/node/scripts/test.mjs"),),
    ),
    Suite(
        "dotnet",
        "the C# half of the PowerShell module on .NET Core and mono: calls, errors, secrets, memory, ABI",
        build=STAGED,
        test=((PYTHON, "tests/powershell/run.py", "dotnet"),),
    ),
    Suite(
        "powershell",
        "the PowerShell module: the form of its scripts; where there is a pwsh, all of it in there",
        test=((PYTHON, "tests/powershell/run.py", "powershell"),),
        minutes=60,
    ),
    Suite(
        "servers",
        "web servers with preloading and forking, for each language that has them",
        test=((PYTHON, "tests/servers/run.py"),),
        minutes=20,
        shows=r"^ *(server .*)$",
    ),
    Suite(
        "printed",
        "what is printed runs: the documents of tests/seeds, every example, every block of the README",
        build=(*STAGED, NODE),
        test=(
            (PYTHON, "tests/printed/selftest.py"),
            (PYTHON, "tests/printed/run.py"),
        ),
        shows=r"^  ok +(\S+\.md .* → .*)$",
    ),
    Suite(
        "oracles",
        "what others wrote: Schemathesis, Prism, Pinterest's SDK",
        build=(CLI, (PYTHON, "tests/oracles/install.py")),
        test=((PYTHON, "tests/oracles/run.py"),),
        minutes=20,
    ),
    Suite(
        "emulator-page",
        "the emulator's pages in a real Chromium: clicks, secrets, foreign pages, looks",
        build=(CLI,),
        test=((PYTHON, "tests/emulator_page/run.py"),),
    ),
    Suite(
        "login",
        "logins in a real Chromium: the command, at a terminal, under attack; each language's example of a web app",
        build=(*STAGED, NODE),
        test=((PYTHON, "tests/login/run.py"),),
    ),
    Suite(
        "packages",
        "what can be said of the packages without building them: versions, licences, builds without Rust",
        test=((PYTHON, "tests/dist/quick.py"),),
    ),
    Suite(
        "dist",
        "every package, built, checked and installed in a clean Debian, without Rust and network; some built twice",
        build=(("sh", "tests/packages.sh", "dist"), (PYTHON, ".ci/dist/build.py")),
        test=(
            (PYTHON, "tests/dist/run.py", "--suites", "trixie", "--where-possible"),
            (PYTHON, ".ci/dist/reproduce.py", "--where-possible"),
        ),
        minutes=30,
        shows=r"^((?:trixie|\d+ artefacts|built twice).*)$",
    ),
    Suite(
        "selftest",
        "the harness and the conformance runner fail where they must",
        build=(CLI,),
        test=((PYTHON, "tests/harness/selftest.py"), (PYTHON, "tests/conformance/selftest.py")),
    ),
    Suite(
        "fuzz",
        "inputs that a fuzzer makes: documents, stored tokens, whole answers",
        test=((PYTHON, "tests/fuzz/run.py"),),
        minutes=30,
    ),
    Suite(
        "storm",
        "every fault against every language, with connections that are kept",
        build=(CLI,),
        test=((PYTHON, "tests/storm/run.py"),),
        minutes=30,
    ),
    Suite(
        "prove",
        "the token manager: kill -9, frozen holders, full disks, power loss, forks, clocks; no token lost",
        build=(*STAGED, NODE),
        test=((PYTHON, "tests/prove/run.py"),),
        minutes=10,
    ),
    Suite(
        "house",
        "each kind of change, made on a copy: the tests name its files, and nothing is left red",
        build=(*STAGED, NODE),
        test=((PYTHON, "tests/house/run.py"),),
        shows=r"^  ok +(a new .*)$",
    ),
    Suite(
        "conformance",
        "every case in every language",
        build=(CLI,),
        test=((PYTHON, "tests/conformance/run.py", "--build"),),
        shows=r"^(?!\$ ).*$",
    ),
]
