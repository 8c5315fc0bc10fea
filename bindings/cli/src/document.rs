//! From options to the documents that the core reads and checks.

use serde_json::{Map, Value};

use crate::arguments::Arguments;
use crate::failure::Failure;

/// A document in the making.
#[derive(Default)]
pub(crate) struct Document(pub Map<String, Value>);

impl Document {
    /// A document of these options, each under its own name.
    pub fn of(arguments: &Arguments, options: &[&'static str]) -> Result<Self, Failure> {
        let mut document = Self::default();
        for option in options {
            document.set(&option.replace('-', "_"), arguments.text(option)?);
        }
        Ok(document)
    }

    /// Sets what is there.
    pub fn set(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.0.insert(key.to_owned(), value.into());
        }
    }

    /// The `NAME=VALUE` pairs of `--extra`.
    pub fn set_extra(&mut self, arguments: &Arguments) -> Result<(), Failure> {
        let pairs = arguments.pairs("extra")?;
        let extra: Map<String, Value> = pairs
            .into_iter()
            .map(|(name, value)| (name, Value::String(value)))
            .collect();
        self.set("extra", (!extra.is_empty()).then_some(extra));
        Ok(())
    }

    /// `--scope`, which may be given more than once.
    pub fn set_scope(&mut self, arguments: &Arguments) -> Result<(), Failure> {
        let scopes = arguments.all("scope")?;
        self.set("scope", (!scopes.is_empty()).then(|| scopes.join(",")));
        Ok(())
    }
}
