//! The core's errors as Python exceptions. Their classes are in `_errors.py`, found by kind.

use pinterest_oauth::Error;
use pyo3::prelude::*;

use crate::json;

/// The exception for `error`.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).unwrap_or_else(|problem| problem)
}

fn exception(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let values = json::dict(py, serde_json::to_value(error))?;
    py.import("pinterest_oauth._errors")?
        .call_method1("from_document", (values,))
        .map(PyErr::from_value)
}
