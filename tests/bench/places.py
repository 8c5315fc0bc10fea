"""Where the benchmarks keep what they build, apart from what the tests use."""

from __future__ import annotations

from harness.places import TARGET, TESTS

PROGRAMS = TESTS / "bench" / "programs"
RELEASE = TARGET / "release"
STAGE = TARGET / "bench-stage"
VENV = TARGET / "bench-venv"
MODULE = TARGET / "bench-powershell" / "Pinterest.OAuth"
NODE = TARGET / "bench-node"
BUILT = TARGET / "bench"
# What is measured in Rust, and the command, both optimised.
RUST = RELEASE / "pinterest-oauth-bench"
COMMAND = RELEASE / "pinterest-oauth"
PYTHON = VENV / "bin" / "python"
