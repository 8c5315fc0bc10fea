"""Searches everything that was printed, and every error document, for secrets.

Every secret that the programs make up has the word `canary` in it; the rest is found by its shape.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

from ..bench import Bench

APP_ID = "1234567"
SHAPES = re.compile(r"canary|pin[arc]_[A-Z2-7]{16}|pinr\.\w{8}|basic [a-z0-9+/]{8}", re.IGNORECASE)
ENOUGH = 30


def finds(text: str, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets is in `text`, as it is or as Basic credentials."""
    if SHAPES.search(text):
        return True
    for secret in secrets:
        basic = base64.b64encode(f"{APP_ID}:{secret}".encode()).decode().rstrip("=")
        if secret in text or basic in text:
            return True
    return False


def leaks(kind: str, found: list[tuple[str, str]], secrets: Iterable[str]) -> str:
    """The problem, which says where but not what."""
    names = sorted({name for name, text in found if finds(text, secrets)})
    return f"a secret is in {kind} of {', '.join(names)}" if names else ""


def check(bench: Bench) -> None:
    """Runs the program with every way to end, whose server repeats what it was sent; then searches all."""
    program = bench.compiler.program("memory", parts=["outcomes"])
    with bench.emulator() as emulator:
        for part in ("plain", "tls"):
            bench.run(f"memory.c {part}", [program, part], bench.settings(emulator))
    printed, report = bench.printed, bench.report
    secrets = printed.secrets
    one = next(iter(secrets))
    proofs = [
        one,
        f"x{base64.b64encode(f'{APP_ID}:{one}'.encode()).decode()}",
        "%43anary CANARY",
        "pina_" + "A" * 96,
    ]
    blind = [number for number, proof in enumerate(proofs) if not finds(f'{{"message":"{proof}"}}', secrets)]
    report.verdict("the search finds a secret that is there", f"not number {blind}" if blind else "")

    count, texts = len(printed.documents), len(printed.texts)
    report.say(f"{texts} outputs, {count} error documents, {len(secrets)} app secrets of the emulator")
    report.verdict(
        "no secret is on standard output or standard error", leaks("the output", printed.texts, secrets)
    )
    problem = leaks("an error document", printed.documents, secrets)
    report.verdict(
        "no secret is in an error document", problem or ("" if count >= ENOUGH else f"only {count} came")
    )
