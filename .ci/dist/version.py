#!/usr/bin/env python3
"""The version, everywhere it is written: version.py checks it, version.py NEW [--date YYYY-MM-DD] sets it.

Cargo.toml has it; the places below have to say the same. Setting it dates the changelogs, and wants something in
"Unreleased". There are no pre-releases: registries do not agree on how they are written.
"""

from __future__ import annotations

import argparse
import datetime
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
UNRELEASED = "## [Unreleased]\n"


def _whole(version: str) -> str:
    return version


def _perl(version: str) -> str:
    """Decimal, as Perl compares: one digit for the second part, two for the third."""
    major, minor, patch = version.split(".")
    return f"{major}.{minor}{int(patch):02d}"


def _minor(version: str) -> str:
    return version.rsplit(".", 1)[0]


# Files, what stands around the version in them, and how it is written there.
PLACES: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("Cargo.toml", r'^version = "([^"]+)"', _whole),
    ("Cargo.toml", r'path = "[^"]+", version = "([^"]+)"', _whole),
    ("Cargo.lock", r'^name = "pinterest-oauth[^"]*"\nversion = "([^"]+)"', _whole),
    ("bindings/node/package.json", r'^  "version": "([^"]+)"', _whole),
    ("bindings/perl/lib/**/*.pm", r"^our \$VERSION\s*= '([^']+)'", _perl),
    ("bindings/powershell/module/Pinterest.OAuth.psd1", r"ModuleVersion\s*= '([^']+)'", _whole),
    ("bindings/php-symfony/composer.json", r'"pinterest-oauth/pinterest-oauth": "\^([^"]+)"', _minor),
    (
        "bindings/php-symfony/tests/PackageTest.php",
        r"'pinterest-oauth/(?:server-bundle|pinterest-oauth)' => '(\d[^']+)'",
        _whole,
    ),
)


def current() -> str:
    """The one of Cargo.toml."""
    found = re.search(PLACES[0][1], (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


def differing(version: str) -> list[str]:
    """Places that say something else, or nothing."""
    wrong = []
    for pattern, expression, written in PLACES:
        for file in sorted(ROOT.glob(pattern)):
            found = re.findall(expression, file.read_text(encoding="utf-8"), re.MULTILINE)
            name = file.relative_to(ROOT)
            wrong += [
                f"{name} says {each}, not {written(version)}" for each in found if each != written(version)
            ]
            if not found:
                wrong.append(f"{name} says no version")
    return wrong


def put(version: str) -> None:
    """Writes it everywhere."""
    for pattern, expression, written in PLACES:
        for file in sorted(ROOT.glob(pattern)):
            text = file.read_text(encoding="utf-8")
            changed = re.sub(
                expression,
                lambda found: found[0].replace(found[1], written(version)),  # noqa: B023 - called at once
                text,
                flags=re.MULTILINE,
            )
            file.write_text(changed, encoding="utf-8")
    subprocess.run(["cargo", "update", "--workspace", "--offline", "--quiet"], cwd=ROOT, check=True)


def date_changelogs(version: str, date: str) -> None:
    """What was unreleased is this version; Perl's own list has a line more."""
    file = ROOT / "CHANGELOG.md"
    before, _, after = file.read_text(encoding="utf-8").partition(UNRELEASED)
    file.write_text(f"{before}{UNRELEASED}\n## [{version}] - {date}\n{after}", encoding="utf-8")
    file = ROOT / "bindings" / "perl" / "Changes"
    head, _, rest = file.read_text(encoding="utf-8").partition("\n\n")
    line = f"{_perl(version)} {date} ({version} of the project)"
    undated = f"{_perl(version)} ({version} of the project)"
    if undated in rest:
        rest = rest.replace(undated, line)
    else:
        rest = f"{line}\n    - What changed: CHANGELOG.md of the project.\n\n{rest}"
    file.write_text(f"{head}\n\n{rest}", encoding="utf-8")


def refusal(new: str) -> str:
    """Why this cannot be the next version; nothing where it can."""
    if not re.fullmatch(r"\d+\.\d\.\d{1,2}", new):
        return f"{new} is not MAJOR.MINOR.PATCH with one digit for MINOR and two for PATCH at most, as Perl's needs"
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if f"## [{new}]" in text:
        return f"CHANGELOG.md has {new} already"
    if tuple(map(int, new.split("."))) < tuple(map(int, current().split("."))):
        return f"{new} is before {current()}"
    unreleased = text.partition(UNRELEASED)[2].partition("\n## ")[0]
    if not re.search(r"^- ", unreleased, re.MULTILINE):
        return "CHANGELOG.md has nothing under Unreleased"
    return ""


def main() -> int:
    """Checks or sets; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("new", nargs="?")
    parser.add_argument("--date", default=datetime.datetime.now(datetime.UTC).date().isoformat())
    options = parser.parse_args()
    if options.new:
        if problem := refusal(options.new):
            sys.exit(problem)
        put(options.new)
        date_changelogs(options.new, options.date)
    wrong = differing(current())
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(current() if not wrong else f"{len(wrong)} places differ from Cargo.toml's {current()}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
