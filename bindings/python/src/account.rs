//! An account of a `TokenManager`, for callers that wait.

use pinterest_oauth::binding;
use pinterest_oauth::{Error, blocking};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::arguments::{secret, text};
use crate::async_account::AsyncAccount;
use crate::call::guarded;
use crate::deeds;
use crate::token::Token;
use crate::work::{Given, wait};

/// An account of a TokenManager, for callers that wait.
///
/// Handles are cheap; any number of threads may use one, before and after os.fork(). While a call waits,
/// other threads run, and Ctrl-C ends the wait at once: a refresh or login that was sent is stored all
/// the same.
///
/// Every method raises UnknownAccountError where nobody has logged in, and StoreUnavailableError where
/// the store cannot be used; what else can go wrong stands with each.
#[pyclass(frozen, module = "pinterest_oauth")]
pub(crate) struct Account(pub(crate) blocking::Account);

impl Account {
    fn wait<'py>(
        &self,
        py: Python<'py>,
        deed: impl FnOnce(&blocking::Account) -> Result<Given, Error> + Send + 'static,
    ) -> PyResult<Bound<'py, PyAny>> {
        let account = self.0.clone();
        wait(py, Some(&self.0), move || deed(&account))
    }
}

#[pymethods]
impl Account {
    /// The name of the account (str); empty for tokens of the app itself.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// Return an access token that is valid now (str), refreshed where it is due.
    ///
    /// A cached one costs less than a microsecond and no system call.
    ///
    /// Args:
    ///     scopes: what the token must be allowed to do, as text with commas or spaces or as a list.
    ///
    /// Raises:
    ///     UnknownAccountError: nobody has logged in under this name.
    ///     ReauthorizationRequiredError: the user must log in again.
    ///     InsufficientScopeError: the token lacks one of the scopes; nothing was sent.
    ///     StoreUnavailableError, StoreBusyError, NotSavedError: see each.
    ///     PinterestOAuthError: the refresh failed, and the old token has expired. While it is valid, it is
    ///         returned.
    #[pyo3(signature = (scopes=None))]
    fn access_token<'py>(
        &self,
        py: Python<'py>,
        scopes: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Some(scopes) = scopes else {
            return match binding::cached(&self.0) {
                Some(token) => Ok(PyString::new(py, token.expose()).into_any()),
                None => self.wait(py, deeds::access_token),
            };
        };
        let scopes = guarded(py, || deeds::scopes(scopes))?;
        let Some(token) = binding::cached_token(&self.0) else {
            let deed = move |account: &_| deeds::access_token_for(account, &scopes);
            return self.wait(py, deed);
        };
        let token = guarded(py, || binding::having(&self.0, &token, &scopes))?;
        Ok(PyString::new(py, token.expose()).into_any())
    }

    /// Return the cached access token while it is valid (str), else None.
    ///
    /// It never waits, reads or fails.
    fn access_token_now<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyString>> {
        let token = self.0.access_token_now()?;
        Some(PyString::new(py, token.expose()))
    }

    /// Return the whole Token, as access_token() does.
    fn token<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match binding::cached_token(&self.0) {
            Some(token) => Token::from(token).into_bound_py_any(py),
            None => self.wait(py, deeds::token),
        }
    }

    /// Tell that a resource answered 401 to an access token; return the one to try once more with (str).
    ///
    /// It is the stored one where that is another, else a new one: at most once for each token and
    /// in ten minutes.
    ///
    /// Args:
    ///     access_token: the access token that was refused.
    ///     code: Pinterest's code in the answer. A refresh helps for 2 alone.
    ///
    /// Raises:
    ///     InvalidTokenError: a refresh was made for this already.
    ///     InsufficientScopeError: the code was another one, for example 3, a missing scope; nothing was
    ///         sent.
    ///     PinterestOAuthError: as access_token.
    #[pyo3(signature = (access_token, code=2))]
    fn rejected<'py>(
        &self,
        py: Python<'py>,
        access_token: &Bound<'py, PyAny>,
        code: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let access_token = guarded(py, || secret("access_token", access_token))?;
        self.wait(py, move |account| {
            deeds::rejected(account, &access_token, code)
        })
    }

    /// Log the account in: exchange the code of the redirect and store the Token, which is returned.
    ///
    /// The same redirect twice sends its code once.
    ///
    /// Args:
    ///     code: the code of the redirect.
    ///     redirect_uri: the very same address as in the authorization URL.
    ///     state: the state of the redirect: the same redirect is used once, whoever brings it. By default
    ///         the code says which it is.
    ///     continuous_refresh: whether to ask for a refresh token that rotates (True by default).
    ///     extra: further form fields by name, for parameters that Pinterest may add.
    ///     timeout: seconds for this call, in place of the manager's.
    ///
    /// Raises:
    ///     InvalidGrantError: the code is bad, used or expired.
    ///     StoreUnavailableError: the store cannot keep a token; the code was not spent.
    ///     NotSavedError: the token was issued, and no disk took it: the error carries it.
    ///     PinterestOAuthError: as Client.oauth_token.
    #[pyo3(
        signature = (*arguments, **keywords),
        text_signature = "($self, code, redirect_uri, *, state=None, continuous_refresh=None, extra=None, timeout=None)"
    )]
    fn login<'py>(
        &self,
        py: Python<'py>,
        arguments: &Bound<'py, PyTuple>,
        keywords: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let request = guarded(py, || deeds::login_request(arguments, keywords))?;
        self.wait(py, move |account| deeds::login(account, &request))
    }

    /// Store a Token that was issued elsewhere, in place of what the account had.
    ///
    /// Args:
    ///     token: the Token. One without a refresh token lives until it expires.
    fn import_token<'py>(
        &self,
        py: Python<'py>,
        token: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let token = guarded(py, || deeds::given_token(token))?;
        self.wait(py, move |account| deeds::import(account, &token))
    }

    /// Refresh where it is due; return the Token.
    ///
    /// Args:
    ///     force: also when nothing is due, in a wait after a failure, and where a login is needed.
    ///
    /// Raises:
    ///     PinterestOAuthError: as access_token; with force a valid token does not hide a failure.
    #[pyo3(signature = (*, force=false))]
    fn refresh<'py>(&self, py: Python<'py>, force: bool) -> PyResult<Bound<'py, PyAny>> {
        self.wait(py, move |account| deeds::refresh(account, force))
    }

    /// Say where the account stands (Status). Nothing is sent.
    fn status<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.wait(py, deeds::status)
    }

    /// Return the stored Token, valid or not. Nothing is sent.
    fn export<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.wait(py, deeds::export)
    }

    /// Remove the account from the store, with every copy of its tokens; say what was removed (Removed).
    ///
    /// Pinterest is told nothing: it revokes tokens of system users alone (Client.revoke).
    fn remove<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.wait(py, deeds::remove)
    }

    /// Give the account another name. This handle keeps the old one.
    ///
    /// Args:
    ///     new_name: 1 to 1,024 bytes of UTF-8 without control characters.
    ///
    /// Raises:
    ///     InvalidArgumentError: there is an account of that name.
    ///     StoreBusyError: a refresh or a login is under way.
    fn rename<'py>(
        &self,
        py: Python<'py>,
        new_name: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let new_name = guarded(py, || text("new_name", new_name))?;
        self.wait(py, move |account| deeds::rename(account, &new_name))
    }

    /// Return the Token that was issued and that no disk took, or None where all is stored.
    fn unsaved(&self, py: Python<'_>) -> PyResult<Option<Token>> {
        guarded(py, || Ok(self.0.unsaved().map(Token::from)))
    }

    /// The same account for event loops.
    fn _awaited(&self) -> AsyncAccount {
        AsyncAccount(self.0.clone())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        shown(py, "Account", &self.0)
    }

    #[pyo3(signature = (protocol, /))]
    fn __reduce_ex__(&self, protocol: &Bound<'_, PyAny>) -> PyResult<()> {
        let _ = protocol;
        Err(refusal("an Account"))
    }
}

/// An account and its name, as Python writes texts.
pub(crate) fn shown(py: Python<'_>, class: &str, account: &blocking::Account) -> PyResult<String> {
    let name = PyString::new(py, account.name()).repr()?;
    Ok(format!("<pinterest_oauth.{class} {name}>"))
}

pub(crate) fn refusal(what: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "{what} is not pickled, because it holds secrets: make a TokenManager in the other process"
    ))
}
