"""Starts Prism, as a mock server or as a validating proxy, and reads its verdict in its log."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Self

from harness import web
from harness.beside import Beside
from harness.failure import demand
from harness.places import TESTS

from . import install

START_LIMIT = 60.0
LOG_LIMIT = 20.0
LISTENING = re.compile(r"Prism is listening on (http://[0-9.:]+)")
ARRIVED = "Request received"
# What Prism writes when a request or an answer is not as described, whether or not it passes it on.
COMPLAINT = re.compile(r"violation|terminated with error", re.IGNORECASE)


class Prism:
    """One running Prism, for `with`. It is started, but not waited for."""

    def __init__(self, description: str, folder: Path, upstream: str | None = None) -> None:
        file = folder / f"prism-{time.monotonic_ns()}.yaml"
        file.write_text(description, encoding="utf-8")
        node, entry = install.prism()
        mode = ["mock", str(file)]
        if upstream is not None:
            mode = ["proxy", str(file), upstream, "--validate-request", "true"]
        preload = ["--require", str(TESTS / "oracles" / "programs" / "until_stdin_closes.cjs")]
        self._beside = Beside([node, *preload, entry, *mode, "--port", "0", "--errors"], folder=folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.close()

    @property
    def root_url(self) -> str:
        """Where it listens. Waits until it does."""
        log = self._beside.output_when(lambda log: bool(LISTENING.search(log)), START_LIMIT)
        if found := LISTENING.search(log):
            return found[1]
        raise self._beside.failed("(Prism) does not listen")

    def verdict(self, requests: int) -> None:
        """Fails unless exactly so many requests came until now, and nothing was wrong with any or its answer.

        A bad request of the suite's own follows them: Prism must complain of it, which shows that it does
        complain, and that what it had to say of the others has been read.
        """
        web.request("POST", f"{self.root_url}/v5/oauth/token", "grant_type=no-such-grant", web.FORM)

        def judged(log: str) -> bool:
            sections = log.split(ARRIVED)
            return len(sections) > requests + 1 and bool(COMPLAINT.search(sections[-1]))

        log = self._beside.output_when(judged, LOG_LIMIT)
        _, *sections = log.split(ARRIVED)
        came = len(sections) - 1
        demand(came == requests, f"{came} requests went through Prism, not {requests}")
        demand(judged(log), "Prism does not complain of a bad request")
        lines = [line.strip() for section in sections[:-1] for line in section.splitlines()]
        complaints = [line for line in lines if COMPLAINT.search(line)]
        demand(not complaints, "Prism complains:\n" + "\n".join(complaints))
