//! What the two smaller calls ask for: revoking a token and making a conversion token.

use std::time::Duration;

use crate::error::Error;
use crate::fields::{Fields, check_text, from_documents};
use crate::secret::Secret;

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
/// As a document: `token`, `token_type_hint` (`access_token` or `refresh_token`), `timeout_ms`.
#[derive(Debug, Clone)]
pub struct RevokeRequest {
    pub(crate) token: Secret,
    pub(crate) token_type_hint: Option<TokenTypeHint>,
    pub(crate) timeout: Option<Duration>,
}

from_documents!(RevokeRequest, "request");

impl RevokeRequest {
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
        let timeout = fields
            .milliseconds("timeout_ms")?
            .map(Duration::from_millis);
        fields.finish("revoke")?;
        Ok(Self {
            token,
            token_type_hint,
            timeout,
        })
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        check_text("token", self.token.expose())
    }
}

/// Makes a long-lived token for sending conversions. The access token needs the scope `ads:write`
/// (Pinterest's description, 5.22 and later).
///
/// As a document: `access_token`, `timeout_ms`.
#[derive(Debug, Clone)]
pub struct ConversionRequest {
    pub(crate) access_token: Secret,
    pub(crate) timeout: Option<Duration>,
}

from_documents!(ConversionRequest, "request");

impl ConversionRequest {
    /// Authenticates with `access_token`.
    pub fn new(access_token: impl Into<Secret>) -> Self {
        Self {
            access_token: access_token.into(),
            timeout: None,
        }
    }

    /// The deadline of this one call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let access_token = fields
            .secret("access_token")?
            .ok_or_else(|| Error::invalid_argument("access_token", "is required"))?;
        let timeout = fields
            .milliseconds("timeout_ms")?
            .map(Duration::from_millis);
        fields.finish("conversion_token")?;
        Ok(Self {
            access_token,
            timeout,
        })
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        check_text("access_token", self.access_token.expose())
    }
}
