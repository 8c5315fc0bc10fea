//! Tokens as JSON: what is stored, what a call hands out, what Pinterest answered.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::Token;
use crate::secret::Secret;
use crate::text::json::written;

impl Token {
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
        written(&Form {
            token: &token,
            keys: Keys::Pinterest,
        })
    }

    /// The document that a call hands out: the token document with the key `answer`.
    pub(crate) fn document(&self) -> String {
        written(&Form {
            token: self,
            keys: Keys::Call,
        })
    }

    /// The token document, secrets included; without the key `answer`, which is of the call alone.
    pub fn to_json(&self) -> String {
        written(&Form {
            token: self,
            keys: Keys::Stored,
        })
    }
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
        map.some("access_token", Some(token.access_token.expose()))?;
        map.some("token_type", Some(&token.token_type))?;
        map.some("expires_in", token.expires_in)?;
        map.some("expires_at", token.expires_at)?;
        map.some(
            "refresh_token",
            token.refresh_token.as_ref().map(Secret::expose),
        )?;
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
