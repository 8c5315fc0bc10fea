//! The core's errors as Python exceptions. Their classes are in `_errors.py`, found by kind.

use pinterest_oauth::Error;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::Value;

use crate::json;

/// The exception for `error`.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    match exception(py, error) {
        Ok(exception) => PyErr::from_value(exception),
        Err(problem) => problem,
    }
}

/// The same as an object, for futures.
pub(crate) fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let mut document: Value = serde_json::from_str(&error.to_json()).unwrap_or_default();
    if let Some(field) = document.get_mut("field") {
        // Times are milliseconds in documents and seconds in Python.
        if let Some(name) = field.as_str().and_then(|name| name.strip_suffix("_ms")) {
            *field = Value::from(name);
        }
    }
    let document = json::to_python(py, &document)?;
    let document = document.cast::<PyDict>()?;
    py.import("pinterest_oauth._errors")?
        .call_method1("from_document", (document,))
}
