//! Python's keyword arguments as the documents that the core reads. Which names exist, which types they
//! have and what may be left out is the core's to say.

use pinterest_oauth::Error;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use serde_json::{Map, Number, Value};

use crate::token::Token;

/// A document for the core.
pub(crate) type Document = Map<String, Value>;

/// Lists in lists: no input of the core goes this deep.
const MAX_DEPTH: usize = 16;

/// Keywords that are seconds in Python and milliseconds in documents.
const TIMES: [&str; 2] = ["timeout", "connect_timeout"];

/// An argument of a name.
pub(crate) type Named<'a, 'py> = (&'static str, Option<&'a Bound<'py, PyAny>>);

/// Arguments and keywords as a document; `None` is as good as absent.
pub(crate) fn document(
    named: &[Named<'_, '_>],
    keywords: Option<&Bound<'_, PyDict>>,
) -> Result<Document, Error> {
    let mut document = Document::new();
    for (name, value) in keywords.into_iter().flatten() {
        let name = text("arguments", &name)?;
        if named.iter().any(|(own, _)| *own == name) {
            return Err(Error::invalid_argument(name, "is not a parameter here"));
        }
        add(&mut document, &name, &value)?;
    }
    for (name, value) in named {
        if let Some(value) = value {
            add(&mut document, name, value)?;
        }
    }
    Ok(document)
}

fn add(document: &mut Document, name: &str, value: &Bound<'_, PyAny>) -> Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    if name
        .strip_suffix("_ms")
        .is_some_and(|name| TIMES.contains(&name))
    {
        return Err(Error::invalid_argument(
            name,
            "is not a parameter: Python takes seconds",
        ));
    }
    if TIMES.contains(&name) {
        document.insert(format!("{name}_ms"), milliseconds(name, value)?);
    } else if name == "ca_file" {
        document.insert(name.to_owned(), path(name, value)?);
    } else if let Ok(token) = value.cast::<Token>() {
        document.insert(name.to_owned(), token_document(name, token.get())?);
    } else {
        document.insert(name.to_owned(), convert(name, value, 0)?);
    }
    Ok(())
}

/// Only the parameter `token` takes tokens; anywhere else one would be sent as a whole.
fn token_document(name: &str, token: &Token) -> Result<Value, Error> {
    if name != "token" {
        return Err(Error::invalid_argument(name, "must not be a Token"));
    }
    // An object, so that a call which wants the text of a token refuses it.
    serde_json::from_str(&token.core().to_json())
        .map_err(|_| Error::internal("a token could not be read back"))
}

fn convert(name: &str, value: &Bound<'_, PyAny>, depth: usize) -> Result<Value, Error> {
    if depth > MAX_DEPTH {
        return Err(Error::invalid_argument(name, "is nested too deeply"));
    }
    if value.is_none() {
        Ok(Value::Null)
    } else if let Ok(value) = value.cast::<PyBool>() {
        Ok(Value::Bool(value.is_true()))
    } else if value.is_instance_of::<PyString>() {
        text(name, value).map(Value::String)
    } else if value.is_instance_of::<PyInt>() {
        integer(name, value)
    } else if let Ok(value) = value.cast::<PyFloat>() {
        let number = Number::from_f64(value.value());
        number
            .map(Value::Number)
            .ok_or_else(|| Error::invalid_argument(name, "must be a finite number"))
    } else if let Ok(items) = value.cast::<PyList>() {
        items
            .iter()
            .map(|item| convert(name, &item, depth + 1))
            .collect()
    } else if let Ok(items) = value.cast::<PyTuple>() {
        items
            .iter()
            .map(|item| convert(name, &item, depth + 1))
            .collect()
    } else if let Ok(entries) = value.cast::<PyMapping>() {
        object(name, entries, depth).map(Value::Object)
    } else {
        Err(Error::invalid_argument(
            name,
            "is of a type that cannot be used here",
        ))
    }
}

fn object(name: &str, entries: &Bound<'_, PyMapping>, depth: usize) -> Result<Document, Error> {
    let unreadable = |_| Error::invalid_argument(name, "cannot be read");
    let mut object = Document::new();
    for entry in entries.items().map_err(unreadable)? {
        let (key, item): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
            entry.extract().map_err(unreadable)?;
        let key = text(name, &key)?;
        let item = convert(&format!("{name}.{key}"), &item, depth + 1)?;
        object.insert(key, item);
    }
    Ok(object)
}

fn text(name: &str, value: &Bound<'_, PyAny>) -> Result<String, Error> {
    let Ok(value) = value.cast::<PyString>() else {
        return Err(Error::invalid_argument(name, "must be a string"));
    };
    let text = value
        .to_cow()
        .map_err(|_| Error::invalid_argument(name, "must not contain lone surrogates"))?;
    Ok(text.into_owned())
}

fn integer(name: &str, value: &Bound<'_, PyAny>) -> Result<Value, Error> {
    if let Ok(integer) = value.extract::<i64>() {
        return Ok(Value::from(integer));
    }
    let integer = value.extract::<u64>();
    integer
        .map(Value::from)
        .map_err(|_| Error::invalid_argument(name, "is too large a number"))
}

/// Seconds as whole milliseconds; which are allowed is the core's to say.
fn milliseconds(name: &str, value: &Bound<'_, PyAny>) -> Result<Value, Error> {
    let number = value.is_instance_of::<PyFloat>() || value.is_instance_of::<PyInt>();
    let seconds = match value.extract::<f64>() {
        Ok(seconds) if number && !value.is_instance_of::<PyBool>() && seconds.is_finite() => {
            seconds
        }
        _ => {
            return Err(Error::invalid_argument(
                name,
                "must be a finite number of seconds",
            ));
        }
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates"
    )]
    let milliseconds = (seconds * 1000.0).round() as u64;
    Ok(Value::from(milliseconds))
}

/// A path as `str` or as anything with `__fspath__`.
fn path(name: &str, value: &Bound<'_, PyAny>) -> Result<Value, Error> {
    if !value.hasattr("__fspath__").unwrap_or(false) {
        return text(name, value).map(Value::String);
    }
    let path = value.call_method0("__fspath__");
    let path = path.map_err(|_| Error::invalid_argument(name, "is a path that cannot be read"))?;
    text(name, &path).map(Value::String)
}
