"""Why a suite failed: a line for each of its failures, found in what it printed."""

from __future__ import annotations

import re

WIDTH = 240
MOST = 6
LAST = 4
REASON = re.compile(
    r"""
      ^(?:FAILED|ERROR)\ \S.*$                    # our own suites; pytest
    | ^thread\ '.+'.*\ panicked\ at\ .*\n.+$      # cargo test
    | ^\#\s+Failed\ test\ .*(?:\n\#\s+at\ .*)?$   # Perl
    | ^\d+\)\ \S+::.*(?:\n.+)?$                   # PHPUnit
    | ^(?:\S+:\ )?error(?:\[\w+\]|\ TS\d+)?:\ .+$ # compilers, linters
    | ^ended\ after\ \d+\ minutes$                # run.py
    """,
    re.MULTILINE | re.VERBOSE,
)


def reasons(output: str) -> list[str]:
    """One line for each failure, or the last lines of a suite that names none."""
    found = list(dict.fromkeys(map(one_line, REASON.findall(output))))
    if not found:
        return [one_line(line) for line in output.splitlines() if line.strip()][-LAST:]
    more = [f"and {len(found) - MOST} more"] if len(found) > MOST else []
    return found[:MOST] + more


def one_line(text: str) -> str:
    """A text as one line: how it begins, and of a long one also how it ends, where a program says what went wrong."""
    lines = [" ".join(line.split())[:WIDTH] for line in text.splitlines() if line.strip()]
    return " … ".join(dict.fromkeys([*lines[:1], *lines[-1:]]))
