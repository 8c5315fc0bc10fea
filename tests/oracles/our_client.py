"""Our client, in a process of the Python that has our package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from harness.beside import Beside
from harness.failure import Failed, demand
from harness.places import TESTS

# Shorter than a `Beside` waits: a call that hangs is reported by the client itself.
TIMEOUT = 20.0


class Refused(Failed):
    """Our client raised its exception; `document` is its error document."""

    def __init__(self, document: dict[str, Any]) -> None:
        # Where Prism says what was wrong.
        told = [value for name, value in document.get("headers") or [] if name == "sl-violations"]
        said = [f"our client raised {document.get('kind')}: {document.get('message')}", *told]
        super().__init__("\n".join(said))
        self.document = document


class OurClient:
    """One process of it, for `with`."""

    def __init__(self, python: Path) -> None:
        demand(python.is_file(), f"there is no Python at {python}; name one that has our package by --python")
        self._beside = Beside([python, TESTS / "oracles" / "programs" / "client.py"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.close()

    def call(self, config: dict[str, Any], method: str, *arguments: Any, **keywords: Any) -> dict[str, Any]:
        """The answer document; `{}` where the method returns nothing. Raises `Refused`."""
        settings = {"trust_env": False, "timeout": TIMEOUT, **config}
        asked = {"config": settings, "method": method, "arguments": arguments, "keywords": keywords}
        answer = json.loads(self._beside.ask(json.dumps(asked)))
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["answer"] or {}

    def refusal(
        self, config: dict[str, Any], method: str, *arguments: Any, **keywords: Any
    ) -> dict[str, Any]:
        """The error document of a call that must not succeed."""
        try:
            self.call(config, method, *arguments, **keywords)
        except Refused as refused:
            return refused.document
        raise Failed(f"{method} succeeded, where it must fail")
