"""Where the sources of this suite are, and what it builds."""

from __future__ import annotations

from pathlib import Path

from support.places import ROOT, TARGET

SOURCES = Path(__file__).resolve().parent.parent / "src"
BUILD = TARGET / "tests-c"

__all__ = ["BUILD", "ROOT", "SOURCES", "TARGET"]
