//! From options to the documents that the core reads and checks.

use pinterest_oauth::binding::documents::{self, Field, Type};
use serde_json::{Map, Value};

use crate::command::Arguments;
use crate::failure::Failure;

/// A document in the making.
#[derive(Default)]
pub(crate) struct Document(pub Map<String, Value>);

impl Document {
    /// The document with the options that were given for it.
    pub fn of(arguments: &Arguments, document: &documents::Document) -> Result<Self, Failure> {
        let mut made = Self::default();
        for (known, fields) in arguments.command.fields {
            if known.name == document.name {
                for field in fields.of(known) {
                    made.set(field.name, value(arguments, field)?);
                }
            }
        }
        Ok(made)
    }

    /// Sets what is there.
    pub fn set(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.0.insert(key.to_owned(), value.into());
        }
    }
}

/// The value that was given for a field.
fn value(arguments: &Arguments, field: &Field) -> Result<Option<Value>, Failure> {
    let name = field.name.replace('_', "-");
    match field.kind {
        Type::Boolean => {
            let no = arguments.has(&format!("no-{name}"));
            if no && arguments.has(&name) {
                let message = format!("--{name} and --no-{name} exclude each other");
                return Err(Failure::argument(&name, message));
            }
            Ok((no || arguments.has(&name)).then_some(Value::Bool(!no)))
        }
        Type::Integer | Type::Number => {
            let Some(text) = arguments.text(&name)? else {
                return Ok(None);
            };
            let number = text.parse().ok().filter(|number: &f64| number.is_finite());
            let unit = field
                .unit
                .map(|unit| format!(" of {unit}"))
                .unwrap_or_default();
            let message = format!("--{name} is a number{unit}");
            number
                .map(|number| Some(Value::from(number)))
                .ok_or_else(|| Failure::argument(&name, message))
        }
        Type::Scopes => {
            let scopes = arguments.all(&name)?;
            Ok((!scopes.is_empty()).then(|| Value::from(scopes.join(","))))
        }
        Type::Pairs => {
            let pairs = arguments.pairs(&name)?.into_iter();
            let pairs: Map<String, Value> = pairs
                .map(|(name, value)| (name, Value::from(value)))
                .collect();
            Ok((!pairs.is_empty()).then_some(Value::Object(pairs)))
        }
        _ => Ok(arguments.text(&name)?.map(Value::from)),
    }
}
