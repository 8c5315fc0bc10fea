"""The example apps, with the process that answers in a header: what gunicorn and uvicorn serve."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

sys.path.insert(0, str(Path(__file__).parents[3] / "examples/python/web"))
sys.dont_write_bytecode = True


def flask(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    from flask_app import app  # type: ignore[import-not-found]

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, ("x-worker", str(os.getpid()))], *more)

    answer: Iterable[bytes] = app(environ, start)
    return answer


async def starlette(scope: dict[str, Any], receive: Any, send: Any) -> None:
    from starlette_app import app  # type: ignore[import-not-found]

    async def sent(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"x-worker", str(os.getpid()).encode())]
        await send(message)

    await app(scope, receive, sent)
