"""What lies in a store: records, and answers that are in no record yet. Read from outside, without the library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.failure import Failed


@dataclass(frozen=True)
class Kept:
    """A record, or a whole answer."""

    document: dict[str, Any]

    @property
    def generation(self) -> int:
        """How many tokens the account has had."""
        return int(self.document["generation"])

    @property
    def revision(self) -> int:
        """How often the record was written."""
        return int(self.document["revision"])

    @property
    def access_token(self) -> str:
        """The access token; empty where there is none."""
        return str((self.document["token"] or {}).get("access_token", ""))

    @property
    def attempt(self) -> Any:
        """The refresh under way, or None."""
        return self.document["attempt"]

    @property
    def state(self) -> str:
        """`ready`, `needs_login` or `pending`."""
        return str(self.document["state"])


def record(place: Path) -> Kept:
    """The record of the one account of the store at `place`. Fails where it cannot be read."""
    found = list(place.glob("store/records/*/*.json"))
    if len(found) != 1:
        raise Failed(f"the store has {len(found)} records, not one")
    text = found[0].read_text(encoding="utf-8")
    try:
        return Kept(json.loads(_without_room(text)))
    except ValueError:
        raise Failed(f"the record cannot be read: {len(text)} characters") from None


def answers(*places: Path) -> list[Kept]:
    """Whole answers in files of attempts and in copies, in a store and in folders for copies."""
    return [Kept(document) for place in places for document in _whole(place)]


def _without_room(text: str) -> str:
    """What stands before room that was reserved, or was cut off without the journal having it yet: blanks and zeros."""
    return text.rstrip(" \0\n")


def _whole(place: Path) -> Iterator[dict[str, Any]]:
    for path in [
        *place.glob("store/records/*/*.try"),
        *place.glob("store/records/*/*.copy"),
        *place.glob("*.*.*"),
    ]:
        try:
            document = json.loads(_without_room(path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            continue  # Room, a cut answer, or gone meanwhile.
        if isinstance(document, dict) and "generation" in document:
            yield document
