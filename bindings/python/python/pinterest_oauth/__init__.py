"""Access tokens for Pinterest API v5 that are valid. Unofficial: not made or endorsed by Pinterest.

    from pinterest_oauth import TokenManager

    manager = TokenManager()  # app id and secret from the environment
    manager.login("shop-42", scope="pins:read")  # once: opens a browser; the token is stored
    manager.account("shop-42").access_token()  # ever after: valid, refreshed when due, whoever asks

`TokenManager` keeps tokens and refreshes each once; `AsyncTokenManager` is for asyncio. A web app logs its
visitors in with `begin_login` and `finish_login`. Below it is the bare call:

    from pinterest_oauth import Client

    client = Client()  # app id and secret from the environment
    page = client.authorize_url("http://localhost:8085/", scope="pins:read,boards:read")
    ...  # send the user to page.url, keep page.state
    code = Client.redirect(address_the_user_came_back_to, state=page.state)
    token = client.oauth_token("authorization_code", code=code, redirect_uri="http://localhost:8085/")
    token = client.refresh(token)  # store it: the refresh token has changed

`Client` waits for each answer, `AsyncClient` is for asyncio, `oauth_token()` is a call without a client.
Every failure is a `PinterestOAuthError` that says what to do about it. `pinterest_oauth.emulator` is a
Pinterest for tests.
"""

# Loaded now: a call may come when no file can be opened.
from . import _aio as _aio
from . import _log as _log
from ._answer import Answer as Answer
from ._client import AsyncClient as AsyncClient
from ._client import Client as Client
from ._client import oauth_token as oauth_token
from ._errors import *  # noqa: F403
from ._manager import AsyncTokenManager as AsyncTokenManager
from ._manager import TokenManager as TokenManager
from ._native import Account as Account
from ._native import AsyncAccount as AsyncAccount
from ._native import AuthorizeUrl as AuthorizeUrl
from ._native import Login as Login
from ._native import LoginBegin as LoginBegin
from ._native import LoginStarted as LoginStarted
from ._native import Token as Token
from ._native import __version__ as __version__
from ._native import finish as finish

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._reports import DoctorReport as DoctorReport
    from ._reports import DueFailure as DueFailure
    from ._reports import DueReport as DueReport
    from ._reports import Finding as Finding
    from ._reports import LoginEnd as LoginEnd
    from ._reports import LoginEvent as LoginEvent
    from ._reports import Removed as Removed
    from ._reports import Status as Status
    from ._reports import Trouble as Trouble
    from ._reports import User as User

_REPORTS = (
    "DoctorReport",
    "DueFailure",
    "DueReport",
    "Finding",
    "LoginEnd",
    "LoginEvent",
    "Removed",
    "Status",
    "Trouble",
    "User",
)


def __getattr__(name: str) -> object:
    """Import what a token manager reports when it is first asked for."""
    if name not in _REPORTS:
        raise AttributeError(f"module 'pinterest_oauth' has no attribute {name!r}")
    from . import _reports

    return getattr(_reports, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_REPORTS])
