"""The fixture `pinterest_emulator`, in a pytest of its own, as users have it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAMED = """
import pinterest_oauth

seen = []

def test_it_is_there(pinterest_emulator, monkeypatch):
    for name, value in pinterest_emulator.environment().items():
        monkeypatch.setenv(name, value)
    assert pinterest_oauth.Client().oauth_token("client_credentials").access_token
    pinterest_emulator.switches(rotation="strict")
    seen.append(pinterest_emulator.base_url)

def test_it_is_the_same_and_as_at_its_start(pinterest_emulator):
    assert pinterest_emulator.requests() == []
    assert pinterest_emulator.switches()["rotation"] == "grace"
    assert seen == [pinterest_emulator.base_url]
"""
NOT_NAMED = """
import sys

def test_nothing_is_started():
    assert "pinterest_oauth.emulator" not in sys.modules
"""


def run(tmp_path: Path, program: str, *options: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "test_of_a_user.py").write_text(program)
    command = [sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider", *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path, env=environment)


def test_a_test_has_the_emulator_by_its_name(tmp_path: Path) -> None:
    ran = run(tmp_path, NAMED)
    assert "2 passed" in ran.stdout, ran.stdout + ran.stderr


def test_without_its_name_nothing_is_started(tmp_path: Path) -> None:
    ran = run(tmp_path, NOT_NAMED)
    assert "1 passed" in ran.stdout, ran.stdout + ran.stderr


def test_it_is_listed_with_its_help(tmp_path: Path) -> None:
    ran = run(tmp_path, NOT_NAMED, "--fixtures")
    assert "pinterest_emulator" in ran.stdout
    assert "Pinterest's OAuth server on this machine" in ran.stdout
