"""`Configuration`: who calls, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from os import PathLike

    from ..types import Secret

HOST = "https://api.pinterest.com/v5"


class Configuration:
    """The settings of the calls, as attributes; a change counts from the next call on.

    What is not given comes from the environment unless trust_env is False, as with
    `pinterest_oauth.Client`. Settings are checked when a call is made. There are no others: setting
    any other attribute raises AttributeError.

    Args:
        host: address of the API; PINTEREST_API_URI, or https://api.pinterest.com/v5.
        username: the app's id; PINTEREST_APP_ID.
        password: the app's secret; PINTEREST_APP_SECRET.
        ssl_ca_cert: path of a PEM file with the authorities to trust instead of the system's;
            SSL_CERT_FILE.
        proxy: URL of a proxy for every call; HTTPS_PROXY, HTTP_PROXY, ALL_PROXY.
        no_proxy: hosts reached without it, separated by commas; NO_PROXY.
        allow_http: allow plain http to other hosts than this one: secrets then travel unencrypted.
        trust_env: whether to read the environment.
    """

    __slots__ = (
        "_host",
        "allow_http",
        "no_proxy",
        "password",
        "proxy",
        "ssl_ca_cert",
        "trust_env",
        "username",
    )

    def __init__(
        self,
        host: str | None = None,
        *,
        username: str | None = None,
        password: Secret | None = None,
        ssl_ca_cert: str | PathLike[str] | None = None,
        proxy: Secret | None = None,
        no_proxy: str | None = None,
        allow_http: bool = False,
        trust_env: bool = True,
    ) -> None:
        self._host = host
        self.username = username
        self.password = password
        self.ssl_ca_cert = ssl_ca_cert
        self.proxy = proxy
        self.no_proxy = no_proxy
        self.allow_http = allow_http
        self.trust_env = trust_env

    @property
    def host(self) -> str:
        """The address that was given, or https://api.pinterest.com/v5."""
        return HOST if self._host is None else self._host

    @host.setter
    def host(self, host: str | None) -> None:
        self._host = host

    def client_settings(self) -> dict[str, Any]:
        """Return the keyword arguments of `pinterest_oauth.Client`, the secret among them."""
        return {
            "base_url": self._host,
            "app_id": self.username,
            "app_secret": self.password,
            "ca_file": self.ssl_ca_cert,
            "proxy": self.proxy,
            "no_proxy": self.no_proxy,
            "allow_http": self.allow_http,
            "trust_env": self.trust_env,
        }

    def __reduce_ex__(self, protocol: object, /) -> NoReturn:
        raise TypeError("a Configuration is not pickled or copied, because it holds a secret")
