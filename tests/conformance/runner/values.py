"""Placeholders and repetitions: what a case writes, turned into what is used."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Callable
from typing import Any

from harness.failure import Failed

PLACEHOLDER = re.compile(r"\{\{([a-z0-9_.+]+)\}\}")
SHIFTED = re.compile(r"(now|http_date)(?:\+(\d+))?")


class UnknownPlaceholder(Failed):
    """A case names something that does not exist."""


class Values:
    """What placeholders stand for: fixed values, values made when first named, answers of earlier steps."""

    def __init__(self, fixed: dict[str, Any], made: dict[str, Callable[[], str]]) -> None:
        self._fixed = fixed
        self._made = made
        self._steps: list[Any] = []

    def set(self, values: dict[str, Any]) -> None:
        """Gives placeholders a new meaning from here on."""
        self._fixed.update(values)

    def add_step(self, answer: Any) -> None:
        """Notes a step's answer: `{{step1.…}}`, and `{{token}}` with its parts if it holds a token."""
        self._steps.append(answer)
        if isinstance(answer, dict) and "access_token" in answer:
            self._fixed["token"] = answer
            for part in ("access_token", "refresh_token"):
                self._fixed[part] = answer.get(part)

    def _look_up(self, name: str) -> Any:
        shifted = SHIFTED.fullmatch(name)
        if shifted:
            moment = int(time.time()) + int(shifted[2] or 0)
            return str(moment) if shifted[1] == "now" else email.utils.formatdate(moment, usegmt=True)
        step, _, key = name.partition(".")
        if step.startswith("step") and step[4:].isdigit() and 0 < int(step[4:]) <= len(self._steps):
            answer = self._steps[int(step[4:]) - 1]
            if not key:
                return answer
            if isinstance(answer, dict) and key in answer:
                return answer[key]
        if name in self._made and name not in self._fixed:
            self._fixed[name] = self._made[name]()
        if self._fixed.get(name) is None:
            raise UnknownPlaceholder(f"{{{{{name}}}}} stands for nothing here")
        return self._fixed[name]

    def fill(self, value: Any) -> Any:
        """`value` with every placeholder and `$repeat` replaced, at any depth."""
        if isinstance(value, dict):
            if set(value) == {"$repeat"}:
                text, count = value["$repeat"]
                return self.fill(text) * count
            return {key: self.fill(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.fill(item) for item in value]
        if not isinstance(value, str):
            return value
        whole = PLACEHOLDER.fullmatch(value)
        if whole:
            return self._look_up(whole[1])
        return PLACEHOLDER.sub(lambda found: str(self._look_up(found[1])), value)


def without_absent(document: dict[str, Any]) -> dict[str, Any]:
    """`document` without the keys that a case takes away with `{"$absent": true}`."""
    return {key: value for key, value in document.items() if value != {"$absent": True}}
