"""An emulator, a folder for tokens, and a clock that moves both."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pinterest_oauth import Account, TokenManager

if TYPE_CHECKING:
    from pinterest_oauth.emulator import Emulator

PAGE = "http://localhost:8085/"
DAY = 86_400


class World:
    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator, self.folder = emulator, folder
        self.clock = Path(emulator.clock_file)

    @property
    def settings(self) -> dict[str, Any]:
        return {
            **self.emulator.settings(),
            "store": self.folder / "tokens",
            "clock_offset_file": self.clock,
        }

    @property
    def environment(self) -> dict[str, str]:
        """For another process."""
        return {**os.environ, **self.emulator.environment()}

    def manager(self, **more: Any) -> TokenManager:
        return TokenManager(**{**self.settings, **more})

    def logged_in(self, name: str = "shop-42") -> Account:
        account = self.manager().account(name)
        account.login(self.code(), PAGE)
        return account

    def code(self) -> str:
        return self.emulator.authorize(redirect_uri=PAGE)["code"]

    def passes(self, seconds: int) -> None:
        """Time passes for the emulator, for this process and for all others."""
        self.emulator.advance(seconds)

    def refreshes(self) -> int:
        """How many refreshes came."""
        return sum(self.emulator.counts()["refresh_tokens"].values())
