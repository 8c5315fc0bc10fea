"""The links of the project's documents: each relative one leads to a file, and each anchor to a heading of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from harness.failure import Failed, demand
from harness.places import ROOT, TARGET, TESTS
from harness.session import Session

# Copies of what others wrote keep their links; the rest is built or fetched.
LEFT_OUT = (TARGET, TESTS / "seeds")
FENCED = re.compile(r"^( *)(```|~~~).*?^\1\2 *$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)|(?:href|src|srcset)=\"([^\"\s]+)")
HEADING = re.compile(r"^#{1,6} +(.*?)(?: +#+)?$", re.MULTILINE)


def check_links(_: Session) -> str:
    """every relative link and anchor of the project's documents leads somewhere"""
    broken, number = [], 0
    for document in sorted(documents()):
        for link in links(document.read_text(encoding="utf-8")):
            number += 1
            if problem := wrong(document, link):
                broken.append(f"{document.relative_to(ROOT)}: {link}: {problem}")
    if broken:
        raise Failed("\n".join(broken))
    demand(number >= 40, f"{number} links were found")
    return f"{number} links"


def documents() -> Iterator[Path]:
    """Every page of the project."""
    open_folders = [ROOT]
    while open_folders:
        for entry in open_folders.pop().iterdir():
            if entry.is_dir():
                if entry not in LEFT_OUT and entry.name != "node_modules" and not entry.name.startswith("."):
                    open_folders.append(entry)
            elif entry.suffix == ".md":
                yield entry


def links(text: str) -> list[str]:
    """The relative links of a page; what is code is none."""
    found = [markdown or html for markdown, html in LINK.findall(CODE.sub("", FENCED.sub("", text)))]
    return [link for link in found if not re.match(r"[a-z][a-z+.-]*:|//", link)]


def wrong(document: Path, link: str) -> str:
    """What is wrong with a link of this page; nothing where it leads somewhere."""
    path, _, anchor = link.partition("#")
    to = (document.parent / unquote(path)).resolve() if path else document
    if not to.is_relative_to(ROOT) or not to.exists():
        return "there is no such file"
    if anchor and to.suffix == ".md" and unquote(anchor) not in anchors(to):
        return "there is no such heading"
    return ""


@cache
def anchors(document: Path) -> set[str]:
    """The names of a page's headings, as code hosting sites make them."""
    found: dict[str, int] = {}
    names = set()
    for heading in HEADING.findall(FENCED.sub("", document.read_text(encoding="utf-8"))):
        shown = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
        name = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        times = found[name] = found.get(name, -1) + 1
        names.add(f"{name}-{times}" if times else name)
    return names
