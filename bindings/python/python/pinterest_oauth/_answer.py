"""`Answer`: what a call tells besides its document."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .types import RateLimit


class Answer:
    """How a call went. It holds no secret, and is never stored with a token.

    Attributes:
        method: the method of the request: POST.
        path: the path of the request.
        status: the HTTP status (int), or None where no answer came.
        request_id: Pinterest's request id, which its support asks for, or None.
        rate_limit: dict with limit, remaining, reset (seconds) and policies, or None.
        milliseconds: how long the call took (int).
        attempts: how often it was tried (int): 2 where the first connection could not be made.
    """

    def __init__(
        self,
        *,
        method: str = "POST",
        path: str = "",
        status: int | None = None,
        request_id: str | None = None,
        rate_limit: RateLimit | None = None,
        milliseconds: int = 0,
        attempts: int = 1,
    ) -> None:
        self.method = method
        self.path = path
        self.status = status
        self.request_id = request_id
        self.rate_limit = rate_limit
        self.milliseconds = milliseconds
        self.attempts = attempts

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if isinstance(other, Answer) else NotImplemented

    def __repr__(self) -> str:
        return f"Answer({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


# Pickles and help name the place where users find it.
Answer.__module__ = "pinterest_oauth"
