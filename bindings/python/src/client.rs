//! `Client` and the function `oauth_token`.

use pinterest_oauth::{TokenRequest, blocking};
use pyo3::prelude::*;

use crate::answers::AuthorizeUrl;
use crate::arguments::{Document, document};
use crate::calls::{guarded, wait};
use crate::requests::{self, Argument, Keywords, connect, with_settings};
use crate::token::Token;

/// The keywords of `oauth_token` that set up the client.
const SETTINGS: [&str; 12] = [
    "app_id",
    "app_secret",
    "environment",
    "base_url",
    "oauth_url",
    "timeout",
    "connect_timeout",
    "proxy",
    "no_proxy",
    "ca_file",
    "allow_http",
    "trust_env",
];

/// Gets a token in one call, without keeping a client.
///
/// Args:
///     grant_type: "authorization_code", "refresh_token" or "client_credentials".
///     code: the code of the redirect, for authorization_code.
///     redirect_uri: the very same address as in the authorization URL, for authorization_code.
///     refresh_token: the current refresh token, for refresh_token.
///     token: a Token to refresh, in place of refresh_token.
///     scope: scopes to ask for, as text with commas or spaces or as a list; not for authorization_code.
///     continuous_refresh: whether to ask for a refresh token that rotates; by default with
///         authorization_code alone.
///     extra: further form fields by name, for parameters that Pinterest may add.
///
/// All other keywords are those of Client; timeout is the deadline of the whole call.
///
/// Returns:
///     The Token. Store it (to_json) before you use it: the refresh token may have changed.
///
/// Raises:
///     PinterestOAuthError: a subclass that says what to do; InvalidArgumentError before anything
///         is sent when an argument is missing, unknown or malformed.
#[pyfunction]
#[pyo3(
    signature = (grant_type=None, **keywords),
    text_signature = "(grant_type, *, app_id=None, app_secret=None, environment=None, base_url=None, \
        oauth_url=None, timeout=None, connect_timeout=None, proxy=None, no_proxy=None, ca_file=None, \
        allow_http=None, trust_env=True, code=None, redirect_uri=None, refresh_token=None, token=None, \
        scope=None, continuous_refresh=None, extra=None)"
)]
pub(crate) fn oauth_token(
    py: Python<'_>,
    grant_type: Argument<'_>,
    keywords: Option<Keywords<'_>>,
) -> PyResult<Token> {
    let (client, request) = guarded(py, || {
        let mut request = document(&[("grant_type", grant_type.as_ref())], keywords.as_ref())?;
        let mut settings = Document::new();
        for name in SETTINGS {
            settings.extend(request.remove_entry(name));
        }
        let request = TokenRequest::from_map(request)?;
        Ok((with_settings(settings)?, request))
    })?;
    wait(py, &client, &request).map(Token::from)
}

/// A client for Pinterest's OAuth calls. It waits for each answer with the GIL released; Ctrl-C and
/// other signal handlers that raise end the wait.
///
/// Any number of threads may use one client at once, and it works on both sides of os.fork(). What is
/// not given comes from the environment unless trust_env is False.
///
/// Args:
///     app_id: the app's id; PINTEREST_APP_ID in the environment.
///     app_secret: the app's secret; PINTEREST_APP_SECRET.
///     environment: "production" (default) or "sandbox".
///     base_url: another server than Pinterest's, with or without /v5; PINTEREST_API_URI.
///     oauth_url: another server for the authorization page; PINTEREST_OAUTH_URI.
///     timeout: seconds for a whole call, name resolution included; 30 by default, at most 600.
///     connect_timeout: seconds for connecting, TLS included; 10 by default.
///     proxy: URL of a proxy for every call; HTTPS_PROXY, HTTP_PROXY, ALL_PROXY.
///     no_proxy: hosts reached without it, separated by commas; NO_PROXY.
///     ca_file: path of a PEM file with the authorities to trust instead of the system's;
///         SSL_CERT_FILE.
///     allow_http: allow plain http to other hosts than this one (False by default): secrets then
///         travel unencrypted.
///     trust_env: whether to read the environment (True by default).
///
/// Raises:
///     InvalidConfigError: a setting cannot be used; field names it.
///     InvalidArgumentError: a keyword is unknown or of the wrong type; field names it.
#[pyclass(frozen, module = "pinterest_oauth")]
pub(crate) struct Client(blocking::Client);

#[pymethods]
impl Client {
    #[new]
    #[pyo3(
        signature = (**settings),
        text_signature = "(*, app_id=None, app_secret=None, environment=None, base_url=None, oauth_url=None, \
            timeout=None, connect_timeout=None, proxy=None, no_proxy=None, ca_file=None, allow_http=None, \
            trust_env=True)"
    )]
    fn new(py: Python<'_>, settings: Option<Keywords<'_>>) -> PyResult<Self> {
        connect(py, settings).map(Self)
    }

    /// Exchanges a code, refreshes a token, or gets a token for the app itself.
    ///
    /// Args:
    ///     grant_type: "authorization_code", "refresh_token" or "client_credentials".
    ///     code: the code of the redirect, for authorization_code.
    ///     redirect_uri: the very same address as in the authorization URL, for authorization_code.
    ///     refresh_token: the current refresh token, for refresh_token.
    ///     token: a Token to refresh, in place of refresh_token; what the answer leaves out is carried
    ///         over from it.
    ///     scope: scopes to ask for, as text with commas or spaces or as a list; not for
    ///         authorization_code.
    ///     continuous_refresh: whether to ask for a refresh token that rotates; by default with
    ///         authorization_code alone.
    ///     extra: further form fields by name, for parameters that Pinterest may add.
    ///     timeout: seconds for this call, in place of the client's.
    ///
    /// Returns:
    ///     The Token. Store it (to_json) before you use it: the refresh token may have changed.
    ///
    /// Raises:
    ///     InvalidArgumentError: an argument is missing, unknown or malformed; nothing was sent.
    ///     InvalidGrantError: the code or refresh token is bad, used, expired or revoked.
    ///     InvalidClientError: app id and secret do not fit.
    ///     PinterestOAuthError: every other kind; outcome says whether the call may have taken effect.
    #[pyo3(
        signature = (grant_type=None, **fields),
        text_signature = "($self, grant_type, *, code=None, redirect_uri=None, refresh_token=None, token=None, \
            scope=None, continuous_refresh=None, extra=None, timeout=None)"
    )]
    fn oauth_token(
        &self,
        py: Python<'_>,
        grant_type: Argument<'_>,
        fields: Option<Keywords<'_>>,
    ) -> PyResult<Token> {
        let request = requests::token_request(py, grant_type, fields)?;
        wait(py, &self.0, &request).map(Token::from)
    }

    /// Refreshes a token: short for oauth_token("refresh_token", token=token).
    ///
    /// Args:
    ///     token: the Token to refresh; what the answer leaves out is carried over from it.
    ///     timeout: seconds for this call, in place of the client's.
    ///
    /// Returns:
    ///     The new Token. Store it (to_json) before you use it: the refresh token may have changed.
    ///
    /// Raises:
    ///     As oauth_token.
    #[pyo3(signature = (token=None, **fields), text_signature = "($self, token, *, timeout=None)")]
    fn refresh(
        &self,
        py: Python<'_>,
        token: Argument<'_>,
        fields: Option<Keywords<'_>>,
    ) -> PyResult<Token> {
        let request = requests::refresh_request(py, token, fields)?;
        wait(py, &self.0, &request).map(Token::from)
    }

    /// Revokes a token. Pinterest allows this for tokens of system users alone.
    ///
    /// Args:
    ///     token: the text of the token.
    ///     token_type_hint: "access_token" or "refresh_token".
    ///     timeout: seconds for this call, in place of the client's.
    ///
    /// Raises:
    ///     ForbiddenError: the token is not one of a system user.
    ///     PinterestOAuthError: as oauth_token.
    #[pyo3(
        signature = (token=None, **fields),
        text_signature = "($self, token, *, token_type_hint=None, timeout=None)"
    )]
    fn revoke(
        &self,
        py: Python<'_>,
        token: Argument<'_>,
        fields: Option<Keywords<'_>>,
    ) -> PyResult<()> {
        let request = requests::revoke_request(py, token, fields)?;
        wait(py, &self.0, &request)
    }

    /// Gets a long-lived token for sending conversions.
    ///
    /// Args:
    ///     access_token: the text of an access token with the scope ads:write.
    ///     timeout: seconds for this call, in place of the client's.
    ///
    /// Returns:
    ///     The conversion Token.
    ///
    /// Raises:
    ///     InvalidTokenError: the access token is not accepted.
    ///     PinterestOAuthError: as oauth_token.
    #[pyo3(
        signature = (access_token=None, **fields),
        text_signature = "($self, access_token, *, timeout=None)"
    )]
    fn conversion_token(
        &self,
        py: Python<'_>,
        access_token: Argument<'_>,
        fields: Option<Keywords<'_>>,
    ) -> PyResult<Token> {
        let request = requests::conversion_request(py, access_token, fields)?;
        wait(py, &self.0, &request).map(Token::from)
    }

    /// Makes the address of Pinterest's page on which a user lets this app in. Nothing is sent.
    ///
    /// Args:
    ///     redirect_uri: where the user comes back to; must be registered with the app to the letter.
    ///     scope: scopes to ask for, as text with commas or spaces or as a list.
    ///     state: your own state; by default 32 random bytes from the operating system.
    ///     extra: further parameters of the address by name.
    ///
    /// Returns:
    ///     An AuthorizeUrl with url and state. Keep the state, bound to the user's session.
    ///
    /// Raises:
    ///     InvalidArgumentError: an argument is missing, unknown or malformed.
    ///     InvalidConfigError: the client has no app id.
    #[pyo3(
        signature = (redirect_uri=None, **fields),
        text_signature = "($self, redirect_uri, *, scope=None, state=None, extra=None)"
    )]
    fn authorize_url(
        &self,
        py: Python<'_>,
        redirect_uri: Argument<'_>,
        fields: Option<Keywords<'_>>,
    ) -> PyResult<AuthorizeUrl> {
        requests::authorize_url(py, &self.0, redirect_uri, fields)
    }

    /// Reads the redirect with which the user comes back. Nothing is sent.
    ///
    /// Args:
    ///     url: the whole address of the redirect, or only its query.
    ///     state: the state you kept.
    ///
    /// Returns:
    ///     The code to exchange, at once and once.
    ///
    /// Raises:
    ///     StateMismatchError: the state is another; checked before all else.
    ///     AccessDeniedError: the user or Pinterest said no.
    ///     InvalidArgumentError: the redirect carries no code.
    #[pyo3(signature = (url=None, **fields), text_signature = "($self, url, *, state)")]
    fn redirect(
        &self,
        py: Python<'_>,
        url: Argument<'_>,
        fields: Option<Keywords<'_>>,
    ) -> PyResult<String> {
        requests::redirect(py, &self.0, url, fields)
    }

    fn __repr__(&self) -> &'static str {
        "<pinterest_oauth.Client>"
    }
}
