//! What you get: a token with its scopes and both expiry times. JSON in and out loses nothing.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::answer::Answer;
use crate::error::Error;
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::text::json::{Document, integer, readable, secret, text};
use crate::wire::Incoming;

/// A token as Pinterest issued it, with the times at which it was obtained and will expire.
///
/// `Debug` hides the tokens. [`Token::to_json`] writes everything, unknown keys included, and
/// [`Token::from_json`] reads it back unchanged: that document is the way to store a token.
#[derive(Clone, Default)]
pub struct Token {
    pub(crate) access_token: Secret,
    pub(crate) token_type: String,
    pub(crate) expires_in: Option<i64>,
    pub(crate) expires_at: Option<i64>,
    pub(crate) refresh_token: Option<Secret>,
    pub(crate) refresh_token_expires_in: Option<i64>,
    pub(crate) refresh_token_expires_at: Option<i64>,
    pub(crate) refresh_token_rotated: bool,
    pub(crate) scope: Option<String>,
    pub(crate) response_type: Option<String>,
    pub(crate) obtained_at: Option<i64>,
    pub(crate) extra: Vec<(String, Box<RawValue>)>,
    pub(crate) answer: Option<Answer>,
}

impl Token {
    /// The access token.
    pub fn access_token(&self) -> &Secret {
        &self.access_token
    }

    /// `bearer` unless Pinterest says otherwise.
    pub fn token_type(&self) -> &str {
        &self.token_type
    }

    /// Lifetime of the access token in seconds, from `obtained_at`.
    pub fn expires_in(&self) -> Option<i64> {
        self.expires_in
    }

    /// Unix seconds at which the access token expires.
    pub fn expires_at(&self) -> Option<i64> {
        self.expires_at
    }

    /// The refresh token to use next: the new one, or the one sent where the answer held none.
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// Lifetime of the refresh token in seconds.
    pub fn refresh_token_expires_in(&self) -> Option<i64> {
        self.refresh_token_expires_in
    }

    /// Unix seconds at which the refresh token expires.
    pub fn refresh_token_expires_at(&self) -> Option<i64> {
        self.refresh_token_expires_at
    }

    /// Whether this answer brought a refresh token, which replaces the one you had.
    pub fn refresh_token_rotated(&self) -> bool {
        self.refresh_token_rotated
    }

    /// The scopes as text, as Pinterest sent them; those asked for where it sent none.
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// The scopes as a set. Pinterest may grant more than was asked for (observed).
    pub fn scopes(&self) -> Scopes {
        self.scope.as_deref().map(Scopes::parse).unwrap_or_default()
    }

    /// Pinterest's `response_type`, whatever its value.
    pub fn response_type(&self) -> Option<&str> {
        self.response_type.as_deref()
    }

    /// Unix seconds at which the answer arrived.
    pub fn obtained_at(&self) -> Option<i64> {
        self.obtained_at
    }

    /// Keys of the answer that this library does not know, each with its JSON text as sent. What JSON readers of
    /// other languages would refuse (half a surrogate pair, nesting beyond 32 levels) is a string with that text.
    pub fn extra(&self) -> impl Iterator<Item = (&str, &str)> {
        self.extra
            .iter()
            .map(|(key, value)| (key.as_str(), value.get()))
    }

    /// Whether the access token has expired by the system's clock; `None` where its expiry is not known.
    pub fn is_expired(&self) -> Option<bool> {
        self.expires_within(Duration::ZERO)
    }

    /// Whether the access token expires within `time` from now, or has expired, by the system's clock; `None` where
    /// its expiry is not known.
    pub fn expires_within(&self, time: Duration) -> Option<bool> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let then = now.unwrap_or_default().saturating_add(time);
        let expires_at = self.expires_at?;
        Some(u64::try_from(expires_at).map_or(true, |at| at <= then.as_secs()))
    }

    /// What the call that gave this token tells besides; `None` for a token that was stored.
    pub fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref()
    }

    /// What Pinterest answered, as far as it is known: without what this library added, every value to the letter.
    pub fn as_answered(&self) -> String {
        let mut token = self.clone();
        if !token.refresh_token_rotated {
            // Pinterest sent none: this is the one that was used.
            token.refresh_token = None;
        }
        let computed = |at: Option<i64>, seconds: Option<i64>| {
            at.is_some()
                && at
                    == self
                        .obtained_at
                        .zip(seconds)
                        .map(|(at, s)| at.saturating_add(s))
        };
        if computed(token.expires_at, token.expires_in) {
            token.expires_at = None;
        }
        json_of(&Form {
            token: &token,
            keys: Keys::Pinterest,
        })
    }

    /// The document that a call hands out: the token document with the key `answer`.
    pub(crate) fn document(&self) -> String {
        json_of(&Form {
            token: self,
            keys: Keys::Call,
        })
    }

    /// The token document, secrets included; without the key `answer`, which is of the call alone.
    pub fn to_json(&self) -> String {
        json_of(self)
    }

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
        let document = Document::parse(&incoming.text()?);
        let mut token = document
            .map_err(|_| "the answer is not a JSON object")
            .and_then(|document| {
                Self::of(document.entries).ok_or("the answer has no access_token")
            })?;
        token.stamp(now);
        token.answer = Some(answer.clone());
        Ok(token)
    }

    /// Reads a stored document, or an answer of Pinterest. The problem, if any, quotes nothing of it.
    fn read(json: &str) -> Result<Self, &'static str> {
        let mut entries = Vec::new();
        for (key, raw) in Document::parse(json)?.entries {
            match (key.as_str(), Document::parse(raw.get())) {
                ("answer", _) => {}
                ("extra", Ok(extra)) => entries.extend(extra.entries),
                _ => entries.push((key, raw)),
            }
        }
        Self::of(entries).ok_or("has no access_token")
    }

    /// The token of these entries; `None` where there is no access token.
    fn of(entries: Vec<(String, Box<RawValue>)>) -> Option<Self> {
        let mut token = Token {
            token_type: String::from("bearer"),
            ..Token::default()
        };
        for (key, raw) in entries {
            let value = raw.get();
            match key.as_str() {
                "access_token" => {
                    token.access_token = secret(raw).unwrap_or_default();
                }
                "token_type" => {
                    token.token_type = text(value).unwrap_or_else(|| String::from("bearer"))
                }
                "expires_in" => token.expires_in = integer(value),
                "expires_at" => token.expires_at = integer(value),
                "refresh_token" => {
                    token.refresh_token = secret(raw).filter(|token| !token.expose().is_empty());
                }
                "refresh_token_expires_in" => token.refresh_token_expires_in = integer(value),
                "refresh_token_expires_at" => token.refresh_token_expires_at = integer(value),
                "refresh_token_rotated" => token.refresh_token_rotated = value == "true",
                "scope" => token.scope = scope(value),
                "scopes" if Vec::<String>::deserialize(&*raw).is_ok() => {}
                "response_type" => token.response_type = text(value),
                "obtained_at" => token.obtained_at = integer(value),
                _ => token.extra.push((key, readable(raw))),
            }
        }
        (!token.access_token.expose().is_empty()).then_some(token)
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

/// A scope text; a list, which some gateways send, is joined.
fn scope(value: &str) -> Option<String> {
    text(value).or_else(|| {
        serde_json::from_str::<Vec<String>>(value)
            .ok()
            .map(|scopes| scopes.join(" "))
    })
}

fn json_of(document: &impl Serialize) -> String {
    serde_json::to_string(document).unwrap_or_default()
}

/// Which keys a document of a token has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Those of the table but `answer`: what is stored.
    Stored,
    /// All of the table: what a call hands out.
    Call,
    /// Pinterest's own, unknown ones among them.
    Pinterest,
}

/// A token in one of its documents.
struct Form<'a> {
    token: &'a Token,
    keys: Keys,
}

impl Serialize for Form<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let token = self.token;
        let own = self.keys != Keys::Pinterest;
        let mut map = Entries(serializer.serialize_map(None)?);
        map.some("access_token", Some(&token.access_token))?;
        map.some("token_type", Some(&token.token_type))?;
        map.some("expires_in", token.expires_in)?;
        map.some("expires_at", token.expires_at)?;
        map.some("refresh_token", token.refresh_token.as_ref())?;
        map.some("refresh_token_expires_in", token.refresh_token_expires_in)?;
        map.some("refresh_token_expires_at", token.refresh_token_expires_at)?;
        map.some(
            "refresh_token_rotated",
            own.then_some(token.refresh_token_rotated),
        )?;
        map.some("scope", token.scope.as_ref())?;
        if own {
            map.some("scopes", Some(token.scopes().iter().collect::<Vec<_>>()))?;
        }
        map.some("response_type", token.response_type.as_ref())?;
        map.some("obtained_at", token.obtained_at.filter(|_| own))?;
        if !own {
            for (key, value) in &token.extra {
                map.some(key, Some(value))?;
            }
        } else if !token.extra.is_empty() {
            map.some("extra", Some(Extra(&token.extra)))?;
        }
        if self.keys == Keys::Call {
            map.some("answer", token.answer.as_ref())?;
        }
        map.0.end()
    }
}

/// The entries of an object that have a value.
struct Entries<M>(M);

impl<M: SerializeMap> Entries<M> {
    fn some(&mut self, key: &str, value: Option<impl Serialize>) -> Result<(), M::Error> {
        match value {
            Some(value) => self.0.serialize_entry(key, &value),
            None => Ok(()),
        }
    }
}

struct Extra<'a>(&'a [(String, Box<RawValue>)]);

impl Serialize for Extra<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = Keys::Stored;
        Form { token: self, keys }.serialize(serializer)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("access_token", &self.access_token)
            .field("refresh_token", &self.refresh_token)
            .field("token_type", &self.token_type)
            .field("scope", &self.scope)
            .field("expires_at", &self.expires_at)
            .field("refresh_token_expires_at", &self.refresh_token_expires_at)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

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
