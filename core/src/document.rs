//! A JSON object read without loss: every value keeps its text, the last of two equal keys wins.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroize;

use crate::secret::Secret;

/// The entries of a JSON object, in order.
pub(crate) struct Document {
    pub entries: Vec<(String, Box<RawValue>)>,
}

impl Document {
    /// Parses a JSON object; the problem, if any, quotes nothing of it.
    pub(crate) fn parse(json: &str) -> Result<Self, &'static str> {
        serde_json::from_str(json).map_err(|_| "is not a JSON object")
    }

    /// The text of the value under `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.entries
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.get())
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Document;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
                let mut entries: Vec<(String, Box<RawValue>)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    match entries.iter_mut().find(|(name, _)| *name == key) {
                        Some(entry) => entry.1 = value,
                        None => entries.push((key, value)),
                    }
                }
                Ok(Document { entries })
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// A JSON string.
pub(crate) fn text(json: &str) -> Option<String> {
    serde_json::from_str(json).ok()
}

/// A JSON string that is a secret: its text as sent is wiped.
pub(crate) fn secret(raw: Box<RawValue>) -> Option<Secret> {
    let secret = text(raw.get()).map(Secret::from);
    String::from(Box::<str>::from(raw)).zeroize();
    secret
}

/// A whole number, which some servers send as a string or a float.
pub(crate) fn integer(json: &str) -> Option<i64> {
    let quoted;
    let text = if json.starts_with('"') {
        quoted = text(json)?;
        quoted.trim()
    } else {
        json
    };
    text.parse().ok().or_else(|| {
        let float: f64 = text.parse().ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
        (float.is_finite() && float.abs() < 9.0e15).then_some(float as i64)
    })
}
