"""Programs that hold an account open, each in its language. In C, Python and Node many ask at once, elsewhere in turn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from harness.beside import Beside
from harness.failure import Failed, NotRun, demand
from harness.places import BINDINGS, LIBRARY, PYTHON, TARGET, optional
from harness.program import succeed

from .world import LIMIT, Answer, World

HERE = Path(__file__).resolve().parent
READY = "ready"


@dataclass(frozen=True)
class Language:
    """How its worker is started; the number of threads, and for C the library, follow."""

    name: str
    command: tuple[str, ...]
    after: tuple[str, ...] = ()


def c(*libraries: Path) -> Language:
    """The worker in C, with the library or with copies of it."""
    compiler = optional("cc")
    if compiler is None:
        raise NotRun("no cc")
    demand(LIBRARY.exists(), f"{LIBRARY} is missing: make stage")
    program = TARGET / "prove" / "worker"
    source = HERE / "worker.c"
    program.parent.mkdir(parents=True, exist_ok=True)
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        warnings = ["-std=c11", "-Wall", "-Wextra", "-Werror"]
        succeed([compiler, *warnings, source, "-o", program, "-pthread", "-ldl"])
    return Language("c", (str(program),), tuple(str(one) for one in libraries or (LIBRARY,)))


def python() -> Language:
    """The worker in Python, with the installed package."""
    return Language("python", (PYTHON, str(HERE / "worker.py")))


def perl() -> Language:
    """The worker in Perl, with the modules of the checkout."""
    return Language("perl", ("perl", f"-I{BINDINGS}/perl/lib", str(HERE / "worker.pl")))


def php() -> Language:
    """The worker in PHP, with the classes of the checkout."""
    return Language("php", ("php", str(HERE / "worker.php")))


def node() -> Language:
    """The worker in Node, with what was built in the checkout."""
    return Language("node", ("node", str(HERE / "worker.mjs")))


class Worker:
    """One running worker. For `with`."""

    def __init__(self, world: World, language: Language, threads: int, before: Sequence[str] = ()) -> None:
        words = [*before, *language.command, str(threads), *language.after]
        env = {**world.env, "PYTHONUNBUFFERED": "1", "PINTEREST_OAUTH_LIBRARY": str(LIBRARY)}
        self.beside = Beside(words, env=env)
        first = self.beside.ask(json.dumps(world.settings()), LIMIT)
        if first != READY:
            raise Failed(f"a worker in {language.name} said {first[:200]}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends it."""
        self.beside.close()

    def tell(self, line: str) -> None:
        """It begins."""
        self.beside.tell(line)

    def lines(self) -> list[str]:
        """What it answered."""
        said: list[str] = []
        while (line := self.beside.line(LIMIT)) != ".":
            said.append(line)
        return said

    def get(self) -> list[Answer]:
        """Every thread asks."""
        self.tell("get")
        return self.got()

    def got(self) -> list[Answer]:
        """What every thread got."""
        return [answer(line) for line in self.lines()]


def answer(line: str) -> Answer:
    """One line of a worker."""
    status, _, text = line.partition(" ")
    return Answer(int(status), text if status == "0" else "", text)
