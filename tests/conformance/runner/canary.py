"""Knows every secret that a case uses or is given, and looks for them where they must not be."""

from __future__ import annotations

import base64
import re
from typing import Any
from urllib.parse import quote, quote_plus

# A shorter secret is found in ordinary words by chance.
SHORTEST = 8
SECRET_KEYS = {"app_secret", "code", "refresh_token", "access_token", "pass", "proxy_password"}
TOKEN = re.compile(r"\bpin[arc][._][A-Za-z0-9._=+/-]{8,}")


class Canaries:
    """Secrets seen so far, in every form in which they may come out again."""

    def __init__(self) -> None:
        self._forms: dict[bytes, str] = {}

    def add(self, secret: Any, what: str) -> None:
        """Notes one secret."""
        if not isinstance(secret, str) or len(secret) < SHORTEST:
            return
        raw = secret.encode("utf-8", "surrogatepass")
        for form in (raw, quote(raw, safe="").encode(), quote_plus(raw).encode(), base64.b64encode(raw)):
            self._forms[form] = what

    def add_document(self, document: Any) -> None:
        """Notes every secret of a configuration, a request or an answer."""
        if isinstance(document, dict):
            for key, value in document.items():
                if key in SECRET_KEYS or (key == "token" and isinstance(value, str)):
                    self.add(value, key)
                self.add_document(value)
            if isinstance(document.get("app_secret"), str):
                pair = [str(document.get("app_id", "")), document["app_secret"]]
                self.add(":".join(pair), "the Basic credentials")
                self.add(":".join(map(quote_plus, pair)), "the Basic credentials")
        elif isinstance(document, list):
            for value in document:
                self.add_document(value)

    def add_tokens_of(self, text: str) -> None:
        """Notes everything in a text that looks like one of Pinterest's tokens."""
        for token in TOKEN.findall(text):
            self.add(token, "a token in the server's answer")

    def found_in(self, output: bytes) -> list[str]:
        """What is in `output` that must not be: names, never the secrets themselves."""
        return sorted({what for form, what in self._forms.items() if form in output})
