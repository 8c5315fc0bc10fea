//! `POST /v5/oauth/token/revoke` (RFC 7009), since 5.16.

use std::time::Duration;

use zeroize::Zeroizing;

use super::private::{Problem, Sealed};
use super::refusal;
use crate::answer::Answer;
use crate::error::Error;
use crate::secret::Secret;
use crate::text::documents::{Endpoint, REVOKE, REVOKE_REQUEST};
use crate::text::encode;
use crate::text::fields::{Fields, check_token, from_documents};
use crate::wire::Incoming;

/// Which kind of token is to be revoked (RFC 7009, section 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenTypeHint {
    /// An access token.
    AccessToken,
    /// A refresh token.
    RefreshToken,
}

impl TokenTypeHint {
    /// The wire name.
    pub fn name(self) -> &'static str {
        match self {
            TokenTypeHint::AccessToken => "access_token",
            TokenTypeHint::RefreshToken => "refresh_token",
        }
    }
}

/// Revokes a token. Pinterest supports this for tokens of *system users* alone and answers
/// `forbidden` for others (Pinterest's description, 5.16 and later).
///
/// Its document is `revoke_request` in `include/documents.json`.
#[derive(Debug, Clone)]
pub struct RevokeRequest {
    token: Secret,
    token_type_hint: Option<TokenTypeHint>,
    timeout: Option<Duration>,
}

from_documents!(RevokeRequest, REVOKE_REQUEST);

impl RevokeRequest {
    pub(crate) const ENDPOINT: &'static Endpoint = &REVOKE;

    /// Revokes `token`.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            token: token.into(),
            token_type_hint: None,
            timeout: None,
        }
    }

    /// Says which kind of token it is.
    pub fn token_type_hint(mut self, hint: TokenTypeHint) -> Self {
        self.token_type_hint = Some(hint);
        self
    }

    /// The deadline of this one call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let token = fields
            .secret("token")?
            .ok_or_else(|| Error::invalid_argument("token", "is required"))?;
        let token_type_hint = match fields.text("token_type_hint")?.as_deref() {
            None => None,
            Some("access_token") => Some(TokenTypeHint::AccessToken),
            Some("refresh_token") => Some(TokenTypeHint::RefreshToken),
            Some(_) => {
                return Err(Error::invalid_argument(
                    "token_type_hint",
                    "must be access_token or refresh_token",
                ));
            }
        };
        let timeout = fields.seconds("timeout")?;
        fields.finish();
        Ok(Self {
            token,
            token_type_hint,
            timeout,
        })
    }
}

impl Sealed for RevokeRequest {
    type Answer = Answer;

    fn endpoint(&self) -> &'static Endpoint {
        Self::ENDPOINT
    }

    fn check(&self) -> Result<(), Error> {
        check_token("token", self.token.expose())
    }

    fn form(&self) -> Result<Option<Zeroizing<String>>, Error> {
        let mut form = vec![("token", self.token.expose())];
        if let Some(hint) = self.token_type_hint {
            form.push(("token_type_hint", hint.name()));
        }
        encode::form(&form).map(Some)
    }

    fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    fn told(answer: &Answer) -> Option<&Answer> {
        Some(answer)
    }

    fn secrets(&self) -> Vec<&str> {
        vec![self.token.expose()]
    }

    /// Any 2xx, whatever its body (RFC 7009, section 2.2), unless it says an error, as Pinterest's do under 200, too.
    fn read(&self, incoming: &Incoming, answer: &Answer, _: i64) -> Result<Answer, Problem> {
        if incoming.is_success() && !refusal::is_said(incoming) {
            Ok(answer.clone())
        } else {
            Err(None)
        }
    }
}
