"""What a part did: events tried, tokens lost, requests for each expiry, and what else was wrong."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

MOST = 20


@dataclass
class Tally:
    """Counts of one part; several threads may use it."""

    events: int = 0
    expiries: int = 0
    posts: int = 0
    logins: int = 0
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    not_run: str = ""
    ran: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def expiry(self, posts: int) -> None:
        """A token became due, and so many requests were made for it."""
        with self._lock:
            self.expiries += 1
            self.posts += posts

    def event(self) -> None:
        """Something was done to a process, a disk or a clock."""
        with self._lock:
            self.events += 1

    def login(self) -> None:
        """A login that no client can avoid."""
        with self._lock:
            self.logins += 1

    def token_lost(self, how: str) -> None:
        """A token that was issued, or a store, is gone."""
        with self._lock:
            self.lost.append(how)

    def must(self, holds: bool, otherwise: str) -> None:
        """Notes `otherwise` as wrong unless it holds."""
        if not holds:
            with self._lock:
                self.wrong.append(otherwise)

    @property
    def good(self) -> bool:
        """Whether nothing was lost or wrong."""
        return not self.lost and not self.wrong

    @property
    def rate(self) -> str:
        """Requests for each expiry."""
        return f"{self.posts / self.expiries:.2f}" if self.expiries else "-"

    def problem(self) -> str:
        """All that is lost or wrong, for people; empty where all is well."""
        all_of = [f"LOST {text}" for text in self.lost] + self.wrong
        more = [f"and {len(all_of) - MOST} more"] if len(all_of) > MOST else []
        return "\n".join(all_of[:MOST] + more)

    def detail(self) -> str:
        """One line of counts."""
        return (
            f"{self.events:,} events, {len(self.lost)} tokens lost, {self.rate} requests per expiry"
            f"{f', {self.logins} logins that no client can avoid' if self.logins else ''}"
        )

    def document(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "events": self.events,
            "expiries": self.expiries,
            "posts": self.posts,
            "unavoidable_logins": self.logins,
            "seconds": round(self.seconds, 1),
            "lost": self.lost,
            "wrong": self.wrong,
            "not_run": self.not_run,
        }
