"""`TokenManager` and `AsyncTokenManager`: their settings, types and help. Accounts are native.

What takes secrets is a declaration in place of which `native` and `awaited` put native code, as in
`_client.py`.
"""

# mypy: disable-error-code="empty-body"

from __future__ import annotations

from . import _aio, _leaving
from ._native import _Manager, awaited, native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from typing_extensions import Unpack

    from ._native import Account, AsyncAccount, LoginBegin
    from ._reports import DoctorReport, DueReport, LoginEnd, Status
    from .types import Extra, LoginCallback, ManagerSettings, Names, Path, Scope, Secret, Settings

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

    def login(
        self,
        account: str = "default",
        *,
        scope: Scope | None = None,
        redirect_uri: str | None = None,
        browser: bool | None = None,
        confirm: bool | None = None,
        continuous_refresh: bool | None = None,
        extra: Extra | None = None,
        timeout: float | None = None,
        on_event: LoginCallback | None = None,
    ) -> LoginEnd:
        """Log an account in with a browser on the machine of the person, and store the token.

        It waits for the person. Ctrl-C ends the wait at once; a code that was sent is exchanged and stored
        all the same. What happens is written to standard error for the person, and a pasted address is read
        from the terminal; with on_event that is the caller's affair.

        Args:
            account: the account to log in.
            scope: what to ask the user for, as text with commas or spaces or as a list.
            redirect_uri: an address on this machine, the same to the letter as registered with the app;
                http://localhost:8085/ by default.
            browser: whether to open a browser; by default where the person would see it.
            confirm: whether to ask before the token of one person replaces that of another (False by
                default): the event "confirm", which Login.answer answers. Unanswered it is a no.
            continuous_refresh: whether to ask for a refresh token that rotates (True by default).
            extra: further parameters of Pinterest's page by name.
            timeout: seconds to wait for the person: above 0, at most 3600; 300 by default.
            on_event: is called with what happens and the Login: first a LoginStarted, with the addresses to
                show, then each LoginEvent. With the Login one pastes, answers and cancels. What it raises
                ends the login.

        Returns:
            How the login ended (LoginEnd): who logged in, what the account may do and until when.

        Raises:
            InvalidArgumentError: an argument cannot be used; field names it: redirect_uri where nothing can
                listen there, for example because another program has the port.
            AccessDeniedError: access was not given, or confirm was answered with no.
            DeadlineError: nobody came back in time.
            StateMismatchError: a second browser came to the start page.
            CallCancelledError: Login.cancel was called.
            StoreUnavailableError, NotSavedError: as Account.login.
        """
        from ._login import wait

        login = self._login(
            account=account,
            scope=scope,
            redirect_uri=redirect_uri,
            browser=browser,
            confirm=confirm,
            continuous_refresh=continuous_refresh,
            extra=extra,
            timeout=timeout,
        ).wait()
        return wait(login, on_event)

    @native
    def begin_login(
        self,
        redirect_uri: str,
        *,
        account: str | None = None,
        scope: Scope | None = None,
        next: str | None = None,  # noqa: A002
        owner: Secret | None = None,
        cookies: Secret | None = None,
        host: str | None = None,
        extra: Extra | None = None,
    ) -> LoginBegin:
        """Begin the login of a web app's visitor. Nothing is sent, read or stored.

        Answer with status 303, the url, and the cookies, which keep what has to be kept: any worker with the
        same settings may finish it. pinterest_oauth.web.begin_fields reads cookies and host from a request.

        Args:
            redirect_uri: where the visitor comes back to: registered with the app, the same to the letter;
                https, or http on this machine.
            account: the account that is logged in; "default" by default.
            scope: the scopes to ask for, as text with commas or spaces or as a list.
            next: where the visitor goes afterwards: a path of the app itself, at most 512 bytes.
            owner: who begins it, such as the id of the app's own user: only the same one finishes it.
            cookies: the Cookie header of the request: with it logins that were left open do not pile up.
            host: the Host that the browser sees: it must be that of redirect_uri, else the cookie would not
                come back.
            extra: further parameters of the address by name.

        Raises:
            InvalidArgumentError: an argument cannot be used; field names it.
            InvalidConfigError: app id or secret are missing.
        """

    @native
    def finish_login(
        self,
        query: Secret,
        *,
        cookies: Secret | None = None,
        method: str | None = None,
        purpose: str | None = None,
        owner: Secret | None = None,
        timeout: float | None = None,
    ) -> LoginEnd:
        """Finish the login of a web app's visitor: what came of the request at the redirect address.

        The code is exchanged once, ever, and the token is stored before this returns; the same redirect
        again, at whichever worker, gives the token that the first one stored. What a visitor did wrong is an
        outcome, and no exception. pinterest_oauth.web.finish_fields reads all but owner from a request.

        Args:
            query: the query of the request, or its whole address.
            cookies: the Cookie header of the request; several are joined by a semicolon.
            method: the method of the request: all but GET are no visit. GET by default.
            purpose: the value of Sec-Purpose, Purpose or X-Moz, whichever the request has: what a browser
                fetches ahead is no visit.
            owner: who is here, as given at the begin.
            timeout: seconds for the exchange, in place of the manager's.

        Returns:
            The LoginEnd: answer with its status and cookies, and on "done" send the visitor on.

        Raises:
            StoreUnavailableError: the store cannot keep a token; the code was not spent.
            NotSavedError: the token was issued, and no disk took it: unsaved() of the account has it.
            PinterestOAuthError: as Account.login.
        """

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

    async def login(
        self,
        account: str = "default",
        *,
        scope: Scope | None = None,
        redirect_uri: str | None = None,
        browser: bool | None = None,
        confirm: bool | None = None,
        continuous_refresh: bool | None = None,
        extra: Extra | None = None,
        timeout: float | None = None,
        on_event: LoginCallback | None = None,
    ) -> LoginEnd:
        """As TokenManager.login, to be awaited. It never blocks the event loop, and ends with its task.

        What on_event returns is awaited where it can be.
        """
        from ._login import wait_async

        login = await _aio.kept(
            self._login(
                account=account,
                scope=scope,
                redirect_uri=redirect_uri,
                browser=browser,
                confirm=confirm,
                continuous_refresh=continuous_refresh,
                extra=extra,
                timeout=timeout,
            )
        )
        return await wait_async(login, on_event)

    @native
    def begin_login(
        self,
        redirect_uri: str,
        *,
        account: str | None = None,
        scope: Scope | None = None,
        next: str | None = None,  # noqa: A002
        owner: Secret | None = None,
        cookies: Secret | None = None,
        host: str | None = None,
        extra: Extra | None = None,
    ) -> LoginBegin:
        """As TokenManager.begin_login: not awaited, for nothing is sent or read."""

    @awaited
    def finish_login(
        self,
        query: Secret,
        *,
        cookies: Secret | None = None,
        method: str | None = None,
        purpose: str | None = None,
        owner: Secret | None = None,
        timeout: float | None = None,
    ) -> Coroutine[Any, Any, LoginEnd]:
        """As TokenManager.finish_login, to be awaited."""

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
