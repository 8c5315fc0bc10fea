"""What became of the calls of one path."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

# What must be zero, and what each means.
FAULTS = {
    "hung": "it ended later than its deadline allows",
    "twice": "what one call sends arrived twice",
    "wrong": "it gave a token that the answer did not hold, says `revoked` of what was refused, or `not_sent` of what arrived",
    "lost": "the request arrived, the answer held a token, and the call gave none, or no success",
    "secrets": "a secret showed in an error, in what the program printed, or in the list of processes",
    "broken": "the program ended, or blames its caller or itself",
}
EXAMPLES = 12


class Tally:
    """Counts, safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.calls = 0
        self.outcomes: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self._examples: dict[str, Counter[str]] = {name: Counter() for name in FAULTS}
        self.seconds = 0.0

    def call(self, outcome: str) -> None:
        """A call ended so."""
        with self._lock:
            self.calls += 1
            self.outcomes[outcome] += 1

    def fault(self, name: str, what: str) -> None:
        """Something that must not be; `what` never holds a secret."""
        assert name in FAULTS
        with self._lock:
            self.faults[name] += 1
            self._examples[name][what] += 1

    def examples(self, name: str) -> list[str]:
        """What was counted there."""
        return list(self._examples[name])

    def document(self) -> dict[str, Any]:
        """For target/storm.json."""
        return {
            "calls": self.calls,
            "outcomes": dict(sorted(self.outcomes.items())),
            **{name: self.faults[name] for name in FAULTS},
            "seconds": round(self.seconds, 1),
            "examples": {name: dict(seen.most_common()) for name, seen in self._examples.items() if seen},
        }

    def problem(self) -> str:
        """What must not be and is, in words; empty where all is well."""
        lines = []
        for name, means in FAULTS.items():
            if self.faults[name]:
                lines.append(f"{name}: {self.faults[name]} of {self.calls} calls: {means}")
                common = self._examples[name].most_common(EXAMPLES)
                lines += [f"    {count} times: {what}" for what, count in common]
        return "\n".join(lines)
