//! Text from outside made fit to show: secrets hidden, control characters gone, length cut.

use serde_json::Value;

/// The longest text shown, in characters.
const MAX_SHOWN: usize = 300;
/// A secret shorter than this may be part of any word, so the whole text is withheld instead.
const MIN_SEARCHABLE: usize = 6;
const HIDDEN: &str = "[redacted]";
/// The four letters with which Pinterest's tokens begin (observed); `.` or `_` follows.
const TOKEN_PREFIXES: [&str; 3] = ["pina", "pinr", "pinc"];

/// What must not be shown: the secrets of one call, in every form in which they went out.
#[derive(Default)]
pub(crate) struct Scrubber(Vec<String>);

impl Scrubber {
    /// Adds a secret, also as it looks percent-encoded.
    pub(crate) fn hide(&mut self, secret: &str) {
        if secret.is_empty() {
            return;
        }
        let encoded = super::encode::form_encode(secret);
        if encoded != secret {
            self.0.push(encoded);
        }
        self.0.push(secret.to_owned());
    }

    /// `text` fit to show.
    pub(crate) fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            if text.contains(secret.as_str()) {
                if secret.len() < MIN_SEARCHABLE {
                    return String::from("[withheld: it contains a secret]");
                }
                text = text.replace(secret.as_str(), HIDDEN);
            }
        }
        let text = hide_tokens(&text);
        let mut shown: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(MAX_SHOWN)
            .collect();
        if text.chars().nth(MAX_SHOWN).is_some() {
            shown.push('…');
        }
        shown
    }

    /// A JSON value with every text in it fit to show.
    pub(crate) fn clean_value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.clean(&text)),
            Value::Array(items) => items
                .into_iter()
                .map(|item| self.clean_value(item))
                .collect(),
            Value::Object(map) => map
                .into_iter()
                .map(|(key, value)| (self.clean(&key), self.clean_value(value)))
                .collect(),
            other => other,
        }
    }
}

impl Drop for Scrubber {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

/// Hides everything that looks like a token of Pinterest, whoever's it is.
fn hide_tokens(text: &str) -> String {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "._-+=/~%".contains(c);
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("pin") {
        let (before, from) = rest.split_at(start);
        shown.push_str(before);
        let end = from.find(|c| !is_token(c)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let is_secret = TOKEN_PREFIXES.iter().any(|prefix| {
            word.strip_prefix(prefix)
                .is_some_and(|tail| tail.starts_with(['.', '_']) && tail.len() > 1)
        });
        if is_secret {
            shown.push_str(HIDDEN);
            rest = after;
        } else {
            shown.push_str("pin");
            rest = from.strip_prefix("pin").unwrap_or_default();
        }
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_tokens_are_hidden_in_every_form() {
        let mut scrubber = Scrubber::default();
        scrubber.hide("s3cret&more");
        let shown = scrubber
            .clean("got s3cret&more and s3cret%26more and pinr.abc-d_e= pina_ZZ, pins:read\u{7}");
        assert_eq!(
            shown,
            "got [redacted] and [redacted] and [redacted] [redacted], pins:read "
        );
    }

    #[test]
    fn a_text_with_a_very_short_secret_is_withheld() {
        let mut scrubber = Scrubber::default();
        scrubber.hide("x");
        assert!(
            !scrubber
                .clean("exact")
                .contains('x'.to_string().repeat(2).as_str())
        );
        assert!(scrubber.clean("exact").starts_with("[withheld"));
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(
            Scrubber::default().clean(&"é".repeat(1000)).chars().count(),
            MAX_SHOWN + 1
        );
    }
}
