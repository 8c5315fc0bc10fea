//! A JSON object read without loss: every value keeps its text, the last of two equal keys wins.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use zeroize::Zeroize;

use crate::secret::{Secret, wipe};

/// `document` as JSON, in memory that is taken once: what grows leaves copies behind that nobody wipes. There is room for
/// one byte more, the NUL that C adds.
pub(crate) fn written(document: &impl Serialize) -> String {
    written_with_room(document, 1)
}

/// The same with `room` for so many bytes more.
pub(crate) fn written_with_room(document: &impl Serialize, room: usize) -> String {
    let mut scratch = Scratch(Vec::with_capacity(USUAL));
    if serde_json::to_writer(&mut scratch, document).is_ok() {
        let mut json = Vec::with_capacity(scratch.0.len().saturating_add(room));
        json.extend_from_slice(&scratch.0);
        return String::from_utf8(json).unwrap_or_default();
    }
    let mut length = Length(room);
    // Neither counting nor writing to memory fails.
    let _ = serde_json::to_writer(&mut length, document);
    let mut json = Vec::with_capacity(length.0);
    let _ = serde_json::to_writer(&mut json, document);
    String::from_utf8(json).unwrap_or_default()
}

/// The length of most documents, in bytes, is below this, the records of accounts among them: they are not written twice.
const USUAL: usize = 4096;

/// Takes as much as it has room for. It is wiped.
struct Scratch(Vec<u8>);

impl std::io::Write for Scratch {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.len() > self.0.capacity().saturating_sub(self.0.len()) {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Beyond its length nothing was written.
        self.0.as_mut_slice().zeroize();
    }
}

/// Counts what is written.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// How many places of a text are tried for an object.
const MAX_TRIES: usize = 16;

/// The entries of a JSON object, in order.
pub(crate) struct Document {
    pub entries: Vec<(String, Box<RawValue>)>,
}

impl Document {
    /// Parses a JSON object; the problem, if any, quotes nothing of it.
    pub(crate) fn parse(json: &str) -> Result<Self, &'static str> {
        serde_json::from_str(json).map_err(|_| "is not a JSON object")
    }

    /// The first JSON object in `text` that `is_it` takes, whatever stands around it.
    pub(crate) fn find(text: &str, is_it: impl Fn(&Self) -> bool) -> Option<Self> {
        let mut places = text.match_indices('{').map(|(place, _)| place);
        // A JSON object from a server begins soon; each try may read to the end of the text.
        places.by_ref().take(MAX_TRIES).find_map(|place| {
            let rest = text.get(place..)?;
            let mut objects = serde_json::Deserializer::from_str(rest).into_iter::<Self>();
            objects.next()?.ok().filter(&is_it)
        })
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
                let mut places: HashMap<String, usize> = HashMap::new();
                while let Some((key, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    match places.get(&key).and_then(|place| entries.get_mut(*place)) {
                        Some(entry) => entry.1 = value,
                        None => {
                            places.insert(key.clone(), entries.len());
                            entries.push((key, value));
                        }
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
    wipe(Box::<str>::from(raw).into_string().into_bytes());
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
            b'\\' if surrogate(tail, &HIGH) => match tail {
                [_, _, _, _, _, b'\\', second @ ..] if surrogate(second, &LOW) => {
                    rest = second.get(5..).unwrap_or_default();
                }
                _ => return false,
            },
            b'\\' if surrogate(tail, &LOW) => return false,
            b'\\' => rest = tail.get(1..).unwrap_or_default(),
            b'[' | b'{' if !in_string => depth = depth.saturating_add(1),
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return false;
        }
    }
    true
}

/// The first half of a surrogate pair.
const HIGH: Range<u32> = 0xD800..0xDC00;
/// The second half.
const LOW: Range<u32> = 0xDC00..0xE000;

/// Whether `uXXXX` stands here with a number of `half`.
fn surrogate(escape: &[u8], half: &Range<u32>) -> bool {
    let [b'u', digits @ ..] = escape else {
        return false;
    };
    digits
        .get(..4)
        .and_then(|digits| std::str::from_utf8(digits).ok())
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .is_some_and(|unit| half.contains(&unit))
}

/// The largest number that every language reads exactly (RFC 7493, section 2.2).
pub(crate) const LARGEST_INTEGER: u64 = (1 << 53) - 1;

/// A whole number, which some servers send as a float or as text, with separators between its digits too.
pub(crate) fn integer(json: &str) -> Option<i64> {
    let quoted;
    let text = if json.starts_with('"') {
        quoted = text(json)?.replace([',', '_', ' '], "");
        quoted.as_str()
    } else {
        json
    };
    let number = text.parse().ok().or_else(|| {
        let float: f64 = text.parse().ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
        (float.is_finite() && float.abs() < 9.0e15).then_some(float as i64)
    });
    number.filter(|number| number.unsigned_abs() <= LARGEST_INTEGER)
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
    fn a_document_is_written_into_memory_of_its_size() {
        for lines in [1, 1000] {
            let json = written(&"é\n".repeat(lines));
            assert_eq!(json, format!("\"{}\"", "é\\n".repeat(lines)));
            assert_eq!(json.capacity(), json.len() + 1);
        }
    }

    #[test]
    fn an_object_is_found_whatever_stands_around_it() {
        let found = |text: &str| {
            let object = Document::find(text, |object| object.get("access_token").is_some());
            object.and_then(|object| object.get("access_token").map(str::to_owned))
        };
        for text in [
            r#"{"access_token":"a"}"#,
            r#")]}',{"access_token":"a"}"#,
            r#"callback({"access_token":"a"});"#,
            r#"{"data":{"access_token":"a"}}"#,
            r#"{} {"access_token":"a"} {"access_token":"b"}"#,
        ] {
            assert_eq!(found(text).as_deref(), Some(r#""a""#), "{text}");
        }
        assert_eq!(found(r#"{"access_token":"a""#), None);
    }

    #[test]
    fn a_number_that_some_language_rounds_is_none() {
        assert_eq!(integer("9007199254740991"), Some(9_007_199_254_740_991));
        for json in ["9007199254740992", "-9007199254740992", "1e300", "1e999"] {
            assert_eq!(integer(json), None, "{json}");
        }
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
