"""Where things are in the repository. What they contain belongs to whoever reads them."""

from __future__ import annotations

from pathlib import Path

CONFORMANCE = Path(__file__).resolve().parent.parent
ROOT = CONFORMANCE.parent.parent
CASES = CONFORMANCE / "cases"
LANGUAGES = CONFORMANCE / "languages.json"
