"""The statuses, in the order of their numbers, from the documents of the project."""

from __future__ import annotations

import json

from harness.places import ROOT

TABLE = json.loads((ROOT / "include" / "documents.json").read_text(encoding="utf-8"))
NUMBERS = {"ok": 0} | {kind["name"]: kind["number"] for kind in TABLE["kinds"]}
