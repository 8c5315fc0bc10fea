"""The parts, in their order."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from ..session import ProveSession
from ..tally import Tally
from . import answers, clocks, forks, frozen, full, kill, logins, many, model, power


@dataclass(frozen=True)
class Part:
    """A name, a sentence, and what is done."""

    name: str
    run: Callable[[ProveSession, Tally], None]

    @property
    def sentence(self) -> str:
        """What holds."""
        return (inspect.getdoc(self.run) or self.name).splitlines()[0]


PARTS = [
    Part("kill-random", kill.kill_random),
    Part("kill-calls", kill.kill_calls),
    Part("frozen", frozen.frozen),
    Part("disk", full.disk),
    Part("power", power.power),
    Part("many", many.many),
    Part("order", many.order),
    Part("copies", many.copies),
    Part("deleted", many.deleted),
    Part("fork", forks.forks),
    Part("clock", clocks.clocks),
    Part("lost-answer", answers.lost_answer),
    Part("false-refusal", answers.false_refusal),
    Part("found-late", answers.found_late),
    Part("idle", answers.idle),
    Part("app", logins.app),
    Part("login-calls", logins.login_calls),
    Part("first-store", logins.first_store),
    Part("first-login", logins.first_login),
    Part("another-user", logins.another_user),
    Part("explore", model.explore),
    Part("mutations", model.mutations),
]
