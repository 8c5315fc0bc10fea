"""What is done with a token manager: the public package `pinterest_oauth` and nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pinterest_oauth import Account, DueReport, Token, TokenManager


def run(operation: str, config: dict[str, Any], request: dict[str, Any]) -> Any:
    """One call on a manager that is made anew: a Token, or a document."""
    manager = TokenManager(**config)
    whose, _, method = operation.partition(".")
    if whose == "manager":
        return of_all(getattr(manager, method)(**request))
    if whose == "app":
        return {"access_token": manager.app(request["scopes"]).access_token()}
    return of_one(manager.account(request.pop("account", "default")), method, request)


def of_all(report: Any) -> dict[str, Any]:
    """The document of a report on all accounts."""
    if isinstance(report, list):
        return {"accounts": [asdict(status) for status in report]}
    if not isinstance(report, DueReport):
        return asdict(report)
    failed = [{"account": one.account, "error": json.loads(one.error.to_json())} for one in report.failed]
    return {**vars(report), "failed": failed}


def of_one(account: Account, method: str, request: dict[str, Any]) -> Any:
    """What a method of an account gives."""
    if method == "import":
        method, request = "import_token", {"token": Token.from_json(json.dumps(request["token"]))}
    answer = getattr(account, method)(**request)
    if method in ("access_token", "access_token_now", "rejected"):
        return {"access_token": answer}
    if method == "unsaved":
        return {"token": answer and answer.to_dict()}
    if answer is None or isinstance(answer, Token):
        return answer or {}
    return asdict(answer)
