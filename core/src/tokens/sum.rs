//! The seal of a stored text: the checksum of all that precedes it, so that a text that was cut, changed or is half
//! written is known. And the write id, by which writers know what they replace.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::secret::Secret;
use crate::text::json::written_with_room;

const MARK: &str = ",\"checksum\":\"";
const END: &str = "\"}\n";
const DIGITS: usize = 64;

/// What room for a text is filled with. No text begins with it.
pub(crate) const BLANK: u8 = b' ';

/// What every stored text says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Head {
    pub write_id: String,
    /// The oldest formats that may read it, and write in its place.
    #[serde(default)]
    pub readable_by: u32,
    #[serde(default)]
    pub writable_by: u32,
}

/// A text that was sealed here, or whose seal was found to be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    text: Secret,
    pub head: Head,
}

/// Why a text is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Its seal is missing or wrong.
    Damaged,
    /// It says nothing of itself.
    NoRecord,
}

impl Sealed {
    /// `document`, a JSON object without `checksum` that says `head` of itself.
    pub(crate) fn of(document: &impl Serialize, head: Head) -> Self {
        let seal = MARK.len().saturating_add(DIGITS).saturating_add(END.len());
        let mut text = written_with_room(document, seal);
        text.pop();
        let sum = hex(text.as_bytes());
        for part in [MARK, &sum, END] {
            text.push_str(part);
        }
        Self {
            text: Secret::new(text),
            head,
        }
    }

    /// The sealed text in `text`: blanks behind it are room that is not used.
    pub(crate) fn within(mut text: String) -> Result<Self, Flaw> {
        text.truncate(text.trim_end_matches([' ', '\0', '\n']).len());
        let text = Secret::new(text);
        let is_right = || {
            let (body, rest) = text.expose().rsplit_once(MARK)?;
            let sum = rest.strip_suffix("\"}")?;
            (sum.len() == DIGITS && sum == hex(body.as_bytes())).then_some(())
        };
        is_right().ok_or(Flaw::Damaged)?;
        let head = serde_json::from_str(text.expose()).map_err(|_| Flaw::NoRecord)?;
        Ok(Self { text, head })
    }

    /// What stands for a text that is not written out.
    #[cfg(test)]
    pub(crate) fn stands_for(text: String, write_id: &str) -> Self {
        let head = Head {
            write_id: write_id.to_owned(),
            readable_by: 0,
            writable_by: 0,
        };
        Self {
            text: Secret::new(text),
            head,
        }
    }

    pub(crate) fn text(&self) -> &str {
        self.text.expose()
    }

    pub(crate) fn write_id(&self) -> &str {
        &self.head.write_id
    }
}

/// 128 random bits as 32 hexadecimal digits: ids of writes, attempts, logins and stores.
///
/// # Errors
/// `internal` where the operating system gives none.
pub(crate) fn random_id() -> Result<String, Error> {
    #[cfg(test)]
    if let Some(id) = super::explore::hook::id() {
        return Ok(id);
    }
    let mut bytes = [0_u8; 16];
    let random = ring::rand::SystemRandom::new();
    ring::rand::SecureRandom::fill(&random, &mut bytes)
        .map_err(|_| Error::internal("the operating system gave no randomness"))?;
    Ok(digits(&bytes))
}

/// SHA-256 as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    digits(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref())
}

fn digits(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    text.extend(halves.filter_map(|half| char::from_digit(half.into(), 16)));
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::HashMap;

    use super::super::testing::sealed as seal;
    use super::*;

    fn read(text: &str) -> Result<Sealed, Flaw> {
        Sealed::within(String::from(text))
    }

    #[test]
    fn a_sealed_text_is_known_also_with_room_behind_it() {
        let text = seal(r#"{"write_id":"a","x":"}"}"#);
        let sealed = read(&format!("{}        ", text.text())).unwrap();
        assert_eq!(sealed.write_id(), "a");
        let document: serde_json::Value = serde_json::from_str(sealed.text()).unwrap();
        assert_eq!(document.get("x").unwrap(), "}");
    }

    #[test]
    fn an_object_at_the_end_stays_whole() {
        let text = seal(r#"{"write_id":"a","x":{"y":{}}}"#);
        assert_eq!(read(text.text()).unwrap().write_id(), "a");
    }

    #[test]
    fn what_was_cut_or_changed_is_not_taken() {
        let text = seal(r#"{"write_id":"a","n":1}"#);
        let text = text.text();
        for cut in 0..text.len() - 1 {
            assert_eq!(read(&text[..cut]), Err(Flaw::Damaged), "{cut}");
        }
        assert_eq!(read(&text.replace(":1", ":2")), Err(Flaw::Damaged));
    }

    #[test]
    fn what_has_no_write_id_is_no_record() {
        let head = seal(r#"{"write_id":"a"}"#).head;
        let text = Sealed::of(&[("x", 1)].into_iter().collect::<HashMap<_, _>>(), head);
        assert_eq!(read(text.text()), Err(Flaw::NoRecord));
    }
}
