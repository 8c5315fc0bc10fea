//! What a function does, by its name: a client is set up, a call is made, a login's addresses are written and read.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use pinterest_oauth::binding::{self, AnyCall, documents, shield};
use pinterest_oauth::blocking::Client;
use pinterest_oauth::{AuthorizeRequest, Config, Error, RedirectRequest};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::answers::{AuthorizeUrl, answered};
use crate::arguments::Arguments;
use crate::{errors, log};

/// Runs `body`; errors and panics become exceptions.
pub(crate) fn guarded<T>(py: Python<'_>, body: impl FnOnce() -> Result<T, Error>) -> PyResult<T> {
    shield(body).map_err(|error| errors::raised(py, &error))
}

/// The core's client, behind those of Python. Its connections are closed with it; it is made anew where one is closed
/// and used again.
#[pyclass(frozen, subclass, name = "_Handle", module = "pinterest_oauth._native")]
pub(crate) struct Handle {
    config: OnceLock<Config>,
    client: Mutex<Option<Client>>,
}

#[pymethods]
impl Handle {
    #[new]
    #[pyo3(signature = (*arguments, **keywords))]
    fn new(arguments: &Bound<'_, PyTuple>, keywords: Option<&Bound<'_, PyDict>>) -> Self {
        // Those are for __init__.
        let _ = (arguments, keywords);
        Self {
            config: OnceLock::new(),
            client: Mutex::default(),
        }
    }

    fn _close(&self, py: Python<'_>) {
        let client = self.client().take();
        py.detach(|| drop(client));
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Ok(format!("<pinterest_oauth.{}>", slf.get_type().name()?))
    }

    #[pyo3(signature = (protocol, /))]
    fn __reduce_ex__(slf: &Bound<'_, Self>, protocol: &Bound<'_, PyAny>) -> PyResult<()> {
        let _ = protocol;
        let refusal = format!(
            "a {} is not pickled, because it holds a secret",
            slf.get_type().name()?
        );
        Err(pyo3::exceptions::PyTypeError::new_err(refusal))
    }
}

impl Handle {
    pub(crate) fn connected(&self, py: Python<'_>) -> PyResult<Client> {
        guarded(py, || {
            let mut client = self.client();
            if let Some(client) = &*client {
                return Ok(client.clone());
            }
            let absent = || Error::internal("the client was not set up: __init__ did not run");
            let config = self.config.get().ok_or_else(absent)?;
            Ok(client.insert(Client::new(config.clone())?).clone())
        })
    }

    fn client(&self) -> MutexGuard<'_, Option<Client>> {
        self.client.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the function of that name does with a client.
    pub(crate) fn run<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        arguments: Arguments<'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match name {
            "__init__" => {
                guarded(py, || {
                    let config = config(arguments)?;
                    let client = Client::new(config.clone())?;
                    let twice = |_| Error::invalid_argument("client", "is set up already");
                    self.config.set(config).map_err(twice)?;
                    *self.client() = Some(client);
                    Ok(())
                })?;
                Ok(py.None().into_bound(py))
            }
            "authorize_url" => {
                let client = self.connected(py)?;
                let page = guarded(py, || {
                    let document = arguments.document(name)?;
                    client.authorize_url(&AuthorizeRequest::from_map(document)?)
                })?;
                AuthorizeUrl::from(page).into_bound_py_any(py)
            }
            "check" => {
                let client = self.connected(py)?;
                guarded(py, || match arguments.document(name)?.keys().next() {
                    Some(field) => Err(Error::invalid_argument(
                        field,
                        "is not a parameter of check",
                    )),
                    None => client.check(),
                })?;
                Ok(py.None().into_bound(py))
            }
            _ => {
                let client = self.connected(py)?;
                let call = guarded(py, || request(name, arguments))?;
                wait(py, &client, &call)
            }
        }
    }
}

/// What the function of that name does without a client.
pub(crate) fn run_alone<'py>(
    py: Python<'py>,
    name: &str,
    mut arguments: Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    if name == "redirect" {
        let redirect = guarded(py, || {
            RedirectRequest::from_map(arguments.document(name)?)?.code()
        })?;
        return redirect.code().expose().into_bound_py_any(py);
    }
    let (client, call) = guarded(py, || {
        let settings = arguments.split_off(|name| documents::CONFIG.field(name).is_some());
        let call = request(name, arguments)?;
        let client = Client::new(config(settings)?)?;
        client.keep_connections();
        Ok((client, call))
    })?;
    wait(py, &client, &call)
}

fn config(settings: Arguments<'_>) -> Result<Config, Error> {
    Config::from_map(settings.document("__init__")?)
}

/// The call of that name. A token is refreshed as the object that it is.
pub(crate) fn request(name: &str, mut arguments: Arguments<'_>) -> Result<AnyCall, Error> {
    if name != "refresh" {
        return AnyCall::from_map(name, arguments.document(name)?);
    }
    let token = arguments.token()?;
    binding::refresh(token.get().core(), arguments.document(name)?)
}

/// Makes the call while other Python threads run. A signal handler that raises ends it.
fn wait<'py>(py: Python<'py>, client: &Client, call: &AnyCall) -> PyResult<Bound<'py, PyAny>> {
    let mut raised = None;
    let answer = py.detach(|| {
        let interrupted = || match Python::try_attach(|py| py.check_signals()) {
            Some(Ok(())) => false,
            Some(Err(exception)) => {
                raised = Some(exception);
                true
            }
            // The interpreter shuts down.
            None => true,
        };
        shield(|| binding::run_until(client, call, interrupted))
    });
    let ended = match (raised, answer) {
        (Some(exception), _) => return Err(exception),
        (None, Ok(answer)) => answered(py, answer),
        (None, Err(error)) => Err(errors::raised(py, &error)),
    };
    // A signal that came with the answer is dealt with here: Python would do so before anybody has the token.
    let interrupted = py.check_signals();
    let told = log::tell(py, &ended);
    let Err(exception) = interrupted.and(told) else {
        return ended;
    };
    if let Ok(value) = ended {
        let _ = exception.value(py).setattr("pinterest_token", value);
    }
    Err(exception)
}
