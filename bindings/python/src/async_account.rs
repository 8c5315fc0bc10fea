//! An account of an `AsyncTokenManager`, for event loops.

use pinterest_oauth::binding;
use pinterest_oauth::{Error, Scopes, blocking};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::account::{Account, refusal, shown};
use crate::arguments::{secret, text};
use crate::call::guarded;
use crate::deeds;
use crate::token::Token;
use crate::work::{Begin, Given, coroutine};

/// An account of an AsyncTokenManager: its calls are awaited, any number of them at once.
///
/// Cancelling a task ends its wait alone: a refresh or login that was sent is driven to its end and
/// stored. Arguments, answers and errors are those of Account; errors are raised where the call is
/// awaited.
#[pyclass(frozen, module = "pinterest_oauth")]
pub(crate) struct AsyncAccount(pub(crate) blocking::Account);

impl AsyncAccount {
    fn awaited<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        deed: PyResult<impl FnOnce(&blocking::Account) -> Result<Given, Error> + Send + 'static>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let account = self.0.clone();
        let begin = deed.map(|deed| Begin::Job(Box::new(move || deed(&account))));
        coroutine(py, &format!("AsyncAccount.{name}"), Some(&self.0), begin)
    }
}

#[pymethods]
impl AsyncAccount {
    /// The name of the account (str); empty for tokens of the app itself.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// As Account.access_token, to be awaited.
    #[pyo3(signature = (scopes=None))]
    fn access_token<'py>(
        &self,
        py: Python<'py>,
        scopes: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let scopes = scopes.map(|scopes| guarded(py, || deeds::scopes(scopes)));
        let account = self.0.clone();
        let begin = scopes
            .unwrap_or_else(|| Ok(Scopes::default()))
            .map(|scopes| {
                Begin::Token(Box::new(move |token| {
                    binding::having(&account, &token, &scopes).map(Given::Text)
                }))
            });
        coroutine(py, "AsyncAccount.access_token", Some(&self.0), begin)
    }

    /// As Account.access_token_now: not awaited, for it never waits.
    fn access_token_now<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyString>> {
        let token = self.0.access_token_now()?;
        Some(PyString::new(py, token.expose()))
    }

    /// As Account.token, to be awaited.
    fn token<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let begin = Begin::Token(Box::new(|token| Ok(Given::Token(Box::new(token)))));
        coroutine(py, "AsyncAccount.token", Some(&self.0), Ok(begin))
    }

    /// As Account.rejected, to be awaited.
    #[pyo3(signature = (access_token, code=2))]
    fn rejected<'py>(
        &self,
        py: Python<'py>,
        access_token: &Bound<'py, PyAny>,
        code: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let access_token = guarded(py, || secret("access_token", access_token));
        let deed = access_token.map(|access_token| {
            move |account: &blocking::Account| deeds::rejected(account, &access_token, code)
        });
        self.awaited(py, "rejected", deed)
    }

    /// As Account.login, to be awaited.
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
        let request = guarded(py, || deeds::login_request(arguments, keywords));
        let deed = request
            .map(|request| move |account: &blocking::Account| deeds::login(account, &request));
        self.awaited(py, "login", deed)
    }

    /// As Account.import_token, to be awaited.
    fn import_token<'py>(
        &self,
        py: Python<'py>,
        token: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let token = guarded(py, || deeds::given_token(token));
        let deed =
            token.map(|token| move |account: &blocking::Account| deeds::import(account, &token));
        self.awaited(py, "import_token", deed)
    }

    /// As Account.refresh, to be awaited.
    #[pyo3(signature = (*, force=false))]
    fn refresh<'py>(&self, py: Python<'py>, force: bool) -> PyResult<Bound<'py, PyAny>> {
        let deed = move |account: &blocking::Account| deeds::refresh(account, force);
        self.awaited(py, "refresh", Ok(deed))
    }

    /// As Account.status, to be awaited.
    fn status<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.awaited(py, "status", Ok(deeds::status))
    }

    /// As Account.export, to be awaited.
    fn export<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.awaited(py, "export", Ok(deeds::export))
    }

    /// As Account.remove, to be awaited.
    fn remove<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.awaited(py, "remove", Ok(deeds::remove))
    }

    /// As Account.rename, to be awaited.
    fn rename<'py>(
        &self,
        py: Python<'py>,
        new_name: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let new_name = guarded(py, || text("new_name", new_name));
        let deed = new_name
            .map(|new_name| move |account: &blocking::Account| deeds::rename(account, &new_name));
        self.awaited(py, "rename", deed)
    }

    /// As Account.unsaved: not awaited.
    fn unsaved(&self, py: Python<'_>) -> PyResult<Option<Token>> {
        guarded(py, || Ok(self.0.unsaved().map(Token::from)))
    }

    /// The same account for callers that wait.
    fn _waiting(&self) -> Account {
        Account(self.0.clone())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        shown(py, "AsyncAccount", &self.0)
    }

    #[pyo3(signature = (protocol, /))]
    fn __reduce_ex__(&self, protocol: &Bound<'_, PyAny>) -> PyResult<()> {
        let _ = protocol;
        Err(refusal("an AsyncAccount"))
    }
}
