//! Tokens from JSON: an answer of Pinterest, or a document that was stored. Nothing that was issued is lost.

use std::collections::HashSet;

use serde_json::value::RawValue;

use super::Token;
use crate::answer::Answer;
use crate::error::Error;
use crate::secret::Secret;
use crate::text::fields::check_token;
use crate::text::json::{Document, integer, readable, secret, text};
use crate::text::time::time;
use crate::wire::Incoming;

impl Token {
    /// Reads a token document.
    ///
    /// # Errors
    /// `invalid_argument` when it is no JSON object or has no `access_token`.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        Self::read(json).map_err(|problem| Error::invalid_argument("token", problem))
    }

    /// The token of an answer that came at `now`: any 2xx with an `access_token`.
    pub(crate) fn from_answer(
        incoming: &Incoming,
        answer: &Answer,
        now: i64,
    ) -> Result<Self, Option<&'static str>> {
        if !incoming.is_success() {
            return Err(None);
        }
        let Some(object) = incoming.object(&["access_token"])? else {
            return Err(Some(if incoming.object(&[])?.is_some() {
                "the answer has no access_token"
            } else {
                "the answer is not a JSON object"
            }));
        };
        let mut token = Self::of(object.entries, false).map_err(|problem| match problem {
            Unusable::Missing => "the answer has no access_token",
            Unusable::Characters => "the token of the answer has characters that no token has",
        })?;
        token.stamp(now);
        token.answer = Some(answer.clone());
        Ok(token)
    }

    /// Reads a stored document, or an answer of Pinterest. The problem, if any, quotes nothing of it.
    fn read(json: &str) -> Result<Self, &'static str> {
        if json.len() > MAX_STORED {
            return Err("is larger than 256 KiB");
        }
        // Editors and shells put a byte order mark before what they store.
        let json = json.trim_start_matches('\u{feff}');
        let stored = Document::parse(json)?.entries;
        let names: HashSet<String> = stored.iter().map(|(key, _)| key.clone()).collect();
        // A key that is also beside `extra` counts there alone.
        let alone = |key: &str| key == "extra" || key == "answer" || !names.contains(key);
        let mut entries = Vec::new();
        for (key, raw) in stored {
            match key.as_str() {
                "answer" => {}
                "extra" => match Document::parse(raw.get()) {
                    Ok(extra) => {
                        entries.extend(extra.entries.into_iter().filter(|(key, _)| alone(key)));
                    }
                    Err(_) => entries.push((key, raw)),
                },
                _ => entries.push((key, raw)),
            }
        }
        Self::of(entries, true).map_err(|problem| match problem {
            Unusable::Missing => "has no access_token",
            Unusable::Characters => {
                "has an access_token or refresh_token with characters that no token has"
            }
        })
    }

    /// The token of these entries. What is `stored` must not be lost by storing it again: numbers that cannot be read
    /// are kept.
    fn of(entries: Vec<(String, Box<RawValue>)>, stored: bool) -> Result<Self, Unusable> {
        let mut token = Token {
            token_type: String::from("bearer"),
            ..Token::default()
        };
        let mut scopes = None;
        for (key, raw) in entries {
            let value = raw.get();
            match key.as_str() {
                "access_token" => {
                    token.access_token = secret(raw).unwrap_or_default();
                }
                "token_type" => {
                    token.token_type = text(value).unwrap_or_else(|| String::from("bearer"))
                }
                "refresh_token" => {
                    token.refresh_token = secret(raw).filter(|token| !token.expose().is_empty());
                }
                "refresh_token_rotated" => token.refresh_token_rotated = value == "true",
                "scope" => token.scope = scope(value),
                "scopes" => scopes = scope(value),
                "response_type" => token.response_type = text(value),
                _ => match token.number(&key) {
                    Some((number, read)) => match read(value) {
                        None if stored && value != "null" => token.extra.push((key, readable(raw))),
                        known => *number = known,
                    },
                    None => token.extra.push((key, readable(raw))),
                },
            }
        }
        token.scope = token.scope.or(scopes);
        let usable = |secret: &Secret| check_token("token", secret.expose()).is_ok();
        if token.access_token.expose().is_empty() {
            Err(Unusable::Missing)
        } else if usable(&token.access_token) && token.refresh_token.as_ref().is_none_or(usable) {
            Ok(token)
        } else {
            Err(Unusable::Characters)
        }
    }

    /// The place of a number of the document, and how it is read.
    fn number(&mut self, key: &str) -> Option<(&mut Option<i64>, ReadNumber)> {
        Some(match key {
            "expires_in" => (&mut self.expires_in, lifetime),
            "refresh_token_expires_in" => (&mut self.refresh_token_expires_in, lifetime),
            "expires_at" => (&mut self.expires_at, time),
            "refresh_token_expires_at" => (&mut self.refresh_token_expires_at, time),
            "obtained_at" => (&mut self.obtained_at, time),
            _ => return None,
        })
    }

    /// Stamps an answer with the time it arrived; a point in time sent by Pinterest wins.
    pub(crate) fn stamp(&mut self, now: i64) {
        self.obtained_at = Some(now);
        self.expires_at = self
            .expires_at
            .or(self.expires_in.and_then(|seconds| now.checked_add(seconds)));
        self.refresh_token_expires_at = self.refresh_token_expires_at.or(self
            .refresh_token_expires_in
            .and_then(|seconds| now.checked_add(seconds)));
        self.refresh_token_rotated = self.refresh_token.is_some();
    }

    /// Keeps what the answer left out: the refresh token that was sent, and the earlier expiry and scope.
    pub(crate) fn keep(&mut self, sent: &Secret, scope: Option<String>, previous: Option<&Token>) {
        if self.refresh_token.is_none() {
            self.refresh_token = Some(sent.clone());
            let earlier = previous.filter(|token| token.refresh_token.as_ref() == Some(sent));
            self.refresh_token_expires_at = self
                .refresh_token_expires_at
                .or(earlier.and_then(|token| token.refresh_token_expires_at));
        }
        if self.scope.is_none() {
            self.scope = scope.or_else(|| previous.and_then(|token| token.scope.clone()));
        }
    }
}

/// How a number is read from its JSON text.
type ReadNumber = fn(&str) -> Option<i64>;

/// Why a document is no token.
enum Unusable {
    Missing,
    /// RFC 6749, appendix A.12, without the blank, which would end a header.
    Characters,
}

/// The largest stored document that is read, in bytes.
const MAX_STORED: usize = 256 * 1024;

/// Ten years: what lives longer, or less than nothing, is no lifetime.
const MAX_LIFETIME: i64 = 10 * 365 * 86_400;

fn lifetime(json: &str) -> Option<i64> {
    integer(json).filter(|seconds| (0..=MAX_LIFETIME).contains(seconds))
}

/// Scopes as text; a list, which some gateways send, is joined.
fn scope(value: &str) -> Option<String> {
    let list = || serde_json::from_str::<Vec<String>>(value).ok();
    let scopes = text(value).or_else(|| Some(list()?.join(" ")));
    scopes.filter(|scopes| !scopes.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_in_extra_and_beside_it_is_written_once() {
        let token = Token::read(r#"{"access_token":"a","n":1,"extra":{"n":2,"extra":3}}"#).unwrap();
        assert_eq!(
            token.extra().collect::<Vec<_>>(),
            [("n", "1"), ("extra", "3")]
        );
    }

    #[test]
    fn a_stored_token_reads_back_to_the_letter() {
        let json = r#"{"access_token":"pina_a","expires_in":"2592000","refresh_token":"pinr.b","big":123456789012345678901234567890,"float":1.10,"n":null,"scope":"a b"}"#;
        let mut token = Token::read(json).unwrap();
        token.stamp(1_800_000_000);
        let stored = token.to_json();
        assert!(
            stored.contains(
                r#""extra":{"big":123456789012345678901234567890,"float":1.10,"n":null}"#
            )
        );
        assert!(token.as_answered().ends_with(
            r#""scope":"a b","big":123456789012345678901234567890,"float":1.10,"n":null}"#
        ));
        assert_eq!(Token::from_json(&stored).unwrap().to_json(), stored);
    }

    #[test]
    fn numbers_may_come_as_strings_or_floats() {
        let token = Token::read(
            r#"{"access_token":"a","expires_in":5184000.0,"refresh_token_expires_in":"5184000"}"#,
        )
        .unwrap();
        assert_eq!(
            (token.expires_in(), token.refresh_token_expires_in()),
            (Some(5_184_000), Some(5_184_000))
        );
    }

    #[test]
    fn the_last_of_two_equal_keys_wins() {
        let token = Token::read(r#"{"access_token":"a","x":1,"access_token":"b","x":2}"#).unwrap();
        assert_eq!(token.access_token().expose(), "b");
        assert_eq!(token.extra().collect::<Vec<_>>(), [("x", "2")]);
    }

    #[test]
    fn debug_shows_no_token() {
        let token =
            Token::read(r#"{"access_token":"canary1","refresh_token":"canary2","x":"canary3"}"#)
                .unwrap();
        assert!(!format!("{token:?}").contains("canary"));
    }
}
