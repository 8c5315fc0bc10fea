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

/// A value as the JSON readers of all languages take it: where they would refuse the whole document, for half
/// a surrogate pair or for nesting, a string with the value's own text.
pub(crate) fn readable(raw: Box<RawValue>) -> Box<RawValue> {
    if is_readable(raw.get().as_bytes()) {
        return raw;
    }
    serde_json::value::to_raw_value(raw.get()).unwrap_or(raw)
}

/// The readers of .NET stop at 64 levels, the other ones later.
const DEEPEST: usize = 32;

fn is_readable(json: &[u8]) -> bool {
    let (mut depth, mut in_string, mut rest) = (0_usize, false, json);
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if surrogate(tail, 0xD800) => match tail {
                [_, _, _, _, _, b'\\', second @ ..] if surrogate(second, 0xDC00) => {
                    rest = second.get(5..).unwrap_or_default();
                }
                _ => return false,
            },
            b'\\' if surrogate(tail, 0xDC00) => return false,
            b'\\' => rest = tail.get(1..).unwrap_or_default(),
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return false;
        }
    }
    true
}

/// Whether `uXXXX` stands here, for the half of a pair whose numbers begin at `from`.
fn surrogate(escape: &[u8], from: u32) -> bool {
    let [b'u', digits @ ..] = escape else {
        return false;
    };
    digits
        .get(..4)
        .and_then(|digits| std::str::from_utf8(digits).ok())
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .is_some_and(|unit| (from..from + 0x400).contains(&unit))
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn as_read(json: &str) -> String {
        let raw = RawValue::from_string(json.to_owned()).unwrap();
        readable(raw).get().to_owned()
    }

    #[test]
    fn what_every_reader_takes_stays_to_the_letter() {
        let deep = format!("{}{}", "[".repeat(32), "]".repeat(32));
        for json in [
            "1.10",
            "1e400",
            r#""\\ud800 \" [[[""#,
            r#"{"a":"\ud83c\udf89 \uD83C\uDF89"}"#,
            r#"["\u00e9", "}}}"]"#,
            &deep,
        ] {
            assert_eq!(as_read(json), json);
        }
    }

    #[test]
    fn what_some_reader_refuses_becomes_its_text() {
        let deep = format!("{}{}", "[".repeat(33), "]".repeat(33));
        for json in [
            r#""\ud800""#,
            r#""\uDC00\uD800""#,
            r#"{"a":"\ud800x"}"#,
            r#"["\ud800\ud800\udc00"]"#,
            r#""\ud800\n""#,
            &deep,
        ] {
            let text: String = serde_json::from_str(&as_read(json)).unwrap();
            assert_eq!(text, json);
        }
    }
}
