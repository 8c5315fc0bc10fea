"""What a run found: target/prove/table.md for people, target/prove.json for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from harness.places import TARGET

from . import events
from .session import ProveSession


def write(session: ProveSession) -> None:
    """What is known so far."""
    folder = TARGET / "prove"
    folder.mkdir(parents=True, exist_ok=True)
    tallies = session.tallies
    rows = events.rows(tallies)
    document = {
        "full": session.full,
        "seed": session.seed,
        "parts": {name: tally.document() for name, tally in tallies.items()},
        "events": {names: went for names, _, _, went in rows},
    }
    (TARGET / "prove.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    parts = [
        (
            name,
            f"{tally.events:,}",
            tally.not_run or f"{len(tally.lost)}",
            tally.rate,
            f"{tally.logins}",
            f"{len(tally.wrong)}",
            f"{tally.seconds:.0f}",
        )
        for name, tally in tallies.items()
    ]
    ran = [tally for tally in tallies.values() if tally.expiries]
    total = (
        "all",
        f"{sum(tally.events for tally in tallies.values()):,}",
        f"{sum(len(tally.lost) for tally in tallies.values())}",
        f"{sum(tally.posts for tally in ran) / max(1, sum(tally.expiries for tally in ran)):.2f}",
        f"{sum(tally.logins for tally in tallies.values())}",
        f"{sum(len(tally.wrong) for tally in tallies.values())}",
        f"{sum(tally.seconds for tally in tallies.values()):.0f}",
    )
    heads = (
        "part",
        "events tried",
        "tokens lost",
        "requests per expiry",
        "unavoidable logins",
        "wrong",
        "seconds",
    )
    size = "the whole" if session.full else "a few of each"
    text = [
        f"# The token manager, proved: {size}, seed {session.seed}",
        "",
        "An unavoidable login: the server had spent the refresh token, and its answer reached nobody.",
        "",
        *table(heads, [*parts, total]),
        "",
        *table(("event", "what happens", "shown by", "in this run"), rows),
    ]
    (folder / "table.md").write_text("\n".join(text) + "\n", encoding="utf-8")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines]
