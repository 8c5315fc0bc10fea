//! Reads documents: JSON objects and keyword arguments, by the table in `documents`. What a field means belongs to
//! its owner.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::error::Error;
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::text::documents::{CONFIG, Document};
use crate::text::language::Language;
use crate::text::scrub::is_invisible;

/// The longest input accepted, in bytes.
const MAX_LENGTH: usize = 16 * 1024;

/// Checks a text input: not empty, not over-long, no control characters.
pub(crate) fn check_text(field: &str, text: &str) -> Result<(), Error> {
    problem(text).map_or(Ok(()), |problem| {
        Err(Error::invalid_argument(field, problem))
    })
}

/// The same for a setting.
pub(crate) fn check_setting(field: &str, text: &str) -> Result<(), Error> {
    problem(text).map_or(Ok(()), |problem| Err(Error::invalid_config(field, problem)))
}

fn problem(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some(String::from("must not be empty"));
    }
    if text.len() > MAX_LENGTH {
        return Some(format!("must not be longer than {MAX_LENGTH} bytes"));
    }
    let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    (!visible && text.chars().any(char::is_control))
        .then(|| String::from("must not contain control characters"))
}

/// `text` without white space, byte order marks and characters without a width at both ends.
pub(crate) fn tidied(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Checks a code or a token: one word, not an address, not in quotes.
pub(crate) fn check_word(field: &str, text: &str) -> Result<(), Error> {
    check_text(field, text)?;
    let problem = if text.contains("://") || text.starts_with("code=") {
        "is an address: hand over what stands behind code= in it, or let redirect read it"
    } else if text.starts_with(['"', '\'', '<']) {
        "must not be in quotes or brackets"
    } else if text.chars().any(|c| c.is_whitespace() || is_invisible(c)) {
        "must not contain white space or invisible characters"
    } else {
        return Ok(());
    };
    Err(Error::invalid_argument(field, problem))
}

/// Checks a token: a word that a header carries (RFC 6750, section 2.1).
pub(crate) fn check_token(field: &str, token: &str) -> Result<(), Error> {
    check_word(field, token)?;
    if token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    let problem = "must consist of visible ASCII characters";
    Err(Error::invalid_argument(field, problem))
}

/// Checks further fields by name; `own` says which names have a parameter of their own.
pub(crate) fn check_extra(
    extra: &[(String, String)],
    own: impl Fn(&str) -> bool,
) -> Result<(), Error> {
    for (name, value) in extra {
        check_text("extra", name)?;
        let field = format!("extra.{}", shown(name));
        if own(name) {
            return Err(Error::invalid_argument(field, "has a parameter of its own"));
        }
        check_text(&field, value)?;
    }
    Ok(())
}

/// A name from outside, fit for a message; one without a visible character is in quotes.
fn shown(name: &str) -> String {
    let is_hidden = |c: char| c.is_control() || c == '{' || c == '}';
    let shown: String = name.chars().filter(|c| !is_hidden(*c)).take(64).collect();
    if shown.trim().is_empty() {
        return format!("{:?}", name.chars().take(64).collect::<String>());
    }
    shown
}

/// How a type is read from its document: its `read` takes the fields, these two bring them.
macro_rules! from_documents {
    ($type:ident, $document:expr) => {
        impl $type {
            /// Reads the JSON object.
            ///
            /// # Errors
            /// `invalid_argument`, naming the key that is missing, unknown or malformed;
            /// `invalid_config` for a setting that cannot be used.
            pub fn from_json(json: &str) -> Result<Self, Error> {
                let what = if $document.name == "config" {
                    "config"
                } else {
                    "request"
                };
                Self::from_map(Fields::map(what, json)?)
            }

            /// The same from a parsed object.
            ///
            /// # Errors
            /// As `from_json`.
            pub fn from_map(
                map: serde_json::Map<String, serde_json::Value>,
            ) -> Result<Self, Error> {
                let fields = Fields::new(&$document, map);
                let language = fields.language();
                let known = fields.check_names();
                let read = known.and_then(|()| Self::read(fields));
                read.map_err(|error| error.in_words_of(language))
            }
        }
    };
}
pub(crate) use from_documents;

/// A JSON object whose entries are taken out one by one; what is left over is unknown.
pub(crate) struct Fields {
    document: &'static Document,
    map: Map<String, Value>,
}

impl Fields {
    pub(crate) fn new(document: &'static Document, map: Map<String, Value>) -> Self {
        Self { document, map }
    }

    /// Parses a JSON object. `what` names it in errors.
    pub(crate) fn map(what: &str, json: &str) -> Result<Map<String, Value>, Error> {
        match serde_json::from_str(json) {
            Ok(Value::Object(map)) => Ok(map),
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

    /// Whose words errors use.
    pub(crate) fn language(&self) -> Language {
        let name = self.map.get("language").and_then(Value::as_str);
        name.map(Language::of).unwrap_or_default()
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.map.get(field).is_some_and(|value| !value.is_null())
    }

    /// Takes a value out; `null` counts as absent.
    pub(crate) fn take(&mut self, field: &str) -> Option<Value> {
        debug_assert!(
            self.document.field(field).is_some(),
            "the table does not know {field}"
        );
        self.map.remove(field).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&mut self, field: &str) -> Result<Option<String>, Error> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::String(text)) if self.document.name == CONFIG.name => {
                check_setting(field, &text).map(|()| Some(text))
            }
            Some(Value::String(text)) => check_text(field, &text).map(|()| Some(text)),
            Some(_) => Err(Error::invalid_argument(field, "must be a string")),
        }
    }

    /// A secret, without what editors, shells and mail programs put around it.
    pub(crate) fn secret(&mut self, field: &str) -> Result<Option<Secret>, Error> {
        if let Some(Value::String(text)) = self.map.get_mut(field) {
            let tidy = tidied(text);
            if tidy.len() < text.len() {
                *text = tidy.to_owned();
            }
        }
        Ok(self.text(field)?.map(Secret::from))
    }

    /// Text as a visitor's browser sent it: whatever it is, it is no fault of the program.
    pub(crate) fn received(&mut self, field: &str) -> Result<Option<Secret>, Error> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(Secret::from(text))),
            Some(_) => Err(Error::invalid_argument(field, "must be a string")),
        }
    }

    pub(crate) fn boolean(&mut self, field: &str) -> Result<Option<bool>, Error> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(value)),
            Some(_) => Err(Error::invalid_argument(field, "must be true or false")),
        }
    }

    /// Seconds; which are allowed is said where they are used.
    pub(crate) fn seconds(&mut self, field: &str) -> Result<Option<Duration>, Error> {
        let Some(value) = self.take(field) else {
            return Ok(None);
        };
        match value.as_f64() {
            // What is negative or too large for a duration is as wrong as nothing and as for ever.
            Some(seconds) => Ok(Some(
                Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX),
            )),
            None => Err(Error::invalid_argument(
                field,
                "must be a number of {seconds}",
            )),
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

    /// Fails for a name that the document does not have, and names the one that was perhaps meant.
    pub(crate) fn check_names(&self) -> Result<(), Error> {
        let given = self.map.iter().filter(|(_, value)| !value.is_null());
        for (name, _) in given {
            if self.document.field(name).is_none() {
                let mut problem = format!("is not a parameter of {}", self.document.reader);
                if let Some(near) = self.document.nearest(name) {
                    problem.push_str(&format!("; is it {{{near}}}?"));
                }
                return Err(Error::invalid_argument(shown(name), problem));
            }
        }
        Ok(())
    }

    /// The end of reading: everything was taken.
    pub(crate) fn finish(self) {
        debug_assert!(
            self.map
                .iter()
                .all(|(name, value)| value.is_null() || name == "language"),
            "a field of {} is in the table, and nobody reads it",
            self.document.name
        );
    }
}
