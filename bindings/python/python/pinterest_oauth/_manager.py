"""`TokenManager` and `AsyncTokenManager`: their settings, types and help. Accounts are native.

`__init__` is a declaration in place of which `native` puts native code, as in `_client.py`: it alone takes
secrets.
"""

from __future__ import annotations

from . import _aio, _leaving
from ._native import _Manager, native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._native import Account, AsyncAccount
    from ._reports import DoctorReport, DueReport, Status
    from .types import ManagerSettings, Names, Path, Scope, Settings

_leaving.begin()


class TokenManager(_Manager):
    """Keeps the tokens of accounts in a store, and refreshes each once when it is due.

    Threads, processes and programs in other languages share a store: whoever asks, there is one refresh, and
    a token is stored before anybody sees it. Managers with equal settings share what they know, so that
    making one anew is cheap. It works on both sides of os.fork(). What is not given comes from the
    environment unless trust_env is False.

    Args:
        store: the folder in which tokens are kept; PINTEREST_OAUTH_STORE. By default the first of systemd's
            state folders, else pinterest-oauth in the user's state folder. ":memory:" keeps them in this
            process alone.
        recovery_dir: a second folder, on another disk, for a token that the store cannot take. It is kept in
            the store's own settings.
        file_systems: file systems allowed besides the local ones, by name, for example ["nfs4"]: where locks
            are not reliable, tokens may be lost.
        clock_offset_file: a file with a number of seconds by which the clock is moved, for tests; only with a
            base_url on this machine.

    All other keywords are those of Client; timeout is the deadline of a whole refresh or login.

    Raises:
        InvalidConfigError: a setting cannot be used; field names it.
        InvalidArgumentError: a keyword is unknown or of the wrong type; field names it.
        StoreUnavailableError: the store cannot be read or made; field names the setting.
    """

    __slots__ = ()

    @native
    def __init__(
        self,
        *,
        store: Path | None = None,
        recovery_dir: Path | None = None,
        file_systems: Names | None = None,
        clock_offset_file: Path | None = None,
        **settings: Unpack[Settings],
    ) -> None: ...

    def account(self, name: str = "default") -> Account:
        """Return the account of that name. Nothing is read: a handle costs next to nothing.

        Args:
            name: 1 to 1,024 bytes of UTF-8 without control characters, compared byte for byte.

        Raises:
            InvalidArgumentError: it is no such name.
        """
        return self._account(name)

    def app(self, scopes: Scope) -> Account:
        """Return the account of the app itself, whose tokens need no user (client_credentials).

        Args:
            scopes: scopes to ask for, as text with commas or spaces or as a list.
        """
        return self._app(scopes)

    def accounts(self) -> list[Status]:
        """Say where every account of this app stands, by name.

        Raises:
            StoreUnavailableError: the store cannot be read.
        """
        statuses: list[Status] = self._accounts().wait()
        return statuses

    def refresh_due(self, parallel: int = 16) -> DueReport:
        """Refresh every account of this app that is due: what `pinterest-oauth refresh --due` does.

        Args:
            parallel: how many at once.

        Returns:
            The report, in which the accounts stand that failed.

        Raises:
            StoreUnavailableError: the store cannot be listed.
        """
        report: DueReport = self._refresh_due(parallel).wait()
        return report

    def doctor(self, *, repair: bool = False) -> DoctorReport:
        """Look the store over, and say what is not as it should be.

        Args:
            repair: whether damaged records are moved aside and what is missing is made.

        Raises:
            StoreUnavailableError: the store cannot be read.
        """
        report: DoctorReport = self._doctor(repair).wait()
        return report


class AsyncTokenManager(_Manager):
    """A token manager for asyncio: what reads or sends is awaited, any number of calls at once.

    Cancelling a task ends its wait alone: a refresh or login that was sent is driven to its end and stored.
    Arguments, answers and errors are those of TokenManager. Making one reads a few small files.
    """

    __slots__ = ()

    @native
    def __init__(self, **settings: Unpack[ManagerSettings]) -> None: ...

    def account(self, name: str = "default") -> AsyncAccount:
        """As TokenManager.account: not awaited, for nothing is read."""
        return self._async_account(name)

    def app(self, scopes: Scope) -> AsyncAccount:
        """As TokenManager.app: not awaited, for nothing is read."""
        return self._async_app(scopes)

    async def accounts(self) -> list[Status]:
        """As TokenManager.accounts, to be awaited."""
        statuses: list[Status] = await _aio.kept(self._accounts())
        return statuses

    async def refresh_due(self, parallel: int = 16) -> DueReport:
        """As TokenManager.refresh_due, to be awaited."""
        report: DueReport = await _aio.kept(self._refresh_due(parallel))
        return report

    async def doctor(self, *, repair: bool = False) -> DoctorReport:
        """As TokenManager.doctor, to be awaited."""
        report: DoctorReport = await _aio.kept(self._doctor(repair))
        return report


for _public in (TokenManager, AsyncTokenManager):
    # Help names the place where users find them.
    _public.__module__ = "pinterest_oauth"
