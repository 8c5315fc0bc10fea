//! What you get: a token with its scopes and both expiry times. Reading and writing its documents belongs to `read` and
//! `write`.

mod read;
mod write;

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::value::RawValue;

use crate::answer::Answer;
use crate::scopes::Scopes;
use crate::secret::Secret;

/// A token as Pinterest issued it, with the times at which it was obtained and will expire.
///
/// `Debug` hides the tokens, and nothing serialises them by the way. [`Token::to_json`] writes everything, unknown keys included, and
/// [`Token::from_json`] reads it back unchanged: that document is the way to store a token.
///
/// ```compile_fail,E0277
/// # let token = pinterest_oauth::Token::from_json("{}").unwrap();
/// serde_json::to_string(&token); // it is no `Serialize`
/// ```
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
