//! Logins with a browser: one under way on the machine of the person, and what begins and ends that of a web app.

use std::time::Duration;

use pinterest_oauth::blocking::{Account, TokenManager};
use pinterest_oauth::{BeginLogin, Error, LoginOptions, LoginVisit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::account::refusal;
use crate::arguments::{Arguments, secret};
use crate::call::guarded;
use crate::json;
use crate::work::{Given, Job, raised, report};

/// The account of a login that names none, as the table says.
const DEFAULT_ACCOUNT: &str = "default";

/// A login that was begun, and the account that it logs in.
pub(crate) struct Begun {
    login: pinterest_oauth::Login,
    account: Account,
}

/// What begins a login.
pub(crate) fn starting(
    manager: TokenManager,
    keywords: Option<&Bound<'_, PyDict>>,
) -> Result<Job, Error> {
    let document = Arguments::bind(std::iter::empty(), keywords)?.document("login")?;
    let name = document.get("account").and_then(|name| name.as_str());
    let name = name.unwrap_or(DEFAULT_ACCOUNT).to_owned();
    let options = LoginOptions::from_map(document)?;
    Ok(Box::new(move || {
        let account = manager.account(&name)?;
        let login = manager.start_login(&options)?;
        Ok(Given::Login(Box::new(Begun { login, account })))
    }))
}

/// Begins the login of a web app's visitor.
pub(crate) fn begin(manager: &TokenManager, arguments: Arguments<'_>) -> Result<LoginBegin, Error> {
    let login = BeginLogin::from_map(arguments.document("begin_login")?)?;
    manager.begin_login(&login).map(LoginBegin)
}

/// What ends the login of a web app's visitor.
pub(crate) fn finishing(manager: TokenManager, arguments: Arguments<'_>) -> Result<Job, Error> {
    let visit = LoginVisit::from_map(arguments.document("finish_login")?)?;
    Ok(Box::new(move || {
        report("login_end", manager.finish_login(&visit)?)
    }))
}

/// A login under way on the machine of the person: what the callback on_event of login() is given.
///
/// Any number of threads may use it while login() waits.
#[pyclass(frozen, module = "pinterest_oauth")]
pub(crate) struct Login(Begun);

impl From<Begun> for Login {
    fn from(begun: Begun) -> Self {
        Self(begun)
    }
}

#[pymethods]
impl Login {
    /// What to show to the person (LoginStarted).
    #[getter]
    fn started(&self) -> LoginStarted {
        LoginStarted(self.0.login.started())
    }

    /// Return the same with the way for other machines (LoginStarted).
    ///
    /// From then on a browser may come back that was not at the start page.
    fn show(&self) -> LoginStarted {
        LoginStarted(self.0.login.show())
    }

    /// Take the address of the page to which Pinterest sent the person.
    ///
    /// Args:
    ///     address: the whole address, as the person copied it.
    ///
    /// Raises:
    ///     InvalidArgumentError: it is another text; the message says which, in words for the person, and the
    ///         login waits on.
    fn paste(&self, py: Python<'_>, address: &Bound<'_, PyAny>) -> PyResult<()> {
        guarded(py, || self.0.login.paste(&secret("address", address)?))
    }

    /// Answer the event "confirm".
    ///
    /// Args:
    ///     replace: whether the token of the other person is replaced.
    #[pyo3(signature = (replace=true))]
    fn answer(&self, replace: bool) {
        self.0.login.answer(replace);
    }

    /// End the wait: login() raises CallCancelledError, or ends as it would where a code was sent.
    fn cancel(&self) {
        self.0.login.cancel();
    }

    /// The next event, or `None` after so many seconds.
    fn _next<'py>(&self, py: Python<'py>, seconds: f64) -> PyResult<Option<Bound<'py, PyAny>>> {
        let wait = Duration::try_from_secs_f64(seconds).unwrap_or_default();
        let next = py.detach(|| pinterest_oauth::binding::shield(|| self.0.login.next(wait)));
        let event = next.map_err(|error| raised(py, Some(&self.0.account), &error))?;
        let Some(event) = event else {
            return Ok(None);
        };
        let event = json::dict(py, serde_json::to_value(event))?;
        let reports = py.import("pinterest_oauth._reports")?;
        reports.call_method1("login_event", (event,)).map(Some)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let name = PyString::new(py, self.0.account.name()).repr()?;
        Ok(format!("<pinterest_oauth.Login of {name}>"))
    }

    #[pyo3(signature = (protocol, /))]
    fn __reduce_ex__(&self, protocol: &Bound<'_, PyAny>) -> PyResult<()> {
        let _ = protocol;
        Err(refusal("a Login"))
    }
}

/// What a login under way shows to the person: the first thing that on_event is given.
#[pyclass(frozen, module = "pinterest_oauth")]
pub(crate) struct LoginStarted(pinterest_oauth::LoginStarted);

#[pymethods]
impl LoginStarted {
    /// "started", in place of the kind of an event (str).
    #[classattr]
    fn event() -> &'static str {
        "started"
    }

    /// What to tell a person at a terminal, in lines (str). It holds no secret.
    #[getter]
    fn message(&self) -> &str {
        &self.0.message
    }

    /// The way for other machines, in lines (str), or None: show it to the person alone.
    ///
    /// It has authorize_url in it.
    #[getter]
    fn instructions(&self) -> Option<&str> {
        let instructions = self.0.instructions.as_ref();
        instructions.map(pinterest_oauth::Secret::expose)
    }

    /// The address to open in a browser on this machine (str). It holds no secret.
    #[getter]
    fn start_url(&self) -> &str {
        &self.0.start_url
    }

    /// Pinterest's page, for a browser on another machine (str), or None: show it to the person alone.
    ///
    /// The address of the page that follows is to be pasted then: Login.paste.
    #[getter]
    fn authorize_url(&self) -> Option<&str> {
        let url = self.0.authorize_url.as_ref();
        url.map(pinterest_oauth::Secret::expose)
    }

    /// Whether a browser was started (bool).
    #[getter]
    fn opened(&self) -> bool {
        self.0.opened
    }

    /// Why none was started, for a person (str); None where one was, or where none was wanted.
    #[getter]
    fn why_not_opened(&self) -> Option<&str> {
        self.0.why_not_opened
    }

    /// Sentences about scopes that are perhaps misspelled (tuple of str).
    #[getter]
    fn hints<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.0.hints)
    }

    fn __repr__(&self) -> String {
        let shown = |there: bool| if there { "[redacted]" } else { "None" };
        format!(
            "LoginStarted(start_url='{}', authorize_url={}, instructions={}, opened={})",
            self.0.start_url,
            shown(self.0.authorize_url.is_some()),
            shown(self.0.instructions.is_some()),
            if self.0.opened { "True" } else { "False" },
        )
    }

    #[pyo3(signature = (protocol, /))]
    fn __reduce_ex__(&self, protocol: &Bound<'_, PyAny>) -> PyResult<()> {
        let _ = protocol;
        Err(refusal("a LoginStarted"))
    }
}

/// Where to send a web app's visitor, with status 303, and the cookies that go along.
#[pyclass(frozen, module = "pinterest_oauth")]
pub(crate) struct LoginBegin(pinterest_oauth::LoginBegin);

#[pymethods]
impl LoginBegin {
    /// The address to send the browser to (str): it carries the state.
    #[getter]
    fn url(&self) -> &str {
        self.0.url()
    }

    /// The values of the answer's Set-Cookie headers, one header for each (tuple of str).
    #[getter]
    fn set_cookies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.set_cookies())
    }

    fn __repr__(&self) -> String {
        let page = self.0.url().split('?').next().unwrap_or_default();
        let count = self.0.set_cookies().len();
        format!("LoginBegin(url='{page}?…', set_cookies=[{count} redacted])")
    }

    #[pyo3(signature = (protocol, /))]
    fn __reduce_ex__(&self, protocol: &Bound<'_, PyAny>) -> PyResult<()> {
        let _ = protocol;
        Err(refusal("a LoginBegin"))
    }
}
