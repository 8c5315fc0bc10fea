//! What an account or a token manager does on a thread of the core: for callers that wait, and for event loops. Whoever
//! goes away leaves it running, and `finish` waits for it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pinterest_oauth::binding::{self, shield};
use pinterest_oauth::blocking::Account;
use pinterest_oauth::{Error, Kind, Secret, Token};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyString;
use serde::Serialize;
use serde_json::Value;

use crate::call::guarded;
use crate::coroutine::bring_back;
use crate::login::{Begun, Login};
use crate::{errors, json, log, token};

/// What came of it.
pub(crate) enum Given {
    Text(Secret),
    Token(Box<Token>),
    /// For the function of that name of `_reports.py`.
    Report(&'static str, Value),
    Login(Box<Begun>),
    Nothing,
}

pub(crate) type Job = Box<dyn FnOnce() -> Result<Given, Error> + Send>;
pub(crate) type Then = Box<dyn FnOnce(Token) -> Result<Given, Error> + Send>;

/// What is to be done.
pub(crate) enum Begin {
    Job(Job),
    /// The account's token is wanted: callers on event loops need no thread each.
    Token(Then),
}

/// A document, for the function of that name of `_reports.py`.
pub(crate) fn report(name: &'static str, document: impl Serialize) -> Result<Given, Error> {
    let value = serde_json::to_value(document);
    let value = value.map_err(|_| Error::internal("a report could not be written"))?;
    Ok(Given::Report(name, value))
}

/// Does `job` while the caller waits and other Python threads run. A signal handler that raises ends the wait alone.
pub(crate) fn wait<'py>(
    py: Python<'py>,
    account: Option<&Account>,
    job: impl FnOnce() -> Result<Given, Error> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>> {
    let mut raised = None;
    let ended = py.detach(|| {
        let interrupted = || match Python::try_attach(|py| py.check_signals()) {
            Some(Ok(())) => false,
            Some(Err(exception)) => {
                raised = Some(exception);
                true
            }
            // The interpreter shuts down.
            None => true,
        };
        shield(|| binding::work_until(job, interrupted))
    });
    match raised {
        Some(exception) => {
            py.import("pinterest_oauth._leaving")?
                .call_method0("left")?;
            Err(exception)
        }
        None => {
            let given = given(py, account, ended);
            log::tell_of_managers(py)?;
            given
        }
    }
}

/// A coroutine that does it once it is awaited. Bad arguments are raised there, too.
pub(crate) fn coroutine<'py>(
    py: Python<'py>,
    name: &str,
    account: Option<&Account>,
    begin: PyResult<Begin>,
) -> PyResult<Bound<'py, PyAny>> {
    let work = Work {
        account: account.cloned(),
        begin: Mutex::new(Some(begin)),
    };
    let coroutine = py
        .import("pinterest_oauth._aio")?
        .call_method1("kept", (work,))?;
    coroutine.setattr("__qualname__", name)?;
    Ok(coroutine)
}

/// Something to be done once, from Python's point of view.
#[pyclass(frozen, name = "_Work", module = "pinterest_oauth._native")]
pub(crate) struct Work {
    account: Option<Account>,
    begin: Mutex<Option<PyResult<Begin>>>,
}

impl Work {
    pub(crate) fn new(job: impl FnOnce() -> Result<Given, Error> + Send + 'static) -> Self {
        Self {
            account: None,
            begin: Mutex::new(Some(Ok(Begin::Job(Box::new(job))))),
        }
    }

    fn what(&self) -> MutexGuard<'_, Option<PyResult<Begin>>> {
        self.begin.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, py: Python<'_>) -> PyResult<Begin> {
        match self.what().take() {
            Some(begin) => begin,
            None => guarded(py, || {
                Err(Error::internal("a piece of work was begun twice"))
            }),
        }
    }
}

#[pymethods]
impl Work {
    /// Does it while the caller waits.
    fn wait<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let account = self.account.as_ref();
        match self.take(py)? {
            Begin::Job(job) => wait(py, account, job),
            Begin::Token(_) => guarded(py, || Err(Error::internal("this is for event loops"))),
        }
    }

    /// What it gives, where that is known already and nobody has to wait; else `None`.
    fn at_once<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(account) = &self.account else {
            return Ok(None);
        };
        let begin = self.what().take();
        let begin = match (begin, binding::cached_token(account)) {
            (Some(Ok(Begin::Token(then))), Some(token)) => {
                return given(py, Some(account), then(token)).map(Some);
            }
            (begin, _) => begin,
        };
        *self.what() = begin;
        Ok(None)
    }

    /// Begins; the end settles `future`, which belongs to `event_loop`.
    fn begin(&self, py: Python<'_>, event_loop: Py<PyAny>, future: Py<PyAny>) -> PyResult<()> {
        let begin = self.take(py)?;
        let account = self.account.clone();
        let of = account.clone();
        let done = move |ended| {
            bring_back(event_loop, future, |py| given(py, of.as_ref(), ended));
        };
        py.detach(|| match (begin, account) {
            (Begin::Token(then), Some(account)) => {
                binding::start_token(&account, move |token| done(token.and_then(then)));
            }
            (Begin::Job(job), _) => binding::detached(move |error| {
                done(match error {
                    Some(error) => Err(error),
                    None => shield(job),
                });
            }),
            (Begin::Token(_), None) => done(Err(Error::internal("whose token is not known"))),
        });
        Ok(())
    }

    /// Tells the logger what token managers did.
    #[staticmethod]
    fn tell(py: Python<'_>) -> PyResult<()> {
        log::tell_of_managers(py)
    }
}

fn given<'py>(
    py: Python<'py>,
    account: Option<&Account>,
    ended: Result<Given, Error>,
) -> PyResult<Bound<'py, PyAny>> {
    match ended {
        Ok(Given::Text(text)) => Ok(PyString::new(py, text.expose()).into_any()),
        Ok(Given::Token(token)) => token::Token::from(*token).into_bound_py_any(py),
        Ok(Given::Report(name, value)) => py
            .import("pinterest_oauth._reports")?
            .call_method1(name, (json::to_python(py, &value)?,)),
        Ok(Given::Login(begun)) => Login::from(*begun).into_bound_py_any(py),
        Ok(Given::Nothing) => Ok(py.None().into_bound(py)),
        Err(error) => Err(raised(py, account, &error)),
    }
}

/// The exception; a token that no disk took is an attribute of it.
pub(crate) fn raised(py: Python<'_>, account: Option<&Account>, error: &Error) -> PyErr {
    let exception = errors::raised(py, error);
    if error.kind() == Kind::NotSaved {
        let unsaved = account.and_then(Account::unsaved).map(token::Token::from);
        // An exception without its token is still an exception.
        let _ = exception.value(py).setattr("token", unsaved);
    }
    exception
}
