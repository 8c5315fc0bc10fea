"""Starts the emulator and speaks with its ports, with nothing of the client under test."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import urlencode

from .child import Child
from .failure import demand
from .plain_http import call

START_LIMIT = 30.0
REDIRECT_URI = "http://localhost:8085/"
ALL_SCOPES = "user_accounts:read,pins:read,boards:read,ads:write"


class Emulator:
    """One running emulator, for use with `closing`."""

    def __init__(self, command: list[str]) -> None:
        self._child = Child([*command, "--json", "--until-stdin-closes", "--show-secret"])
        try:
            urls = json.loads(self._child.line(START_LIMIT))
        except ValueError:
            raise self._child.failed("printed no addresses") from None
        self.close = self._child.close
        self.base_url: str = urls["base_url"]
        self.app_id: str = urls["app_id"]
        self.app_secret: str = urls["app_secret"]
        self._control_url: str = urls["control_url"]

    @property
    def root_url(self) -> str:
        """The address without `/v5`."""
        return self.base_url[: -len("/v5")]

    @property
    def config(self) -> dict[str, Any]:
        """How a client of ours is made for it."""
        return {"app_id": self.app_id, "app_secret": self.app_secret, "base_url": self.base_url}

    def control(self, method: str, path: str, document: Any = None) -> Any:
        """One call of the control port."""
        body = None if document is None else json.dumps(document)
        status, text = call(self._control_url, method, path, body, {"content-type": "application/json"})
        demand(status == 200, f"the emulator's {method} {path} answered {status}: {text}")
        return json.loads(text)

    def code(self) -> str:
        """An authorization code, as if a person had just given access."""
        asked = {"redirect_uri": REDIRECT_URI, "scope": ALL_SCOPES, "state": "of-no-interest"}
        return str(self.control("POST", "/authorize", asked)["code"])

    def token(self) -> dict[str, Any]:
        """A token for a code, fetched without the client under test."""
        form = {"grant_type": "authorization_code", "code": self.code(), "redirect_uri": REDIRECT_URI}
        pair = base64.b64encode(f"{self.app_id}:{self.app_secret}".encode()).decode()
        headers = {"content-type": "application/x-www-form-urlencoded", "authorization": f"Basic {pair}"}
        status, text = call(self.root_url, "POST", "/v5/oauth/token", urlencode(form), headers)
        demand(status == 200, f"the emulator refused a code of its own with {status}: {text}")
        token = json.loads(text)
        assert isinstance(token, dict)
        return token

    def requests(self) -> list[dict[str, Any]]:
        """What reached it, in order."""
        requests = self.control("GET", "/requests")["requests"]
        assert isinstance(requests, list)
        return requests
