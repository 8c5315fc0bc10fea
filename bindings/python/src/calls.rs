//! How a call is made from Python: guarded against panics, without the GIL, and stoppable by signals.

use pinterest_oauth::Error;
use pinterest_oauth::binding::{self, Call, shield};
use pinterest_oauth::blocking::Client;
use pyo3::prelude::*;

use crate::errors;

/// Runs `body`; errors and panics become exceptions.
pub(crate) fn guarded<T>(py: Python<'_>, body: impl FnOnce() -> Result<T, Error>) -> PyResult<T> {
    shield(body).map_err(|error| errors::raised(py, &error))
}

/// Makes the call while other Python threads run. A signal handler that raises ends it.
pub(crate) fn wait<O: Operation>(
    py: Python<'_>,
    client: &Client,
    operation: &O,
) -> PyResult<O::Answer> {
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
        shield(|| client.run_until(operation, interrupted))
    });
    match raised {
        Some(exception) => Err(exception),
        None => answer.map_err(|error| errors::raised(py, &error)),
    }
}
