"""Patches that each take a rule away, tried in a copy of what is committed: a test has to notice."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .places import ROOT, TARGET


class Copy:
    """The copy, with one patch in it, and cargo's target folder for it."""

    def __init__(self, folder: Path, target: Path, settings: Mapping[str, str]) -> None:
        self._folder = folder
        self._env = {**os.environ, **settings, "CARGO_TARGET_DIR": str(target)}
        subprocess.run(["git", "clone", "-q", "--shared", ROOT, folder], check=True)

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """One command in the copy."""
        return subprocess.run(
            command, cwd=self._folder, env=self._env, capture_output=True, text=True, check=False
        )

    def take(self, patch: Path) -> bool:
        """Takes the patch in place of the one before; whether it applies."""
        self.run(["git", "checkout", "-q", "."]).check_returncode()
        return self.run(["git", "apply", "--recount", patch]).returncode == 0


def main(
    about: str, folder: Path, tried: Callable[[Copy, Path], str], settings: Mapping[str, str] | None = None
) -> int:
    """Every patch of a folder, one after the other; 0 where `tried` answers each with `red`, and what noticed it."""
    parser = argparse.ArgumentParser(
        description=about, allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="WORD", help="only patches with it in their name")
    parser.add_argument("--target", type=Path, default=TARGET / "mutations", help="cargo's target folder")
    chosen = parser.parse_args()
    patches = sorted(path for path in folder.glob("*.patch") if chosen.only in path.name)
    missed = 0
    with tempfile.TemporaryDirectory() as place:
        copy = Copy(Path(place) / "copy", chosen.target, settings or {})
        for patch in patches:
            came = tried(copy, patch) if copy.take(patch) else "does not apply"
            missed += not came.startswith("red")
            print(f"{patch.stem}: {came}", flush=True)
    print(f"{len(patches)} mutations, {missed} not noticed")
    return 1 if missed or not patches else 0
