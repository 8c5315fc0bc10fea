"""Calls as coroutines of asyncio, which is imported with the first of them and not before."""

from . import _leaving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Future
    from typing import Any

    from ._native import _Call, _Work


async def finish(call: "_Call") -> object:
    """Make the call and wait for its answer; whatever ends the wait ends the call."""
    from asyncio import get_running_loop

    loop = get_running_loop()
    future: Future[object] = loop.create_future()
    try:
        call.begin(loop, future)
        answer = await future
    except Exception as error:
        call.tell(error)
        raise
    finally:
        future.cancel()
        call.cancel()
    call.tell(answer)
    return answer


def settle(future: "Future[object]", answer: object, error: "Exception | None") -> None:
    """Give a future its answer, on the thread of its event loop."""
    if future.done():  # cancelled meanwhile
        return
    if error is None:
        future.set_result(answer)
    else:
        future.set_exception(error)


async def kept(work: "_Work") -> "Any":  # noqa: ANN401
    """Do a token manager's work and wait for it; whatever ends the wait leaves the work running."""
    given = work.at_once()
    if given is not None:
        return given
    from asyncio import get_running_loop

    loop = get_running_loop()
    future: Future[object] = loop.create_future()
    try:
        work.begin(loop, future)
        return await future
    finally:
        if not future.done() or future.cancelled():
            _leaving.left()
        else:
            work.tell()
        future.cancel()
