"""Calls as coroutines of asyncio. Imported with the first such call, so that nobody else pays for it."""

from asyncio import get_running_loop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Future

    from ._native import _Call


async def finish(call: "_Call") -> object:
    """Make the call and wait for its answer; whatever ends the wait ends the call."""
    loop = get_running_loop()
    future: Future[object] = loop.create_future()
    call.begin(loop, future)
    try:
        return await future
    finally:
        call.cancel()


def settle(future: "Future[object]", answer: object, error: "Exception | None") -> None:
    """Give a future its answer, on the thread of its event loop."""
    if future.done():  # cancelled meanwhile
        return
    if error is None:
        future.set_result(answer)
    else:
        future.set_exception(error)
