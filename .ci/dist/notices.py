#!/usr/bin/env python3
"""The licence texts of what is linked into a package: notices.py PACKAGE [ARCH] prints them."""

from __future__ import annotations

import hashlib
import html
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

from places import HERE, linked, output, platform

# Licences that ask for a notice and nothing else. Another one is a decision, and then a line here.
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
}
TEXT = re.compile(r"^(licen[cs]e|copying|notice|unlicense|copyright)", re.IGNORECASE)
# What no list of crates names, and what crates forgot: texts kept here.
KEPT = HERE / "licences"


def permitted(expression: str) -> bool:
    """Whether an SPDX expression can be met with licences of the list alone."""
    expression = expression.replace("/", " OR ").strip()
    if (whole := re.fullmatch(r"\((.*)\)", expression)) and _balanced(whole[1]):
        expression = whole[1]
    for word, combine in ((" AND ", all), (" OR ", any)):
        parts = _split(expression, word)
        if len(parts) > 1:
            return combine(permitted(part) for part in parts)
    return expression in ALLOWED


def _balanced(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            return False
    return depth == 0


def _split(expression: str, word: str) -> list[str]:
    """At a word that stands in no parentheses. OR binds looser than AND, and a chain of both has parentheses here."""
    parts, depth, part = list[str](), 0, ""
    for token in re.split(rf"({re.escape(word)}|[()])", expression):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == word and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += token
    return [*parts, part]


def refused(crates: list[dict[str, Any]]) -> list[str]:
    """Crates whose licence is not permitted."""
    return [
        f"{each['name']} {each['version']}: {each['license']}"
        for each in crates
        if not permitted(each["license"] or "none")
    ]


def texts(crate: dict[str, Any]) -> list[str]:
    """The licence texts of a crate: its own, or those that are kept here under its name."""
    folder = Path(crate["manifest_path"]).parent
    found = [path for path in sorted(folder.iterdir()) if path.is_file() and TEXT.match(path.name)]
    named = folder / crate["license_file"] if crate.get("license_file") else None
    if named and named.is_file() and named not in found:
        found.append(named)
    kept = [KEPT / f"{crate['name']}.txt", *KEPT.glob(f"{crate['name'].split('-')[0]}-family.txt")]
    found = found or [path for path in kept if path.is_file()]
    return [path.read_text(encoding="utf-8", errors="replace").strip() for path in found]


@cache
def rust() -> str:
    """What Rust's own library asks for: the toolchain brings it."""
    sysroot = Path(output(["rustc", "--print", "sysroot"]).strip())
    page = sysroot / "share" / "doc" / "rust" / "COPYRIGHT-library.html"
    if not page.is_file():
        raise SystemExit(f"{page} is missing: the toolchain brings it, in its part rust-docs or cargo-doc")
    text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\n\s*\n+", "\n\n", html.unescape(text)).strip()


@cache
def zig() -> dict[str, str]:
    """What zig links in: its compiler_rt, and LLVM's unwinder."""
    (packages,) = Path(output([HERE / "tools.sh"]).strip()).glob("lib/python3*/site-packages/ziglang")
    return {
        name: (packages / file).read_text(encoding="utf-8").strip()
        for name, file in {
            "compiler_rt of zig (MIT)": "LICENSE",
            "libunwind (Apache-2.0 WITH LLVM-exception)": "lib/libunwind/LICENSE.TXT",
        }.items()
    }


def third_party(package: str, triple: str) -> str:
    """The whole of THIRD-PARTY-LICENSES.txt for what is linked into a package of ours."""
    crates = [each for each in linked(package, triple) if each["source"]]
    if bad := refused(crates):
        raise SystemExit("licences that are not in .ci/dist/notices.py: " + "; ".join(bad))
    missing = [f"{each['name']} {each['version']}" for each in crates if not texts(each)]
    if missing:
        raise SystemExit(f"no licence text: {', '.join(missing)}; put one into .ci/dist/licences")
    users: dict[str, list[str]] = {}
    known: dict[str, str] = {}
    for each in crates:
        for text in texts(each):
            key = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
            known.setdefault(key, text)
            users.setdefault(key, []).append(f"{each['name']} {each['version']} ({each['license']})")
    parts = [
        "Software by others is linked into this package. Its licences ask that these texts come along.",
        *(f"{'-' * 78}\n{chr(10).join(users[key])}\n\n{text}" for key, text in known.items()),
        f"{'-' * 78}\nRust's standard library (MIT OR Apache-2.0) and what is linked into it\n\n{rust()}",
        *(f"{'-' * 78}\n{name}\n\n{text}" for name, text in zig().items()),
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    print(third_party(sys.argv[1], platform((sys.argv[2:] or ["x86_64"])[0]).triple), end="")
