"""An emulator, a store with one account, a clock that all processes read, and the command as its callers."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness import web
from harness.beside import Beside
from harness.emulator import REDIRECT_URI, Emulator
from harness.failure import demand
from harness.places import command
from harness.program import Ended, run

from .store import Kept, answers, record

MODES = ("grace", "strict", "family", "lastwins")
# In these a refresh token that was spent is worth nothing: an answer that reached nobody is gone.
SPENT = ("strict", "family")
ACCOUNT = "shop"
DAY = 86_400
# Due, and the old access token is still good; expired.
EARLY, EXPIRED = 25 * DAY, 31 * DAY
# Exit codes, which are the numbers of kinds.
GOOD, LOG_IN, UNAVAILABLE, BUSY, NOT_SAVED = 0, 20, 22, 23, 24
# After the first step of a cool-down, which is 5 s.
STEP = 6
# Real seconds after which a caller is helped by a step of the clock.
PATIENCE = 0.6
LIMIT = 120.0


@dataclass(frozen=True)
class Answer:
    """What a caller got: an access token, or an error."""

    code: int
    token: str
    said: str

    @classmethod
    def of(cls, ended: Ended) -> Answer:
        """Of a command that has ended."""
        return cls(ended.code, ended.output.strip() if ended.code == GOOD else "", ended.errors.strip())

    def __str__(self) -> str:
        return "a token" if self.code == GOOD else f"{self.code}: {self.said[-300:]}"


class World:
    """One emulator with one rotation, one store, one account that has logged in."""

    def __init__(
        self, emulator: Emulator, folder: Path, rotation: str = "grace", place: Path | None = None
    ) -> None:
        self.emulator = emulator
        self.rotation = rotation
        self.place = place or folder / "tokens"
        self.clock = folder / "clock"
        # Where copies go that the store does not take.
        self.runtime = folder / "runtime"
        self.runtime.mkdir(mode=0o700, parents=True)
        self._now = 0
        self.set_clock(0)
        emulator.switch(rotation=rotation, same_second_same_token=False)
        self.env = emulator.login(XDG_RUNTIME_DIR=str(self.runtime))
        self.login()

    # The command.

    def words(self, *words: str) -> list[str]:
        """The command with this store and clock."""
        more = ["--store", str(self.place), "--clock-offset-file", str(self.clock)]
        return [str(command()), *words, *more]

    @property
    def caller(self) -> list[str]:
        """The command that prints the account's access token."""
        return self.words("access-token", "--account", ACCOUNT)

    def settings(self) -> dict[str, Any]:
        """The same for a program that uses the library."""
        return {
            "app_id": self.emulator.app_id,
            "app_secret": self.emulator.app_secret,
            "base_url": self.emulator.base_url,
            "store": str(self.place),
            "clock_offset_file": str(self.clock),
            "trust_env": False,
        }

    def login(self) -> None:
        """A user logs in."""
        env = {**self.env, "PINTEREST_CODE": self.emulator.code()}
        words = self.words(
            "token", "authorization_code", "--account", ACCOUNT, "--redirect-uri", REDIRECT_URI
        )
        run(words, env=env, limit=LIMIT).demand_success()

    def start(self, before: Sequence[str] = ()) -> Beside:
        """A caller that runs beside; `before` are words before the command."""
        return Beside([*before, *self.caller], env=self.env)

    def ask(self, before: Sequence[str] = ()) -> Answer:
        """A caller, to its end."""
        return Answer.of(run([*before, *self.caller], env=self.env, limit=LIMIT))

    def patient(self) -> Answer:
        """A caller for whom time passes while it waits."""
        with self.start() as caller:
            end, helped = time.monotonic() + LIMIT, time.monotonic()
            while caller.running and time.monotonic() < end:
                time.sleep(0.01)
                if time.monotonic() - helped > PATIENCE:
                    helped = time.monotonic()
                    self.advance(STEP)
            return Answer.of(caller.finish(LIMIT))

    # The clock.

    def set_clock(self, seconds: int) -> None:
        """Moves the clock of all callers, and not the server's."""
        self._now = seconds
        # In its place, and always as long: who has the file open reads it, and nobody reads a part of it.
        file = os.open(self.clock, os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            os.pwrite(file, f"{seconds:>20}".encode(), 0)
        finally:
            os.close(file)

    def advance(self, seconds: int) -> None:
        """Time passes for all."""
        self.emulator.control("POST", "/clock", {"advance": seconds})
        self.set_clock(self._now + seconds)

    @property
    def now(self) -> int:
        """By how much the clock is moved, in seconds."""
        return self._now

    # What is known of the server and of the store.

    def forget(self) -> None:
        """A new count begins."""
        self.emulator.forget_requests()

    def sent(self) -> dict[str, int]:
        """How often each refresh token came."""
        counts = self.emulator.control("GET", "/counts")["refresh_tokens"]
        return {str(token): int(number) for token, number in counts.items()}

    @property
    def posts(self) -> int:
        """Refreshes that came."""
        return sum(self.sent().values())

    @property
    def issued(self) -> int:
        """Refreshes that made a token, whether or not its answer was begun, or read by anybody."""
        made = [one for one in self.emulator.requests() if one["path"].endswith("/oauth/token")]
        return sum(one["answered"] in {200, None} for one in made)

    def accepts(self, token: str) -> bool:
        """Whether the server takes this access token."""
        address = f"{self.emulator.base_url}/user_account"
        return web.request("GET", address, headers={"authorization": f"Bearer {token}"}).status == 200

    def record(self) -> Kept:
        """The record."""
        return record(self.place)

    def kept(self) -> list[Kept]:
        """The record, and whole answers that are in no record yet."""
        return [self.record(), *answers(self.place, self.runtime / "pinterest-oauth")]

    def status(self) -> dict[str, Any]:
        """What the command says of the account."""
        ended = run(self.words("status", "--account", ACCOUNT, "--json"), env=self.env, limit=LIMIT)
        status = json.loads(ended.demand_success())
        assert isinstance(status, dict)
        return status

    def fresh(self) -> Kept:
        """An account that can be refreshed: logs in again where it must. The record."""
        if self.record().state != "ready":
            self.login()
        demand(self.record().state == "ready", "a login does not make an account ready")
        return self.record()
