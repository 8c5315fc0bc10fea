"""The driver of the path `python-async`: the public `AsyncClient`, in the protocol of the conformance drivers."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys

from pinterest_oauth import AsyncClient, PinterestOAuthError, Token

logging.basicConfig(level=logging.DEBUG)


async def main() -> None:
    """Three lines in, one line out, until standard input ends. One client makes every call."""
    client: AsyncClient | None = None
    with os.fdopen(int(os.environ["CONFORMANCE_FD"]), "w", encoding="utf-8") as results:
        for operation in sys.stdin:
            config, request = json.loads(sys.stdin.readline()), json.loads(sys.stdin.readline())
            client = client or AsyncClient(**config)
            try:
                ended = await getattr(client, operation.strip().removeprefix("reuse:"))(**request)
                if isinstance(ended, Token):
                    answer = json.dumps({"answer": vars(ended.answer)})
                    line = f'{{"ok":{ended.to_json()[:-1]},{answer[1:]}}}'
                else:
                    line = json.dumps({"ok": {"answer": vars(ended)}})
            except PinterestOAuthError as error:
                line = f'{{"error":{error.to_json()}}}'
            print(line, file=results, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
