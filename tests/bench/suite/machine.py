"""What the figures depend on: machine, versions, and how busy it is meanwhile."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from .places import PYTHON
from .programs import CannotRunError, run

VERSIONS = """
import platform
from importlib.metadata import version
for name in ("pinterest-oauth", "httpx", "requests"):
    print(name, version(name), end=", ")
print("Python", platform.python_version())
"""


def facts() -> dict[str, str]:
    """For the head of the report."""
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "measured": run([PYTHON, "-c", VERSIONS]).strip() + f", libcurl {_libcurl()}",
    }


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


def _libcurl() -> str:
    try:
        return run(["curl-config", "--version"]).split()[-1]
    except CannotRunError:
        return "of an unknown version"
