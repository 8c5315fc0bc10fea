"""What stands in the logger `pinterest_oauth`: a line for each call, and what token managers did."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import Logger
    from typing import Any

    from ._answer import Answer
    from ._errors import PinterestOAuthError

# The numbers of logging, which is not imported for them.
_LEVELS = {"info": 20, "warning": 30, "error": 40}


def succeeded(logger: Logger, answer: Answer) -> None:
    """Tell of a call that gave what it was to give."""
    _write(logger, answer, "ok")


def failed(logger: Logger, error: PinterestOAuthError) -> None:
    """Tell of a call that failed; where nothing was to be sent, there is nothing to tell."""
    answer: Answer | None = getattr(error, "answer", None)
    if answer is not None:
        _write(logger, answer, f"{error.kind}, {error.outcome}")


def _write(logger: Logger, answer: Answer, outcome: str) -> None:
    said = "no answer" if answer.status is None else answer.status
    line = "%s %s %s in %d ms, request id %s, attempts %d: %s"
    facts = (answer.method, answer.path, said, answer.milliseconds, answer.request_id, answer.attempts)
    logger.debug(line, *facts, outcome, extra={"answer": answer, "outcome": outcome}, stacklevel=3)


def managers(logger: Logger, lines: list[dict[str, Any]]) -> None:
    """Tell what token managers did: documents `log_line`."""
    for line in lines:
        said = f"{line['account'] or 'the app'}: {line.pop('message')}"
        if line["request_id"] is not None:
            said += f", request id {line['request_id']}"
        logger.log(_LEVELS[line.pop("level")], "%s", said, extra=line, stacklevel=2)
