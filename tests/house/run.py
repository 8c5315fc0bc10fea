#!/usr/bin/env python3
"""Each kind of change of CONTRIBUTING, done once on a copy: field.patch, setting.patch, kind.patch, endpoint.patch.

First the core's part with its tests, and what `make header` writes: every other file of the change has to be named by
the table test of its language. Then the whole: nothing may be left red.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from harness.check import Check
from harness.failure import demand, quoted
from harness.main import main
from harness.places import LIBRARY
from harness.session import Session
from house import tables, tree
from house.change import Change

SENTENCES = {
    "field": "a new form field: its files are named by the tests, and none is left red",
    "setting": "a new setting: the same",
    "kind": "a new kind of error: the same",
    "endpoint": "a new endpoint: the same",
}


def unchanged(_: Session) -> None:
    """Without a change nothing is red, so that what is named later is named because of it."""
    tree.renew()
    tables.prepare()
    red = tables.red(LIBRARY)
    demand(not red, _shown(red))


def changed(name: str, session: Session) -> str:
    """Makes the change of that name in two steps; its row of the table."""
    change = Change(name)
    tree.renew()
    tables.prepare()
    tree.apply(change.first, name)
    generated = set(tree.generated())
    red = tables.red(LIBRARY)
    said = "\n".join(red.values())
    unnamed = [file for file in change.elsewhere if file not in said]
    demand(not unnamed, f"no test names {', '.join(unnamed)}; red were: {', '.join(red)}\n{_shown(red)}")
    session.report.say(f"the core's part: {', '.join(red)} red")
    tree.apply(change.rest, name)
    generated |= set(tree.generated())
    for problem in (tables.case(change.case), tables.rust()):
        demand(not problem, f"the whole change is red:\n{quoted(problem)}")
    red = tables.red(tree.BUILD / "stage" / "lib" / LIBRARY.name)
    demand(not red, f"the whole change: still red are {', '.join(_files(red))}\n{_shown(red)}")
    touched, named = len(change.files), len(change.elsewhere)
    return f"{touched} files and {len(generated)} generated ones; {named} outside the core and the tests, all named"


def _files(red: dict[str, str]) -> list[str]:
    """The files that are named, or else the languages."""
    found = re.findall(r"\b(?:bindings|core|ffi-c|tests|include)/[\w./-]+\.\w+", "\n".join(red.values()))
    return sorted(set(found)) or list(red)


def _shown(red: dict[str, str]) -> str:
    return "\n".join(f"{language}:\n{quoted(said)}" for language, said in red.items())


CHECKS = [
    Check("unchanged", "without a change no table test is red", unchanged),
    *(Check(name, sentence, partial(changed, name)) for name, sentence in SENTENCES.items()),
]

if __name__ == "__main__":
    sys.exit(main("house", __doc__, CHECKS))
