"""Searches everything that was printed, and every error document, for secrets.

Every secret that the programs make up has the word `canary` in it; the rest is found by its shape.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

from ..session import CSession

APP_ID = "1234567"
SHAPES = re.compile(r"canary|pin[arc]_[A-Z2-7]{16}|pinr\.\w{8}|basic [a-z0-9+/]{8}", re.IGNORECASE)
ENOUGH = 30


def check_canary(session: CSession) -> None:
    """no secret is printed, and none is in an error document"""
    program = session.library.program("memory", parts=["outcomes"])
    with session.emulator() as emulator:
        for part in ("plain", "tls"):
            session.run(f"memory.c {part}", [program, part], session.settings(emulator))
    printed, report = session.printed, session.report
    secrets = printed.secrets
    one = next(iter(secrets))
    proofs = [one, f"x{_basic(one)}", "%43anary CANARY", "pina_" + "A" * 96]
    blind = [number for number, proof in enumerate(proofs) if not _finds(f'{{"message":"{proof}"}}', secrets)]
    report.verdict("the search finds a secret that is there", f"not number {blind}" if blind else "")

    count, texts = len(printed.documents), len(printed.texts)
    report.say(f"{texts} outputs, {count} error documents, {len(secrets)} app secrets of the emulator")
    report.verdict(
        "no secret is on standard output or standard error", _leaks("the output", printed.texts, secrets)
    )
    problem = _leaks("an error document", printed.documents, secrets)
    report.verdict(
        "no secret is in an error document", problem or ("" if count >= ENOUGH else f"only {count} came")
    )


def _basic(secret: str) -> str:
    return base64.b64encode(f"{APP_ID}:{secret}".encode()).decode()


def _finds(text: str, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets is in `text`, as it is or as Basic credentials."""
    shown = any(secret in text or _basic(secret).rstrip("=") in text for secret in secrets)
    return shown or SHAPES.search(text) is not None


def _leaks(kind: str, found: list[tuple[str, str]], secrets: Iterable[str]) -> str:
    """The problem, which says where but not what."""
    names = sorted({name for name, text in found if _finds(text, secrets)})
    return f"a secret is in {kind} of {', '.join(names)}" if names else ""
