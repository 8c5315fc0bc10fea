"""The driver of the path `python-async`: the public `AsyncClient`, in the protocol of the conformance drivers."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys

from pinterest_oauth import AsyncClient, PinterestOAuthError

logging.basicConfig(level=logging.DEBUG)


async def main() -> None:
    """Three lines in, one line out, until standard input ends. One client makes every call."""
    client: AsyncClient | None = None
    with os.fdopen(int(os.environ["CONFORMANCE_FD"]), "w", encoding="utf-8") as results:
        for _ in sys.stdin:
            config, request = json.loads(sys.stdin.readline()), json.loads(sys.stdin.readline())
            client = client or AsyncClient(**config)
            try:
                token = await client.oauth_token(**request)
                answer = json.dumps({"answer": vars(token.answer)})
                line = f'{{"ok":{token.to_json()[:-1]},{answer[1:]}}}'
            except PinterestOAuthError as error:
                line = f'{{"error":{error.to_json()}}}'
            print(line, file=results, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
