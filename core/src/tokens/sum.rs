//! The seal of a stored text: the checksum of all that precedes it, so that a text that was cut, changed or is half
//! written is known. And the write id, by which writers know what they replace.

use serde::Deserialize;

use crate::error::Error;
use crate::secret::Secret;

const MARK: &str = ",\"checksum\":\"";
const END: &str = "\"}\n";
const DIGITS: usize = 64;

/// What room for a text is filled with. No text begins with it.
pub(crate) const BLANK: u8 = b' ';

/// `object`, a JSON object without `checksum`, sealed.
pub(crate) fn seal(object: &Secret) -> Secret {
    let object = object.expose().trim_end();
    let body = object.strip_suffix('}').unwrap_or(object);
    Secret::new(format!("{body}{MARK}{}{END}", hex(body.as_bytes())))
}

/// The sealed text within `text`: blanks behind it are room that is not used. `None` where the seal is missing or wrong.
pub(crate) fn sealed(text: &str) -> Option<&str> {
    let text = text.trim_end_matches([' ', '\0', '\n']);
    let (body, rest) = text.rsplit_once(MARK)?;
    let sum = rest.strip_suffix("\"}")?;
    (sum.len() == DIGITS && sum == hex(body.as_bytes())).then_some(text)
}

/// The write id of a sealed text.
pub(crate) fn write_id(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Only {
        write_id: String,
    }
    let only: Only = serde_json::from_str(text).ok()?;
    Some(only.write_id)
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
    use super::*;

    #[test]
    fn a_sealed_text_is_known_also_with_room_behind_it() {
        let text = seal(&Secret::new(r#"{"write_id":"a","x":"}"}"#));
        let roomy = format!("{}        ", text.expose());
        assert_eq!(write_id(sealed(&roomy).unwrap()).unwrap(), "a");
        let document: serde_json::Value = serde_json::from_str(sealed(&roomy).unwrap()).unwrap();
        assert_eq!(document.get("x").unwrap(), "}");
    }

    #[test]
    fn an_object_at_the_end_stays_whole() {
        let text = seal(&Secret::new(r#"{"write_id":"a","x":{"y":{}}}"#));
        assert_eq!(write_id(sealed(text.expose()).unwrap()).unwrap(), "a");
    }

    #[test]
    fn what_was_cut_or_changed_is_not_taken() {
        let text = seal(&Secret::new(r#"{"write_id":"a","n":1}"#));
        let text = text.expose();
        for cut in 0..text.len() - 1 {
            assert!(sealed(&text[..cut]).is_none(), "{cut}");
        }
        assert!(sealed(&text.replace(":1", ":2")).is_none());
    }
}
