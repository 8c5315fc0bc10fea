//! JSON values as Python values.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyMapping, PyString};
use serde_json::Value;

/// `value` as `None`, `bool`, `int`, `float`, `str`, `list` or `dict`.
pub(crate) fn to_python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Bool(value) => value.into_bound_py_any(py),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => integer.into_bound_py_any(py),
            (None, Some(integer)) => integer.into_bound_py_any(py),
            (None, None) => number.as_f64().into_bound_py_any(py),
        },
        Value::String(text) => text.into_bound_py_any(py),
        Value::Array(items) => {
            let list = PyList::empty(py);
            for item in items {
                list.append(to_python(py, item)?)?;
            }
            Ok(list.into_any())
        }
        Value::Object(entries) => {
            let dict = PyDict::new(py);
            for (name, item) in entries {
                dict.set_item(name, to_python(py, item)?)?;
            }
            Ok(dict.into_any())
        }
    }
}

/// What serde wrote of an object, as a `dict`.
pub(crate) fn dict(
    py: Python<'_>,
    object: serde_json::Result<Value>,
) -> PyResult<Bound<'_, PyDict>> {
    let dict = to_python(py, &object.unwrap_or_default())?;
    Ok(dict.cast_into::<PyDict>()?)
}

/// `text` as Python's own `json` reads it: numbers of any size stay what they are.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (text,))
}

/// A mapping as JSON text, written by Python's own `json`. Whatever it raises may hold a secret.
pub(crate) fn dumps<'py>(document: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = document.py();
    let entries = PyDict::new(py);
    for entry in document.cast::<PyMapping>()?.items()? {
        let (name, value): (Bound<'_, PyString>, Bound<'_, PyAny>) = entry.extract()?;
        entries.set_item(name, value)?;
    }
    let options = PyDict::new(py);
    options.set_item("allow_nan", false)?;
    options.set_item("ensure_ascii", false)?;
    options.set_item("default", methodcaller(py, "get_secret_value")?)?;
    let dumps = py.import("json")?.getattr("dumps")?;
    dumps.call((entries,), Some(&options))
}

/// A function that calls the method of that name of what it is given.
fn methodcaller<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("operator")?.call_method1("methodcaller", (name,))
}
