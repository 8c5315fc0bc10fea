"""A login under way: what happens is told to the caller, or to the person at the terminal."""

from __future__ import annotations

import sys

from . import _leaving
from ._errors import InvalidArgumentError
from ._terminal import Terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._native import Login, LoginStarted
    from ._reports import LoginEnd, LoginEvent
    from .types import LoginCallback

# Seconds between two looks: so soon Ctrl-C and a cancelled task end a login.
_SLICE = 0.1


def wait(login: Login, on_event: LoginCallback | None) -> LoginEnd:
    """Wait for the end of a login; whatever ends the wait ends the login."""
    listener = _listener(login, on_event)
    try:
        listener.tell(login.started)
        while True:
            event: LoginEvent | None = login._next(_SLICE)
            if event is None:
                listener.look()
                continue
            listener.tell(event)
            if event.end is not None:
                return event.end
    except BaseException:
        _give_up(login)
        raise
    finally:
        listener.close()


async def wait_async(login: Login, on_event: LoginCallback | None) -> LoginEnd:
    """Do the same on an event loop, without blocking it; await what the callback returns where it can be."""
    from asyncio import sleep
    from inspect import isawaitable

    listener = _listener(login, on_event)
    try:
        event: LoginStarted | LoginEvent | None = login.started
        while True:
            if event is None:
                listener.look()
                await sleep(_SLICE)
            else:
                told = listener.tell(event)
                if isawaitable(told):
                    await told
                end: LoginEnd | None = getattr(event, "end", None)
                if end is not None:
                    return end
            event = login._next(0)
    except BaseException:
        _give_up(login)
        raise
    finally:
        listener.close()


def _give_up(login: Login) -> None:
    login.cancel()
    # A code that was sent is exchanged and stored all the same.
    _leaving.left()


def _listener(login: Login, on_event: LoginCallback | None) -> _Caller | _Person:
    return _Person(login) if on_event is None else _Caller(login, on_event)


class _Caller:
    """Who is told by a callback."""

    def __init__(self, login: Login, on_event: LoginCallback) -> None:
        self._login, self._on_event = login, on_event

    def tell(self, event: LoginStarted | LoginEvent) -> object:
        return self._on_event(event, self._login)

    def look(self) -> None:
        """Nothing is to be looked at."""

    def close(self) -> None:
        """Nothing is open."""


class _Person:
    """Who reads standard error, and pastes and answers at the terminal."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._terminal: Terminal | None = None
        self._asked = False

    def tell(self, event: LoginStarted | LoginEvent) -> object:
        if event.event == "confirm":
            self._ask(event.message)
            return None
        _say(event.message)
        if event.event == "not_opened" or (event.event == "started" and not event.opened):
            self._other_way()
        return None

    def _other_way(self) -> None:
        """Show the way for other machines, which holds the state, on a terminal alone, where one pastes."""
        if sys.stderr.isatty() and self._can_read():
            _say(self._login.show().instructions or "")

    def _ask(self, question: str) -> None:
        if self._can_read():
            self._asked = True
            _say(f"{question} [y/N]")
        else:
            _say(f"{question} There is no terminal to answer at: no.")
            self._login.answer(False)

    def _can_read(self) -> bool:
        self._terminal = self._terminal or Terminal.open()
        return self._terminal is not None

    def look(self) -> None:
        text = self._terminal.text() if self._terminal else None
        if text is None:
            return
        if self._asked:
            self._login.answer(text.strip().lower() in ("y", "yes"))
        elif text.strip():
            try:
                self._login.paste(text)
            except InvalidArgumentError as wrong:
                _say(wrong.message)

    def close(self) -> None:
        if self._terminal:
            self._terminal.close()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
