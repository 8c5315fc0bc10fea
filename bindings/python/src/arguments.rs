//! Python's arguments as the documents that the core reads. Which names exist, which types they have and what may be
//! left out is the core's to say.

use pinterest_oauth::Error;
use pinterest_oauth::binding::documents::{ENDPOINTS, Type};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use serde_json::{Map, Number, Value};

use crate::token::Token;

/// A document for the core.
pub(crate) type Document = Map<String, Value>;

/// Lists in lists: no input of the core goes this deep.
const MAX_DEPTH: usize = 16;

/// Settings that are paths.
const PATHS: [&str; 4] = ["ca_file", "store", "recovery_dir", "clock_offset_file"];

/// What a function was given, by name; `None` is as good as absent.
pub(crate) struct Arguments<'py>(Vec<(String, Bound<'py, PyAny>)>);

impl<'py> Arguments<'py> {
    pub(crate) fn bind<'a>(
        positional: impl Iterator<Item = (&'a String, Bound<'py, PyAny>)>,
        keywords: Option<&Bound<'py, PyDict>>,
    ) -> Result<Self, Error> {
        let mut given: Vec<_> = positional
            .map(|(name, value)| (name.clone(), value))
            .collect();
        for (name, value) in keywords.into_iter().flatten() {
            let name = text("arguments", &name)?;
            if given.iter().any(|(own, _)| *own == name) {
                return Err(Error::invalid_argument(name, "is given twice"));
            }
            // The core's word for whose names it uses; no function has it.
            if name == "language" {
                return Err(Error::invalid_argument(name, "is not a parameter here"));
            }
            given.push((name, value));
        }
        given.retain(|(_, value)| !value.is_none());
        Ok(Self(given))
    }

    /// Takes out those whose name is wanted.
    pub(crate) fn split_off(&mut self, wanted: impl Fn(&str) -> bool) -> Self {
        let (taken, left) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|(name, _)| wanted(name));
        self.0 = left;
        Self(taken)
    }

    /// What `refresh` takes: a Token, taken out, and `timeout`.
    pub(crate) fn token(&mut self) -> Result<Bound<'py, Token>, Error> {
        let given = self.split_off(|name| name == "token").0.pop();
        let token = given.and_then(|(_, value)| value.cast_into().ok());
        if let Some((name, _)) = self.0.iter().find(|(name, _)| name != "timeout") {
            let problem = "is not a parameter of refresh: oauth_token takes others";
            return Err(Error::invalid_argument(name, problem));
        }
        let problem = "must be a Token: Token.from_json reads a stored one, oauth_token takes a refresh_token";
        token.ok_or_else(|| Error::invalid_argument("token", problem))
    }

    /// The document for the function of that name.
    pub(crate) fn document(self, function: &str) -> Result<Document, Error> {
        let mut document = Document::new();
        for (name, value) in self.0 {
            let value = if let Ok(token) = value.cast::<Token>() {
                token_document(function, &name, token.get())?
            } else if PATHS.contains(&name.as_str()) {
                path(&name, &value)?
            } else {
                convert(&name, &value, 0)?
            };
            document.insert(name, value);
        }
        Ok(document)
    }
}

/// A token is given where the table says so; anywhere else it would be sent as a whole.
fn token_document(function: &str, name: &str, token: &Token) -> Result<Value, Error> {
    let call = ENDPOINTS.iter().find(|call| call.name == function);
    let field = call.and_then(|call| call.request.field(name));
    if field.is_some_and(|field| field.kind == Type::Token) {
        return Ok(Value::String(token.core().to_json()));
    }
    Err(Error::invalid_argument(name, "must not be a Token"))
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
    } else if let Some(secret) = revealed(name, value)? {
        text(name, &secret).map(Value::String)
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

pub(crate) fn text(name: &str, value: &Bound<'_, PyAny>) -> Result<String, Error> {
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

/// A text that may be kept secret by an object, as pydantic's `SecretStr` does.
pub(crate) fn secret(name: &str, value: &Bound<'_, PyAny>) -> Result<String, Error> {
    match revealed(name, value)? {
        Some(secret) => text(name, &secret),
        None => text(name, value),
    }
}

/// The text of an object that keeps it secret, as pydantic's `SecretStr` does; `None` for any other object.
fn revealed<'py>(
    name: &str,
    value: &Bound<'py, PyAny>,
) -> Result<Option<Bound<'py, PyAny>>, Error> {
    if !value.hasattr("get_secret_value").unwrap_or(false) {
        return Ok(None);
    }
    let secret = value.call_method0("get_secret_value");
    let unreadable = |_| Error::invalid_argument(name, "is a secret that cannot be read");
    secret.map(Some).map_err(unreadable)
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
