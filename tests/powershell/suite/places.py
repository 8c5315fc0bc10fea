"""Where things are."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from support.places import ROOT, TARGET

BINDING = ROOT / "bindings" / "powershell"
TESTS = BINDING / "tests"
CONFORMANCE = ROOT / "tests" / "conformance"
EXAMPLE = ROOT / "examples" / "powershell" / "token.ps1"
HEADER = ROOT / "include" / "pinterest_oauth.h"
SEED = ROOT / "tests" / "seeds" / "powershell-client.md"
MODULE = Path(os.environ.get("POWERSHELL_MODULE") or TARGET / "powershell" / "Pinterest.OAuth")
PWSH = os.environ.get("PWSH") or shutil.which("pwsh")
