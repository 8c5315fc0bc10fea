"""powershell-client.md: the module in bindings/powershell, where a PowerShell is found."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from support.places import TARGET

from .client_example import ClientExample
from .program import Finished, run
from .seed import Substitution

# The folder above the module's, so that the module is found by its name.
MODULES = Path(os.environ.get("POWERSHELL_MODULE") or TARGET / "powershell" / "Pinterest.OAuth").parent


def _pwsh() -> str | None:
    return os.environ.get("PWSH") or shutil.which("pwsh")


def _not_run() -> str | None:
    return None if _pwsh() else "powershell: not run (no pwsh)"


def _run(program: str, folder: Path, environment: dict[str, str]) -> Finished:
    file = folder / "example.ps1"
    # The example keeps its result in a variable: shown at the end, as a user would to see it.
    file.write_text(f"{program}\nWrite-Host $Result\n", encoding="utf-8")
    found = {"PSModulePath": str(MODULES), "POWERSHELL_TELEMETRY_OPTOUT": "1", "NO_COLOR": "1"}
    command = [str(_pwsh()), "-NoProfile", "-NonInteractive", "-File", str(file)]
    return run(command, {**environment, **found}, folder)


DOCUMENT = ClientExample(
    file="powershell-client.md",
    language="PowerShell",
    fence="powershell",
    outside=(
        Substitution(
            '$Configuration.Username = "YOUR_USERNAME"', "$Configuration.Username = $env:PINTEREST_APP_ID"
        ),
        Substitution(
            '$Configuration.Password = "YOUR_PASSWORD"', "$Configuration.Password = $env:PINTEREST_APP_SECRET"
        ),
    ),
    fields=(
        Substitution(
            "Invoke-OauthToken -GrantType $GrantType\n",
            "Invoke-OauthToken -GrantType $GrantType"
            " -Code $env:PINTEREST_CODE -RedirectUri $env:PINTEREST_REDIRECT_URI\n",
        ),
    ),
    refusal=(
        "Response headers: ",
        "Exception occurred when calling Invoke-OauthToken: ",
        "code and redirect_uri are required for grant_type authorization_code",
    ),
    token=("Pinterest.OAuth.Token (hidden)",),
    run=_run,
    not_run=_not_run,
)
