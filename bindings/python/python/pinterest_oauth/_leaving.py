"""The end of a process: a refresh that was sent is stored, although nobody waits for it any more."""

from __future__ import annotations

import atexit
import os
import sys

from ._native import finish

_children: set[int] = set()


def begin() -> None:
    """Let the normal end of this process wait."""
    atexit.register(finish)


def left() -> None:
    """Note that somebody went away: a child of multiprocessing, which ends without atexit, waits as well."""
    util = sys.modules.get("multiprocessing.util")
    if util is not None and os.getpid() not in _children:
        _children.add(os.getpid())
        util.Finalize(None, finish, exitpriority=0)
