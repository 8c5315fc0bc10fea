"""A patch: one kind of change, as a newcomer makes it from CONTRIBUTING. What `make header` writes is not in it."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


class Change:
    """The patch of that name, file by file."""

    def __init__(self, name: str) -> None:
        self.name = name
        text = (FOLDER / f"{name}.patch").read_text(encoding="utf-8")
        parts = re.split(r"^(?=diff --git )", text, flags=re.MULTILINE)[1:]
        self._parts = {part.split("\n", 1)[0].rpartition(" b/")[2]: part for part in parts}

    @property
    def files(self) -> list[str]:
        """All that are touched."""
        return list(self._parts)

    @property
    def elsewhere(self) -> list[str]:
        """Those that a newcomer has to be told of: not in the core, and no test."""
        return [file for file in self._parts if not self._is_first(file)]

    @property
    def first(self) -> str:
        """The part with which a change begins: the core's, and the tests."""
        return "".join(part for file, part in self._parts.items() if self._is_first(file))

    @property
    def rest(self) -> str:
        """Everything else."""
        return "".join(part for file, part in self._parts.items() if not self._is_first(file))

    @property
    def case(self) -> str:
        """Its case of the conformance matrix."""
        (case,) = (Path(file).stem for file in self._parts if file.startswith("tests/conformance/cases/"))
        return case

    @staticmethod
    def _is_first(file: str) -> bool:
        return file.startswith(("core/", "tests/")) or "/tests/" in file
