"""An emulator: started, spoken to at its control port, ended. What the control port offers: tests/emulator/README.md."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from . import web
from .beside import Beside
from .environment import clean
from .failure import Failed, demand
from .places import command

REDIRECT_URI = "http://localhost:8085/"
ALL_SCOPES = "user_accounts:read,pins:read,boards:read,ads:write"


class Emulator:
    """One running emulator, for `with`. It ends when its standard input does, so it never outlives the run.

    `facts` is what it prints at its start: every address, `app_id`, `app_secret`, `ca_file`.
    """

    def __init__(self, start: Sequence[str | Path] | None = None, options: Sequence[str] = ()) -> None:
        arguments = [*(start or [command(), "emulator"]), "--json", "--until-stdin-closes", "--show-secret"]
        arguments += options
        self._beside = Beside(arguments)
        try:
            self.facts: dict[str, Any] = json.loads(self._beside.line())
        except ValueError:
            raise self._beside.failed("printed no addresses") from None
        self.base_url: str = self.facts["base_url"]
        self.oauth_url: str = self.facts["oauth_url"]
        self.app_id: str = self.facts["app_id"]
        self.app_secret: str = self.facts["app_secret"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends it."""
        self._beside.close()

    @property
    def root_url(self) -> str:
        """The address without `/v5`."""
        return self.base_url.removesuffix("/v5")

    @property
    def basic(self) -> str:
        """The app's Basic credentials, without the word Basic."""
        return base64.b64encode(f"{self.app_id}:{self.app_secret}".encode()).decode()

    def login(self, *, code: str | None = None, **more: str) -> dict[str, str]:
        """The environment of a user whose Pinterest this is; with `code`, of one who has just given access."""
        given = {} if code is None else {"PINTEREST_CODE": code}
        user = {
            "PINTEREST_APP_ID": self.app_id,
            "PINTEREST_APP_SECRET": self.app_secret,
            "PINTEREST_API_URI": self.base_url,
            "PINTEREST_OAUTH_URI": self.oauth_url,
            "PINTEREST_REDIRECT_URI": REDIRECT_URI,
            **given,
        }
        return clean(**{**user, **more})

    def control(self, method: str, path: str, document: Any = None) -> Any:
        """One call of the control port."""
        body = None if document is None else json.dumps(document)
        answer = web.request(
            method, f"{self.facts['control_url']}{path}", body, {"content-type": "application/json"}
        )
        demand(
            answer.status == 200, f"the emulator's {method} {path} answered {answer.status}: {answer.text}"
        )
        return json.loads(answer.text)

    def reset(self) -> None:
        """As it was at its start."""
        self.control("POST", "/reset")

    def switch(self, **switches: bool | str) -> None:
        """Sets switches."""
        self.control("POST", "/switches", switches)

    def script(self, *answers: dict[str, Any]) -> None:
        """What it answers to the next requests, in order."""
        self.control("POST", "/script", list(answers))

    def forget_requests(self) -> None:
        """Empties the record."""
        self.control("DELETE", "/requests")

    def record(self) -> dict[str, Any]:
        """The record: `requests`, `connections`, `total`, `script_left`."""
        record = self.control("GET", "/requests")
        assert isinstance(record, dict)
        return record

    def requests(self) -> list[dict[str, Any]]:
        """What reached it, in order."""
        requests = self.record()["requests"]
        assert isinstance(requests, list)
        return requests

    def code(self, *, redirect_uri: str = REDIRECT_URI, scope: str = ALL_SCOPES, **more: str) -> str:
        """An authorization code, as if a person had just given access."""
        asked = {"redirect_uri": redirect_uri, "scope": scope, **more}
        return str(self.control("POST", "/authorize", asked)["code"])

    def token(self) -> dict[str, Any]:
        """A token for a fresh code, got without the client under test."""
        return exchange(f"{self.base_url}/oauth/token", self.basic, self.code())


def exchange(url: str, basic: str, code: str) -> dict[str, Any]:
    """The token for a code of `Emulator.code`, got from `url` without the client under test."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI}
    answer = web.request("POST", url, urlencode(form), {**web.FORM, "authorization": f"Basic {basic}"})
    if answer.status != 200:
        raise Failed(f"a code was refused with {answer.status}: {answer.text}")
    token = json.loads(answer.text)
    assert isinstance(token, dict)
    return token
