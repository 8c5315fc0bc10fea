"""The suites of the project: what `make test` runs, in this order. How they are run belongs to run.py."""

from __future__ import annotations

import sys
from dataclasses import dataclass

PYTHON = sys.executable
RUFF = ("--line-length=110", "--exclude", "tests/seeds")


@dataclass(frozen=True)
class Suite:
    """Commands that run one after the other, each within `minutes`; the closing output repeats what matches `shows`."""

    name: str
    about: str
    commands: tuple[tuple[str, ...], ...]
    minutes: int = 15
    shows: str = ""


# Our own Python: checked by ruff, and from these programs on by mypy.
OURS = ("bindings/python", "examples", "tests")
PROGRAMS = (
    "examples/demo.py",
    "examples/python/token.py",
    "tests/run.py",
    "tests/examples.py",
    "tests/bench/run.py",
    "tests/c/run.py",
    "tests/conformance/run.py",
    "tests/documents/selftest.py",
    "tests/oracles/run.py",
    "tests/powershell/run.py",
    "tests/servers/run.py",
)
PHP = (
    "bindings/php",
    "bindings/php/bin/pinterest-oauth-preload",
    "examples/php",
    "tests/conformance/drivers/php",
    "tests/servers/php",
)
SYMFONY = ("bindings/php-symfony", "tests/servers/symfony")
# The command with its emulator, and the C library as it is installed.
CLI = ("cargo", "build", "--locked", "-q", "-p", "pinterest-oauth-cli")
STAGED = (CLI, ("make", "-s", "stage"))
SUITES = [
    Suite(
        "lint",
        "formatting, clippy, rustdoc, ruff, mypy",
        (
            ("cargo", "fmt", "--all", "--check"),
            ("cargo", "clippy", "--locked", "--workspace", "--all-targets", "-q", "--", "-D", "warnings"),
            ("cargo", "doc", "--locked", "--workspace", "--no-deps", "-q"),
            (PYTHON, "-m", "ruff", "check", *RUFF, *OURS),
            (PYTHON, "-m", "ruff", "format", "--check", *RUFF, *OURS),
            *((PYTHON, "-m", "mypy", "--strict", "--no-error-summary", program) for program in PROGRAMS),
        ),
    ),
    Suite(
        "rust",
        "core, emulator, command; the header is up to date",
        (
            (
                *("cargo", "test", "--locked", "-q", "--workspace"),
                *("--exclude", "pinterest-oauth-python", "--exclude", "pinterest-oauth-node"),
            ),
        ),
    ),
    Suite(
        "c",
        "the installed C library: ABI, bad input, threads, fork, panics, valgrind",
        (
            *STAGED,
            (PYTHON, "tests/c/run.py"),
        ),
        20,
    ),
    Suite(
        "python",
        "the installed Python package",
        ((PYTHON, "-m", "pytest", "-q", "-rs", "bindings/python/tests"),),
    ),
    Suite(
        "perl",
        "the Perl distribution, built and installed: calls, errors, redaction, fork, memory, help",
        (
            *STAGED,
            ("perl", "bindings/perl/xt/run.pl"),
        ),
    ),
    Suite(
        "php",
        "the PHP package: PSR-12, calls, errors, redaction, Composer, fork, signals, memory",
        (
            *STAGED,
            ("phpcs", "--standard=bindings/php/phpcs.xml.dist", *PHP),
            ("phpunit", "-c", "bindings/php/phpunit.xml.dist"),
        ),
    ),
    Suite(
        "symfony",
        "the Symfony bundle in a real kernel: PSR-12, requests, configuration, gateway, secrets",
        (
            *STAGED,
            ("phpcs", "--standard=bindings/php-symfony/phpcs.xml.dist", *SYMFONY),
            ("phpunit", "-c", "bindings/php-symfony/phpunit.xml.dist"),
        ),
    ),
    Suite(
        "node",
        "the packed npm package: types, abort, worker threads, cluster, 100,000 calls",
        (
            CLI,
            ("node", "bindings/node/scripts/prepare.mjs"),
            ("npm", "run", "--silent", "--prefix", "bindings/node", "lint"),
            ("node", "bindings/node/scripts/test.mjs"),
        ),
    ),
    Suite(
        "dotnet",
        "the C# half of the PowerShell module on .NET Core and mono: calls, errors, secrets, memory, ABI",
        (
            *STAGED,
            (PYTHON, "tests/powershell/run.py", "dotnet"),
        ),
    ),
    Suite(
        "powershell",
        "the PowerShell module: the form of its scripts; where there is a pwsh, all of it in there",
        ((PYTHON, "tests/powershell/run.py", "powershell"),),
        60,
    ),
    Suite(
        "servers",
        "web servers with preloading and forking, for each language that has them",
        ((PYTHON, "tests/servers/run.py"),),
        20,
        shows=r"^server .*$",
    ),
    Suite(
        "documents",
        "the examples of tests/seeds, as printed and with the fields they leave out",
        (
            *STAGED,
            ("node", "bindings/node/scripts/prepare.mjs"),
            (PYTHON, "tests/documents/selftest.py"),
            (PYTHON, "tests/documents/run.py"),
        ),
        shows=r"^\S+\.md: .*$|^.* → .*$",
    ),
    Suite("examples", "every example and every block of the README", ((PYTHON, "tests/examples.py"),)),
    Suite(
        "oracles",
        "what others wrote: Schemathesis, Prism, Pinterest's SDK",
        ((PYTHON, "tests/oracles/run.py"),),
        20,
    ),
    Suite(
        "selftest", "the conformance runner fails where it must", ((PYTHON, "tests/conformance/selftest.py"),)
    ),
    Suite(
        "conformance",
        "every case in every language",
        ((PYTHON, "tests/conformance/run.py", "--build"),),
        shows=r"^(?!\$ | +Finished| +Compiling|installed ).*$",
    ),
]
