"""typescript-client.md: the npm package as it is packed, installed beside the example; `tsc --strict`, then node."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.places import ROOT

from .client_example import ClientExample
from .failure import demand
from .program import Finished, run, surroundings
from .seed import Substitution

PACKAGE = ROOT / "bindings" / "node"
TSC = PACKAGE / "node_modules" / ".bin" / "tsc"
OPTIONS = ("--strict", "--target", "es2022", "--module", "nodenext", "--types", "node")


def _install(folder: Path) -> None:
    """The package from its tarball, as a user installs it."""
    demand(TSC.exists(), "the package is not built: node bindings/node/scripts/prepare.mjs")
    environment = surroundings()
    packed = run(
        ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), str(PACKAGE)],
        environment,
        folder,
    )
    packed.demand_success("npm pack")
    (folder / "package.json").write_text('{"private": true, "type": "module"}\n', encoding="utf-8")
    flags = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]
    tarballs = [str(file) for file in folder.glob("*.tgz")]
    run(["npm", "install", "--silent", *flags, *tarballs], environment, folder).demand_success("npm install")
    shutil.copytree(PACKAGE / "node_modules" / "@types", folder / "node_modules" / "@types")
    shutil.copytree(PACKAGE / "node_modules" / "undici-types", folder / "node_modules" / "undici-types")


def _run(program: str, folder: Path, environment: dict[str, str]) -> Finished:
    _install(folder)
    (folder / "example.ts").write_text(program, encoding="utf-8")
    compiled = run([str(TSC), *OPTIONS, "example.ts"], surroundings(), folder)
    compiled.demand_success("tsc --strict")
    return run(["node", "example.js"], environment, folder)


DOCUMENT = ClientExample(
    file="typescript-client.md",
    language="TypeScript",
    fence="typescript",
    outside=(
        Substitution(
            "import { createConfiguration, OauthApi } from '';",
            "import { createConfiguration, OauthApi } from 'pinterest-oauth';",
        ),
        Substitution(
            "import type { OauthApiOauthTokenRequest } from '';",
            "import type { OauthApiOauthTokenRequest } from 'pinterest-oauth';",
        ),
    ),
    fields=(
        Substitution(
            'grantType: "authorization_code",',
            'grantType: "authorization_code",'
            " code: process.env.PINTEREST_CODE, redirectUri: process.env.PINTEREST_REDIRECT_URI,",
        ),
    ),
    refusal=("InvalidArgumentError: code and redirectUri are required",),
    token=("API called successfully. Returned data: ", "[redacted]"),
    run=_run,
    refused=1,
)
