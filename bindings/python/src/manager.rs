//! The core's token manager, behind those of Python (`_manager.py`), and the wait for what a process has begun.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use pinterest_oauth::blocking::TokenManager;
use pinterest_oauth::{Error, ManagerConfig};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use serde_json::Value;

use crate::account::{Account, refusal};
use crate::arguments::{Arguments, text};
use crate::async_account::AsyncAccount;
use crate::call::guarded;
use crate::deeds;
use crate::log;
use crate::login;
use crate::work::{Begin, Work, coroutine, report, wait};

/// How often a wait asks for signals.
const INTERRUPT_INTERVAL: Duration = Duration::from_millis(50);

/// The core's token manager.
#[pyclass(
    frozen,
    subclass,
    name = "_Manager",
    module = "pinterest_oauth._native"
)]
pub(crate) struct Manager(OnceLock<TokenManager>);

impl Manager {
    /// What `__init__` does.
    fn set_up(&self, py: Python<'_>, settings: Arguments<'_>) -> PyResult<()> {
        let config = guarded(py, || {
            let document = Value::Object(settings.document("__init__")?);
            ManagerConfig::from_json(&document.to_string())
        })?;
        let manager = py.detach(|| pinterest_oauth::binding::shield(|| TokenManager::new(config)));
        guarded(py, || {
            let twice = |_| Error::invalid_argument("manager", "is set up already");
            self.0.set(manager?).map_err(twice)
        })
    }

    /// What the declared function of that name does: those that take secrets.
    pub(crate) fn run<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        awaited: Option<&str>,
        arguments: PyResult<Arguments<'py>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if name == "__init__" {
            self.set_up(py, arguments?)?;
            return Ok(py.None().into_bound(py));
        }
        let manager = self.core(py)?;
        if name == "begin_login" {
            let arguments = arguments?;
            return guarded(py, || login::begin(&manager, arguments))?.into_bound_py_any(py);
        }
        let job =
            arguments.and_then(|arguments| guarded(py, || login::finishing(manager, arguments)));
        match awaited {
            Some(name) => coroutine(py, name, None, job.map(Begin::Job)),
            None => wait(py, None, job?),
        }
    }

    fn core(&self, py: Python<'_>) -> PyResult<TokenManager> {
        guarded(py, || {
            let absent = || Error::internal("the manager was not set up: __init__ did not run");
            self.0.get().cloned().ok_or_else(absent)
        })
    }

    fn named(&self, py: Python<'_>, name: &Bound<'_, PyAny>) -> PyResult<Account> {
        let manager = self.core(py)?;
        guarded(py, || manager.account(text("account", name)?).map(Account))
    }

    fn of_app(&self, py: Python<'_>, scopes: &Bound<'_, PyAny>) -> PyResult<Account> {
        let manager = self.core(py)?;
        guarded(py, || manager.app(&deeds::scopes(scopes)?).map(Account))
    }
}

#[pymethods]
impl Manager {
    #[new]
    #[pyo3(signature = (*arguments, **keywords))]
    fn new(arguments: &Bound<'_, PyTuple>, keywords: Option<&Bound<'_, PyDict>>) -> Self {
        // Those are for __init__.
        let _ = (arguments, keywords);
        Self(OnceLock::new())
    }

    fn _account(&self, py: Python<'_>, name: &Bound<'_, PyAny>) -> PyResult<Account> {
        self.named(py, name)
    }

    fn _async_account(&self, py: Python<'_>, name: &Bound<'_, PyAny>) -> PyResult<AsyncAccount> {
        self.named(py, name)
            .map(|Account(account)| AsyncAccount(account))
    }

    fn _app(&self, py: Python<'_>, scopes: &Bound<'_, PyAny>) -> PyResult<Account> {
        self.of_app(py, scopes)
    }

    fn _async_app(&self, py: Python<'_>, scopes: &Bound<'_, PyAny>) -> PyResult<AsyncAccount> {
        self.of_app(py, scopes)
            .map(|Account(account)| AsyncAccount(account))
    }

    fn _accounts(&self, py: Python<'_>) -> PyResult<Work> {
        let manager = self.core(py)?;
        Ok(Work::new(move || report("statuses", manager.accounts()?)))
    }

    fn _refresh_due(&self, py: Python<'_>, parallel: usize) -> PyResult<Work> {
        let manager = self.core(py)?;
        Ok(Work::new(move || {
            report("refresh_due", manager.refresh_due_with(parallel, None)?)
        }))
    }

    fn _doctor(&self, py: Python<'_>, repair: bool) -> PyResult<Work> {
        let manager = self.core(py)?;
        Ok(Work::new(move || report("doctor", manager.doctor(repair)?)))
    }

    #[pyo3(signature = (**options))]
    fn _login(&self, py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Work> {
        let manager = self.core(py)?;
        let job = guarded(py, || login::starting(manager, options))?;
        Ok(Work::new(job))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Ok(format!("<pinterest_oauth.{}>", slf.get_type().name()?))
    }

    #[pyo3(signature = (protocol, /))]
    fn __reduce_ex__(slf: &Bound<'_, Self>, protocol: &Bound<'_, PyAny>) -> PyResult<()> {
        let _ = protocol;
        Err(refusal(&format!("a {}", slf.get_type().name()?)))
    }
}

/// Wait until what this process has begun is stored; say whether nothing is left (bool).
///
/// A refresh or login that was sent is driven to its end, although nobody waits for it any more. It is called by itself
/// when Python ends; a program that ends otherwise (os._exit) may call it before.
///
/// Args:
///     seconds: how long to wait at most.
#[pyfunction]
#[pyo3(signature = (seconds=30.0))]
pub(crate) fn finish(py: Python<'_>, seconds: f64) -> PyResult<bool> {
    let wait = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX);
    let end = Instant::now().checked_add(wait);
    loop {
        let left = end.map_or(wait, |end| end.saturating_duration_since(Instant::now()));
        let slice = left.min(INTERRUPT_INTERVAL);
        if py.detach(|| pinterest_oauth::finish(slice)) {
            log::tell_of_managers(py)?;
            return Ok(true);
        }
        if left.is_zero() {
            return Ok(false);
        }
        py.check_signals()?;
    }
}
