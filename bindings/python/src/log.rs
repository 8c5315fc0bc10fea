//! One line per call at level DEBUG to the logger `pinterest_oauth`, without secrets. It costs next to nothing where
//! nobody listens: `logging` is not imported for it.

use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use crate::token::Token;

const DEBUG: i32 = 10;

static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();

/// Writes the line of a call that gave a value or raised an exception.
///
/// A token that has come is worth more than its line: an `Exception` of a handler is told on standard error, and only
/// what ends programs (`KeyboardInterrupt`, `SystemExit`) is raised.
pub(crate) fn tell<'py>(py: Python<'py>, ended: &PyResult<Bound<'py, PyAny>>) -> PyResult<()> {
    match line(py, ended) {
        Err(problem) if problem.is_instance_of::<PyException>(py) => {
            problem.write_unraisable(py, None);
            Ok(())
        }
        told => told,
    }
}

fn line<'py>(py: Python<'py>, ended: &PyResult<Bound<'py, PyAny>>) -> PyResult<()> {
    let Some(logger) = listening(py)? else {
        return Ok(());
    };
    let lines = py.import(intern!(py, "pinterest_oauth._log"))?;
    match ended {
        Ok(value) => {
            let answer = match value.cast::<Token>() {
                Ok(token) => token.getattr(intern!(py, "answer"))?,
                Err(_) => value.clone(),
            };
            lines.call_method1(intern!(py, "succeeded"), (logger, answer))?;
        }
        Err(error) => {
            lines.call_method1(intern!(py, "failed"), (logger, error.value(py)))?;
        }
    }
    Ok(())
}

/// The logger, where somebody wants its lines.
fn listening(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    let modules = MODULES.get_or_try_init(py, || {
        let modules = py.import("sys")?.getattr("modules")?;
        Ok::<_, PyErr>(modules.cast_into::<PyDict>()?.unbind())
    })?;
    let Some(logging) = modules.bind(py).get_item(intern!(py, "logging"))? else {
        return Ok(None);
    };
    let logger = logging.call_method1(intern!(py, "getLogger"), ("pinterest_oauth",))?;
    let wanted = logger.call_method1(intern!(py, "isEnabledFor"), (DEBUG,))?;
    Ok(wanted.is_truthy()?.then_some(logger))
}
