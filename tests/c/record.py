"""What the emulator's record tells about calls of many processes and threads."""

from __future__ import annotations

from typing import Any

from .programs import Run


def answered_once(record: dict[str, Any], run: Run) -> str:
    """The problem if the requests that arrived are not the calls that were made, one each, all answered with 200."""
    made = sum(int(said.split()[1]) for said in run.said if said.startswith("calls "))
    requests = record["requests"]
    if record["total"] != len(requests):
        return "the record is not complete"
    if made == 0 or made != len(requests):
        return f"{made} calls were made, {len(requests)} requests arrived"
    refused = sum(request["answered"] != 200 for request in requests)
    return f"{refused} were refused" if refused else ""


def shared_connections(record: dict[str, Any]) -> str:
    """The problem if one connection served two askers (two processes, that is)."""
    askers: dict[int, set[str]] = {}
    for request in record["requests"]:
        form = dict(request["form"])
        if "asker" not in form:
            return "a request does not say who asks"
        askers.setdefault(request["connection"], set()).add(form["asker"])
    if not askers:
        return "no request arrived"
    shared = {number: sorted(names) for number, names in askers.items() if len(names) > 1}
    return f"shared: {shared}" if shared else ""
