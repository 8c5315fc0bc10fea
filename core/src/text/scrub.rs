//! Text from outside made fit to show: secrets hidden, control characters gone, length cut.

use serde_json::Value;

use crate::text::spelling;

/// The longest text shown, in characters.
const MAX_SHOWN: usize = 300;
/// A shorter text is not searched for: it may be part of any word.
const MIN_SEARCHABLE: usize = 8;
const HIDDEN: &str = "[redacted]";
/// The four letters with which Pinterest's tokens begin (observed); `.` or `_` follows.
const TOKEN_PREFIXES: [&str; 3] = ["pina", "pinr", "pinc"];

/// What must not be shown: the secrets of one call, the longest first: a shorter one may be part of it.
#[derive(Default)]
pub(crate) struct Scrubber(Vec<String>);

/// `text` as it is, where that is sure to be fit to show without a [`Scrubber`]: short, without these secrets, and
/// without characters that could spell one in another way.
pub(crate) fn plain<'a>(text: &str, mut secrets: impl Iterator<Item = &'a str>) -> Option<String> {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-_ ,;=\"".contains(&byte);
    let is_plain = text.len() <= MAX_SHOWN
        && text.bytes().all(unreserved)
        && !text.contains("pin")
        && !secrets.any(|secret| secret.len() >= MIN_SEARCHABLE && text.contains(secret));
    is_plain.then(|| text.to_owned())
}

impl Scrubber {
    /// Adds a secret.
    pub(crate) fn hide(&mut self, secret: &str) {
        if secret.len() >= MIN_SEARCHABLE {
            self.0.push(secret.to_owned());
            self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        }
    }

    /// `text` fit to show.
    pub(crate) fn clean(&self, text: &str) -> String {
        let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let text = hide_tokens(&self.hide_secrets(&text));
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

    /// Hides the secrets, however the server spells them.
    fn hide_secrets(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let mut secrets = self.0.iter();
            match secrets.find_map(|secret| spelling::after(rest, secret)) {
                Some(after) => {
                    shown.push_str(HIDDEN);
                    rest = after;
                }
                None => {
                    shown.push(first);
                    rest = rest.strip_prefix(first).unwrap_or_default();
                }
            }
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

/// Characters without a width, and those that turn the direction of text: they could hide a secret from the search, or
/// mislead a reader.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
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
    fn a_secret_is_hidden_in_every_spelling() {
        let mut scrubber = Scrubber::default();
        scrubber.hide("a+b/c&d \"e\" <f>");
        for text in [
            "a+b/c&d \"e\" <f>",
            "a%2Bb%2Fc%26d+%22e%22+%3Cf%3E",
            "a%2bb%2fc%26d%20%22e%22%20%3cf%3e",
            r#"a+b\/c&d \"e\" <f>"#,
            "a+b/c&amp;d &quot;e&quot; &lt;f&gt;",
            "a+\u{200b}b/c&d \u{202e}\"e\" <f>",
        ] {
            assert_eq!(scrubber.clean(text), HIDDEN, "{text}");
        }
    }

    #[test]
    fn a_plain_text_with_a_secret_is_not_shown_as_it_is() {
        let secret = || ["0123456789abcdef"].into_iter();
        assert_eq!(
            plain("1337919202421304", secret()).as_deref(),
            Some("1337919202421304")
        );
        for text in ["x0123456789abcdefx", "a+b", "pina_x", "é", "a%2Bb"] {
            assert_eq!(plain(text, secret()), None, "{text}");
        }
    }

    #[test]
    fn a_short_secret_leaves_words_readable() {
        let mut scrubber = Scrubber::default();
        scrubber.hide("d");
        assert_eq!(scrubber.clean("access_denied"), "access_denied");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(
            Scrubber::default().clean(&"é".repeat(1000)).chars().count(),
            MAX_SHOWN + 1
        );
    }
}
