"""`ApiClient`, which calls with a configuration, and what its calls return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pinterest_oauth import Client

from .configuration import Configuration
from .rest import HTTPResponse
from .schemas import Unset, unset

if TYPE_CHECKING:
    from types import TracebackType


@dataclass
class ApiResponse:
    """What a call returns.

    Attributes:
        response: the raw answer.
        body: what it says, or unset.
        headers: unset: Pinterest's description names none. `response.headers` has what is known.
    """

    response: HTTPResponse
    body: Any
    headers: Unset = unset


@dataclass
class ApiResponseWithoutDeserialization(ApiResponse):
    """What a call returns where skip_deserialization is True: body is unset."""

    body: Unset = unset


class ApiClient:
    """Calls with a configuration, in a `with` block or without; any number of threads may share it.

    Args:
        configuration: the settings; by default what the environment says.

    Attributes:
        configuration: the same.
    """

    __slots__ = ("_kept", "configuration")

    def __init__(self, configuration: Configuration | None = None) -> None:
        self.configuration = Configuration() if configuration is None else configuration
        self._kept: Client | None = None

    def client(self, connect_timeout: float | None = None) -> Client:
        """Return a Client with the settings of now; connect_timeout is in seconds, 10 by default."""
        return Client(**self.configuration.client_settings(), connect_timeout=connect_timeout)

    def keep(self, client: Client) -> None:
        """Hold a Client that has called: its connections stay open for the next one of the same settings."""
        self._kept = client

    def close(self) -> None:
        """Close the connections. It may go on calling, with new ones."""
        self._kept = None

    def __enter__(self) -> ApiClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
