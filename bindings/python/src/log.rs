//! Lines to the logger `pinterest_oauth`, without secrets: one per call at level DEBUG, and what token managers did. They
//! cost next to nothing where nobody listens: `logging` is not imported for them.

use pinterest_oauth::binding;
use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use crate::json;
use crate::token::Token;

const DEBUG: i32 = 10;
const NO_LINES: &str = "[]";

static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();

/// Writes the line of a call that gave a value or raised an exception.
///
/// A token that has come is worth more than its line: an `Exception` of a handler is told on standard error, and only
/// what ends programs (`KeyboardInterrupt`, `SystemExit`) is raised.
pub(crate) fn tell<'py>(py: Python<'py>, ended: &PyResult<Bound<'py, PyAny>>) -> PyResult<()> {
    told(py, line(py, ended))
}

/// Writes what token managers of this process did since the last time, whichever thread it was.
pub(crate) fn tell_of_managers(py: Python<'_>) -> PyResult<()> {
    told(py, managers(py))
}

fn told(py: Python<'_>, written: PyResult<()>) -> PyResult<()> {
    match written {
        Err(problem) if problem.is_instance_of::<PyException>(py) => {
            problem.write_unraisable(py, None);
            Ok(())
        }
        told => told,
    }
}

fn line<'py>(py: Python<'py>, ended: &PyResult<Bound<'py, PyAny>>) -> PyResult<()> {
    let Some(logger) = logger(py)? else {
        return Ok(());
    };
    let wanted = logger.call_method1(intern!(py, "isEnabledFor"), (DEBUG,))?;
    if !wanted.is_truthy()? {
        return Ok(());
    }
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

fn managers(py: Python<'_>) -> PyResult<()> {
    let Some(logger) = logger(py)? else {
        return Ok(());
    };
    let lines = binding::take_log();
    if lines == NO_LINES {
        return Ok(());
    }
    // Without an import: a program may be unable to read its modules by now.
    let lines = json::to_python(py, &serde_json::from_str(&lines).unwrap_or_default())?;
    let log = py.import(intern!(py, "pinterest_oauth._log"))?;
    log.call_method1(intern!(py, "managers"), (logger, lines))?;
    Ok(())
}

/// The logger, where the program has imported `logging`.
fn logger(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    let modules = MODULES.get_or_try_init(py, || {
        let modules = py.import("sys")?.getattr("modules")?;
        Ok::<_, PyErr>(modules.cast_into::<PyDict>()?.unbind())
    })?;
    let Some(logging) = modules.bind(py).get_item(intern!(py, "logging"))? else {
        return Ok(None);
    };
    logging
        .call_method1(intern!(py, "getLogger"), ("pinterest_oauth",))
        .map(Some)
}
