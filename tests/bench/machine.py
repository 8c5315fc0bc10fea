"""What the figures depend on: machine, versions, and how busy it is meanwhile."""

from __future__ import annotations

import os
import platform
import re
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from harness.failure import Failed
from harness.places import ROOT
from harness.program import succeed

from .language import Language

CLOCK = Path("/sys/devices/system/clocksource/clocksource0/current_clocksource")


def facts(languages: Iterable[Language]) -> dict[str, str]:
    """For the head of the report."""
    return {
        "version": tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["workspace"]["package"]["version"],
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release().split('-')[0]}",
        "clock source": clock(),
        **{language.name: _versions(language) for language in languages},
    }


def clock() -> str:
    """What tells the time: `tsc` and `kvm-clock` are read in user space, without a system call."""
    return CLOCK.read_text(encoding="ascii").strip() if CLOCK.exists() else "not known"


def busy(when: str) -> list[str]:
    """A warning when others used the machine during the last minute."""
    load = os.getloadavg()[0]
    if load < 0.5:
        return []
    return [f"load average {load:.1f} at the {when}: others use this machine, trust the ratios at most"]


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found.group(1) if found else platform.machine()


def _versions(language: Language) -> str:
    try:
        return succeed(language.versions).strip()
    except Failed as problem:
        raise Failed(f"{language.name}: {problem}\n`make packages` installs what Debian has") from None
