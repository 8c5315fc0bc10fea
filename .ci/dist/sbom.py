"""Bills of materials in CycloneDX 1.5: what is linked into a package, and what it needs where it is installed."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

from places import AUTHORS, commit, linked, output, version

NAMESPACE = uuid.UUID("5a7b3a52-6b4f-5a0e-9c3a-0e3c6f6d9b11")


def _crate(each: dict[str, Any]) -> dict[str, Any]:
    purl = f"pkg:cargo/{each['name']}@{each['version']}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": each["name"],
        "version": each["version"],
        "licenses": [{"expression": (each["license"] or "").replace("/", " OR ")}],
        "purl": purl,
    }


def document(name: str, purl: str, package: str | None, triple: str, needs: tuple[str, ...] = ()) -> str:
    """The bill of one artefact. `package` is the crate of ours that it holds; `needs` are purls beside it."""
    components = [_crate(each) for each in linked(package, triple)] if package else []
    if package:
        release = re.sub(r"^rustc ([\d.]+).*", r"\1", output(["rustc", "--version"]).strip())
        components.append(
            {"type": "library", "bom-ref": "rust-std", "name": "rust-std", "version": release,
             "licenses": [{"expression": "MIT OR Apache-2.0"}]}
        )  # fmt: skip
    components += [
        {"type": "library", "bom-ref": need, "name": need.split("/", 1)[1], "purl": need, "scope": "required"}
        for need in needs
    ]
    made, date = commit()
    stamp = output(["date", "-u", "-d", f"@{date}", "+%Y-%m-%dT%H:%M:%SZ"]).strip()
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{purl} {made}')}",
        "version": 1,
        "metadata": {
            "timestamp": stamp,
            "authors": [{"name": AUTHORS}],
            "component": {
                "type": "library", "bom-ref": purl, "name": name, "version": version(), "purl": purl,
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
            },
        },
        "components": components,
        "dependencies": [{"ref": purl, "dependsOn": [each["bom-ref"] for each in components]}],
    }  # fmt: skip
    return json.dumps(told, indent=1) + "\n"


def write(to: Path, purl: str, package: str | None, triple: str, needs: tuple[str, ...] = ()) -> None:
    """Beside an artefact: NAME.cdx.json."""
    text = document(to.name, purl, package, triple, needs)
    to.with_name(f"{to.name}.cdx.json").write_text(text, encoding="utf-8")
