"""Compares what a case expects with what came: exact values, matchers, subsets of objects."""

from __future__ import annotations

import base64
import binascii
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

ABSENT = object()
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "list": (list,),
}


def differences(expected: Any, got: Any, where: str = "", whole: Any = None) -> list[str]:
    """One line per difference. Objects are compared by the keys that `expected` names."""
    whole = got if whole is None else whole
    if isinstance(expected, dict):
        names = [key for key in expected if key.startswith("$")]
        if names:
            return [
                f"{where or 'answer'}: expected {name} {_short(expected[name])}, got {_short(got)}"
                for name in names
                if not MATCHERS[name](expected[name], got, whole)
            ]
        if not isinstance(got, dict):
            return [f"{where or 'answer'}: expected an object, got {_short(got)}"]
        found = []
        for key, value in expected.items():
            found += differences(value, got.get(key, ABSENT), f"{where}.{key}" if where else key, whole)
        return found
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        found = []
        for number, (value, item) in enumerate(zip(expected, got)):
            found += differences(value, item, f"{where}[{number}]", whole)
        return found
    if type(expected) is type(got) and expected == got:
        return []
    return [f"{where or 'answer'}: expected {_short(expected)}, got {_short(got)}"]


def _short(value: Any) -> str:
    if value is ABSENT:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}… ({len(text)} characters)"


def _is_type(name: Any, got: Any, _: Any) -> bool:
    return isinstance(got, TYPES[name]) and (name == "boolean" or not isinstance(got, bool))


def _is_absent(wanted: Any, got: Any, _: Any) -> bool:
    return (got is ABSENT or got is None) == bool(wanted)


def _contains(part: Any, got: Any, _: Any) -> bool:
    parts = part if isinstance(part, list) else [part]
    return isinstance(got, (str, list)) and all(item in got for item in parts)


def _lacks(part: Any, got: Any, _: Any) -> bool:
    parts = part if isinstance(part, list) else [part]
    return isinstance(got, (str, list)) and not any(item in got for item in parts)


def _matches(pattern: Any, got: Any, _: Any) -> bool:
    return isinstance(got, str) and re.fullmatch(pattern, got, re.DOTALL) is not None


def _plus(sum_of: Any, got: Any, whole: Any) -> bool:
    name, seconds = sum_of
    return isinstance(got, int) and isinstance(whole.get(name), int) and got == whole[name] + seconds


def _length(count: Any, got: Any, _: Any) -> bool:
    return isinstance(got, (str, list)) and len(got) == count


def _between(bounds: Any, got: Any, _: Any) -> bool:
    return _is_type("number", got, None) and bounds[0] <= got <= bounds[1]


def _now(tolerance: Any, got: Any, _: Any) -> bool:
    return _is_type("integer", got, None) and abs(got - time.time()) <= tolerance


def _any(choices: Any, got: Any, whole: Any) -> bool:
    return any(not differences(choice, got, whole=whole) for choice in choices)


def _only(keys: Any, got: Any, _: Any) -> bool:
    return isinstance(got, dict) and sorted(got) == sorted(keys)


def _basic(credentials: Any, got: Any, _: Any) -> bool:
    """RFC 6749, section 2.3.1: each of the two form-encoded, joined by a colon, Base64 on one line."""
    if not isinstance(got, str) or not got.startswith("Basic "):
        return False
    try:
        text = base64.b64decode(got[len("Basic ") :], validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return text.count(":") == 1 and [unquote_plus(part) for part in text.split(":")] == credentials


def _same(key: Any, got: Any, whole: Any) -> bool:
    return key in whole and got == whole[key]


def _url(parts: Any, got: Any, whole: Any) -> bool:
    """`base` is what comes before the question mark, `query` the exact decoded pairs."""
    if not isinstance(got, str):
        return False
    split = urlsplit(got)
    pairs = parse_qsl(split.query, keep_blank_values=True)
    seen = {"base": f"{split.scheme}://{split.netloc}{split.path}", "query": dict(pairs)}
    query = parts.get("query", dict(pairs))
    return len(pairs) == len(query) == len(seen["query"]) and not differences(parts, seen, whole=whole)


MATCHERS: dict[str, Callable[[Any, Any, Any], bool]] = {
    "$type": _is_type,
    "$absent": _is_absent,
    "$contains": _contains,
    "$lacks": _lacks,
    "$matches": _matches,
    "$plus": _plus,
    "$length": _length,
    "$between": _between,
    "$now": _now,
    "$any": _any,
    "$only": _only,
    "$basic": _basic,
    "$same": _same,
    "$url": _url,
}
