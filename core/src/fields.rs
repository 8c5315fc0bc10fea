//! Named inputs as they come from another language: JSON objects and keyword arguments.
//! Says which names exist and which types they have; what they mean belongs to their owners.

use serde_json::{Map, Value};

use crate::error::Error;
use crate::scopes::Scopes;
use crate::secret::Secret;

/// The longest input accepted, in bytes.
const MAX_LENGTH: usize = 16 * 1024;

/// Checks a text input: not empty, not over-long, no control characters.
pub(crate) fn check_text(field: &str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::invalid_argument(field, "must not be empty"));
    }
    if text.len() > MAX_LENGTH {
        return Err(Error::invalid_argument(
            field,
            format!("must not be longer than {MAX_LENGTH} bytes"),
        ));
    }
    let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    if !visible && text.chars().any(char::is_control) {
        return Err(Error::invalid_argument(
            field,
            "must not contain control characters",
        ));
    }
    Ok(())
}

/// How a type is read from a document: its `read` takes the fields, these two bring them.
macro_rules! from_documents {
    ($type:ident, $what:literal) => {
        impl $type {
            /// Reads a JSON object with the keys named above.
            ///
            /// # Errors
            /// `invalid_argument`, naming the key that is missing, unknown or malformed;
            /// `invalid_config` for a setting that cannot be used.
            pub fn from_json(json: &str) -> Result<Self, Error> {
                Self::read(Fields::parse($what, json)?)
            }

            /// The same from a parsed object.
            ///
            /// # Errors
            /// As `from_json`.
            pub fn from_map(
                map: serde_json::Map<String, serde_json::Value>,
            ) -> Result<Self, Error> {
                Self::read(Fields::from(map))
            }
        }
    };
}
pub(crate) use from_documents;

/// A JSON object whose entries are taken out one by one; what is left over is unknown.
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// Parses a JSON object. `what` names the document in errors.
    pub(crate) fn parse(what: &str, json: &str) -> Result<Self, Error> {
        match serde_json::from_str(json) {
            Ok(Value::Object(map)) => Ok(Self(map)),
            Ok(_) => Err(Error::invalid_argument(what, "must be a JSON object")),
            Err(error) => {
                let place = format!(
                    "is not valid JSON (line {}, column {})",
                    error.line(),
                    error.column()
                );
                Err(Error::invalid_argument(what, place))
            }
        }
    }

    /// Takes a value out; `null` counts as absent.
    pub(crate) fn take(&mut self, field: &str) -> Option<Value> {
        self.0.remove(field).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&mut self, field: &str) -> Result<Option<String>, Error> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::String(text)) => check_text(field, &text).map(|()| Some(text)),
            Some(_) => Err(Error::invalid_argument(field, "must be a string")),
        }
    }

    pub(crate) fn secret(&mut self, field: &str) -> Result<Option<Secret>, Error> {
        Ok(self.text(field)?.map(Secret::from))
    }

    pub(crate) fn boolean(&mut self, field: &str) -> Result<Option<bool>, Error> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(value)),
            Some(_) => Err(Error::invalid_argument(field, "must be true or false")),
        }
    }

    pub(crate) fn milliseconds(&mut self, field: &str) -> Result<Option<u64>, Error> {
        match self.take(field) {
            None => Ok(None),
            Some(value) => match value.as_u64() {
                Some(milliseconds) => Ok(Some(milliseconds)),
                None => Err(Error::invalid_argument(
                    field,
                    "must be a whole number of milliseconds",
                )),
            },
        }
    }

    /// A string with commas or spaces, or a list of strings.
    pub(crate) fn scopes(&mut self, field: &str) -> Result<Option<Scopes>, Error> {
        let scopes: Scopes = match self.take(field) {
            None => return Ok(None),
            Some(Value::String(text)) => Scopes::parse(&text),
            Some(Value::Array(items)) => {
                let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
                texts
                    .ok_or_else(|| {
                        Error::invalid_argument(field, "must be a string or a list of strings")
                    })?
                    .into_iter()
                    .collect()
            }
            Some(_) => {
                return Err(Error::invalid_argument(
                    field,
                    "must be a string or a list of strings",
                ));
            }
        };
        check_text(field, &scopes.to_string()).map(|()| Some(scopes))
    }

    /// A JSON object of further form fields.
    pub(crate) fn pairs(&mut self, field: &str) -> Result<Vec<(String, String)>, Error> {
        let map = match self.take(field) {
            None => return Ok(Vec::new()),
            Some(Value::Object(map)) => map,
            Some(_) => {
                return Err(Error::invalid_argument(
                    field,
                    "must be an object of strings",
                ));
            }
        };
        map.into_iter()
            .map(|(name, value)| match value {
                Value::String(text) => Ok((name, text)),
                Value::Bool(_) | Value::Number(_) => {
                    let text = value.to_string();
                    Ok((name, text))
                }
                _ => Err(Error::invalid_argument(
                    format!("{field}.{name}"),
                    "must be a string, a number or a boolean",
                )),
            })
            .collect()
    }

    /// Fails when something is left that nobody took.
    pub(crate) fn finish(self, what: &str) -> Result<(), Error> {
        match self.0.into_iter().find(|(_, value)| !value.is_null()) {
            None => Ok(()),
            Some((name, _)) => {
                let name: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
                Err(Error::invalid_argument(
                    name,
                    format!("is not a parameter of {what}"),
                ))
            }
        }
    }
}

impl From<Map<String, Value>> for Fields {
    fn from(map: Map<String, Value>) -> Self {
        Self(map)
    }
}
