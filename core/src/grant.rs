//! What you ask for: the three grants, the fields each needs, and what is missing.
//! How they become bytes belongs in `request`.

use std::time::Duration;

use crate::error::Error;
use crate::fields::{Fields, check_text, from_documents};
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::token::Token;

/// The three grants of `POST /v5/oauth/token` (RFC 6749, sections 4.1.3, 6 and 4.4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Grant {
    /// Exchanges the code of the redirect for a token.
    AuthorizationCode {
        /// The code from the redirect.
        code: Secret,
        /// The very same address as in the authorization URL.
        redirect_uri: String,
    },
    /// Exchanges a refresh token for a new access token and, with rotation, a new refresh token.
    RefreshToken {
        /// The current refresh token.
        refresh_token: Secret,
        /// Scopes to ask for; those of the refresh token where left out.
        scope: Option<Scopes>,
    },
    /// A token for the app itself.
    ClientCredentials {
        /// Scopes to ask for. Pinterest's description required it up to 5.23 and no longer does.
        scope: Option<Scopes>,
    },
}

impl Grant {
    /// The wire name, for example `authorization_code`.
    pub fn grant_type(&self) -> &'static str {
        match self {
            Grant::AuthorizationCode { .. } => "authorization_code",
            Grant::RefreshToken { .. } => "refresh_token",
            Grant::ClientCredentials { .. } => "client_credentials",
        }
    }
}

/// A token request: a grant and what goes with it.
///
/// As a document: `grant_type`, `code`, `redirect_uri`, `refresh_token`, `scope` (text or list),
/// `continuous_refresh`, `extra` (object), `timeout_ms`, and `token` (a token document to refresh,
/// in place of `refresh_token`).
#[derive(Debug, Clone)]
pub struct TokenRequest {
    pub(crate) grant: Grant,
    pub(crate) continuous_refresh: Option<bool>,
    pub(crate) extra: Vec<(String, String)>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) previous: Option<Box<Token>>,
}

/// Names that `extra` may not carry, because a parameter of their own exists.
const OWN_NAMES: [&str; 6] = [
    "grant_type",
    "code",
    "redirect_uri",
    "refresh_token",
    "scope",
    "continuous_refresh",
];

from_documents!(TokenRequest, "request");

impl TokenRequest {
    fn new(grant: Grant) -> Self {
        Self {
            grant,
            continuous_refresh: None,
            extra: Vec::new(),
            timeout: None,
            previous: None,
        }
    }

    /// Exchanges the `code` of the redirect. `redirect_uri` is the one of the authorization URL.
    pub fn authorization_code(code: impl Into<Secret>, redirect_uri: impl Into<String>) -> Self {
        Self::new(Grant::AuthorizationCode {
            code: code.into(),
            redirect_uri: redirect_uri.into(),
        })
    }

    /// Exchanges a refresh token.
    pub fn refresh_token(refresh_token: impl Into<Secret>) -> Self {
        Self::new(Grant::RefreshToken {
            refresh_token: refresh_token.into(),
            scope: None,
        })
    }

    /// A token for the app itself.
    pub fn client_credentials() -> Self {
        Self::new(Grant::ClientCredentials { scope: None })
    }

    /// Refreshes `token`; what the answer leaves out (scope, refresh token and its expiry) is carried over.
    ///
    /// # Errors
    /// `invalid_argument` when the token has no refresh token.
    pub fn refresh(token: &Token) -> Result<Self, Error> {
        let Some(refresh_token) = token.refresh_token.clone() else {
            return Err(Error::invalid_argument("token", "has no refresh_token"));
        };
        Ok(Self {
            previous: Some(Box::new(token.clone())),
            ..Self::refresh_token(refresh_token)
        })
    }

    /// The scopes to ask for. An error for the code grant, whose scopes are in the authorization URL.
    ///
    /// # Errors
    /// `invalid_argument` for the authorization code grant.
    pub fn scope(mut self, scopes: Scopes) -> Result<Self, Error> {
        match &mut self.grant {
            Grant::RefreshToken { scope, .. } | Grant::ClientCredentials { scope } => {
                *scope = Some(scopes)
            }
            Grant::AuthorizationCode { .. } => return Err(foreign("scope", "authorization_code")),
        }
        Ok(self)
    }

    /// Whether to ask for a refresh token that rotates (60 days, refreshable without end).
    ///
    /// The default is to ask with the code grant alone: apps made before 2025-09-25 need it, newer
    /// ones ignore it (Pinterest's description, 5.28). `false` sends nothing.
    pub fn continuous_refresh(mut self, on: bool) -> Self {
        self.continuous_refresh = Some(on);
        self
    }

    /// A further form field, for parameters that Pinterest may add.
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.push((name.into(), value.into()));
        self
    }

    /// The deadline of this one call, instead of the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The grant.
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let grant_type = fields
            .text("grant_type")?
            .ok_or_else(|| missing(&["grant_type"], None))?;
        let mut request = match grant_type.as_str() {
            "authorization_code" => {
                let (code, redirect_uri) = (fields.secret("code")?, fields.text("redirect_uri")?);
                match (code, redirect_uri) {
                    (Some(code), Some(redirect_uri)) => {
                        Self::authorization_code(code, redirect_uri)
                    }
                    (None, Some(_)) => return Err(missing(&["code"], Some(&grant_type))),
                    (Some(_), None) => return Err(missing(&["redirect_uri"], Some(&grant_type))),
                    (None, None) => {
                        return Err(missing(&["code", "redirect_uri"], Some(&grant_type)));
                    }
                }
            }
            "refresh_token" => match (fields.secret("refresh_token")?, fields.take("token")) {
                (Some(_), Some(_)) => {
                    return Err(Error::invalid_argument(
                        "token",
                        "and refresh_token exclude each other",
                    ));
                }
                (Some(refresh_token), None) => Self::refresh_token(refresh_token),
                (None, Some(token)) => Self::refresh(&Token::from_value(&token)?)?,
                (None, None) => return Err(missing(&["refresh_token"], Some(&grant_type))),
            },
            "client_credentials" => Self::client_credentials(),
            _ => {
                let allowed = "must be authorization_code, refresh_token or client_credentials";
                return Err(Error::invalid_argument("grant_type", allowed));
            }
        };
        if let Some(scopes) = fields.scopes("scope")? {
            request = request.scope(scopes)?;
        }
        for field in ["code", "redirect_uri", "refresh_token", "token"] {
            if fields.take(field).is_some() {
                return Err(foreign(field, &grant_type));
            }
        }
        request.continuous_refresh = fields.boolean("continuous_refresh")?;
        request.extra = fields.pairs("extra")?;
        request.timeout = fields
            .milliseconds("timeout_ms")?
            .map(Duration::from_millis);
        fields.finish("oauth_token")?;
        request.check()?;
        Ok(request)
    }

    /// Checks what the constructors could not. Called before anything is sent.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.grant {
            Grant::AuthorizationCode { code, redirect_uri } => {
                check_text("code", code.expose())?;
                check_text("redirect_uri", redirect_uri)?;
            }
            Grant::RefreshToken { refresh_token, .. } => {
                check_text("refresh_token", refresh_token.expose())?
            }
            Grant::ClientCredentials { .. } => {}
        }
        for (name, value) in &self.extra {
            if OWN_NAMES.contains(&name.as_str()) {
                return Err(Error::invalid_argument(
                    format!("extra.{name}"),
                    "has a parameter of its own",
                ));
            }
            check_text("extra", name)?;
            check_text(&format!("extra.{name}"), value)?;
        }
        Ok(())
    }
}

fn missing(fields: &[&str], grant_type: Option<&str>) -> Error {
    let names = fields.join(" and ");
    let verb = if fields.len() == 1 { "is" } else { "are" };
    let needed_by = grant_type
        .map(|grant| format!(" for grant_type {grant}"))
        .unwrap_or_default();
    Error::missing(
        fields.first().copied().unwrap_or_default(),
        format!("{names} {verb} required{needed_by}"),
    )
}

fn foreign(field: &str, grant_type: &str) -> Error {
    Error::invalid_argument(field, format!("does not belong to grant_type {grant_type}"))
}
