"""What reached the server, compared with what a case says should have."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from .match import differences

KEYS = {"method", "path", "query", "listener", "headers", "form", "form_order", "pairs", "body"}


def received_differences(expected: list[dict[str, Any]], requests: list[dict[str, Any]]) -> list[str]:
    """One line per difference, for each request in turn."""
    found: list[str] = []
    if len(expected) != len(requests):
        found.append(f"received: expected {len(expected)} requests, got {len(requests)}")
    for number, (wanted, request) in enumerate(zip(expected, requests), start=1):
        found += differences(_exact_form(wanted), _seen(wanted, request), f"received[{number}]")
    return found


def _exact_form(wanted: dict[str, Any]) -> dict[str, Any]:
    """The form has exactly the fields that are named, each once."""
    changed = dict(wanted)
    if "form" in wanted:
        changed["form"] = {"fields": wanted["form"], "names": sorted(wanted["form"])}
    if "pairs" in wanted:
        changed["pairs"] = sorted(wanted["pairs"])
    if "headers" in wanted:
        changed["headers"] = {name.lower(): value for name, value in wanted["headers"].items()}
    return changed


def _seen(wanted: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    body = request["body"] or ""
    pairs = parse_qsl(body, keep_blank_values=True, errors="strict") if "form" in wanted else []
    headers: dict[str, Any] = {}
    for name, value in request["headers"]:
        name = name.lower()
        headers[name] = f"{headers[name]}, {value} (header sent twice)" if name in headers else value
    return {
        "method": request["method"],
        "path": request["path"],
        "query": request["query"],
        "listener": request["listener"],
        "headers": headers,
        "form": {"fields": dict(pairs), "names": sorted(name for name, _ in pairs)},
        "form_order": [pair.partition("=")[0] for pair in body.split("&")],
        "pairs": sorted(body.split("&")),
        "body": body,
    }
