"""maturin, after one look at whether there is a Rust that can build this: else pip would show a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys

RUST = (1, 88)


def _demand_rust() -> None:
    """End the build with one sentence where Rust is missing or too old."""
    needs = f"pinterest-oauth is built from source here, which needs Rust {RUST[0]}.{RUST[1]} or newer"
    instead = "install it (https://rustup.rs), or install a wheel, which needs none"
    try:
        said = subprocess.run(  # noqa: S603 - what the user's environment names
            [os.environ.get("CARGO", "cargo"), "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        sys.exit(f"{needs}, and cargo cannot be run: {instead}.")
    found = re.match(r"cargo (\d+)\.(\d+)", said)
    if found and tuple(map(int, found.groups())) < RUST:
        sys.exit(f"{needs}, and this is {found[1]}.{found[2]}: {instead}.")


_demand_rust()

from maturin import *  # noqa: E402, F403
