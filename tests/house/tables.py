"""The table test of each language, run in the copy of the project."""

from __future__ import annotations

from pathlib import Path

from harness.environment import clean
from harness.places import PYTHON, command
from harness.program import run, succeed

from .tree import BUILD, LIMIT, TREE, built

BINDINGS = TREE / "bindings"
PACKAGE = BINDINGS / "python" / "python"
NODE = BINDINGS / "node"
POWERSHELL = BINDINGS / "powershell"


def prepare() -> None:
    """Python's native half is the one that is installed: it knows no field and no kind by name."""
    find = "import pinterest_oauth._native as native; print(native.__file__)"
    native = PACKAGE / "pinterest_oauth" / "_native.abi3.so"
    if not native.is_symlink():
        native.symlink_to(succeed([PYTHON, "-c", find]).strip())


def red(library: Path) -> dict[str, str]:
    """The languages whose table test fails with this C library, each with what it says."""
    ours = {
        "PINTEREST_OAUTH_LIBRARY": str(library),
        "PINTEREST_OAUTH_COMMAND": str(command()),
        "CARGO_TARGET_DIR": str(BUILD),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HEADER": str(TREE / "include" / "pinterest_oauth.h"),
        "CHECKOUT": str(TREE),
    }
    pytest: list[str | Path] = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    compiled: list[list[str | Path]] = [
        [POWERSHELL / "build.sh", library],
        [POWERSHELL / "tests" / "build.sh", "tests", *sorted((POWERSHELL / "tests" / "dotnet").glob("*.cs"))],
    ]
    languages: dict[str, list[list[str | Path]]] = {
        "c": [[PYTHON, "tests/c/run.py", "--only", "table", "--stage", library.parents[1]]],
        "python": [[*pytest, "bindings/python/tests/test_table.py"]],
        "perl": [["prove", "-Ibindings/perl/lib", "bindings/perl/xt/documents.t"]],
        "php": [["phpunit", "-c", "bindings/php/phpunit.xml.dist", "bindings/php/tests/TableTest.php"]],
        "symfony": [
            [
                "phpunit",
                "-c",
                "bindings/php-symfony/phpunit.xml.dist",
                "bindings/php-symfony/tests/TableTest.php",
            ]
        ],
        "node": [
            ["node", NODE / "node_modules" / "typescript" / "bin" / "tsc", "-p", NODE],
            ["node", "--test", NODE / "test" / "table.test.mjs"],
        ],
        "dotnet": [*compiled, ["mono", BUILD / "dotnet-tests" / "tests.dll", "table"]],
    }
    found = {}
    for language, commands in languages.items():
        python = {"PYTHONPATH": str(PACKAGE)} if language == "python" else {}
        for words in commands:
            ended = run(words, env=clean(**ours, **python), folder=TREE, limit=LIMIT)
            if ended.code != 0:
                found[language] = ended.said
                break
    return found


def rust() -> str:
    """What the core, the command and the C library's own tests say where they are red."""
    crates = ["-p", "pinterest-oauth", "-p", "pinterest-oauth-ffi", "-p", "pinterest-oauth-cli"]
    tests = ["--lib", "--test", "house", "--test", "exit_codes"]
    ended = built(["cargo", "test", "--locked", "-q", *crates, *tests])
    return ended.said if ended.code else ""


def case(name: str) -> str:
    """What the runner says where the case is red. It builds the C library and stages it."""
    words = ["--build", "--case", name, "--languages", "rust,c,perl,php,dotnet"]
    runner = [PYTHON, "tests/conformance/run.py", *words, "--emulator-cmd", f"{command()} emulator"]
    ended = built(runner)
    return ended.said if ended.code else ""
