//! The three grants, the fields each needs, and what is missing.

use crate::error::Error;
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::text::fields::Fields;

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

/// The grant with its own fields. A refresh token may also come within `token`.
pub(super) fn grant(fields: &mut Fields) -> Result<Grant, Error> {
    let Some(grant_type) = fields.text("grant_type")? else {
        return Err(missing(&["grant_type"], None));
    };
    match grant_type.as_str() {
        "authorization_code" => {
            let (code, redirect_uri) = (fields.secret("code")?, fields.text("redirect_uri")?);
            let absent = [
                ("code", code.is_none()),
                ("redirect_uri", redirect_uri.is_none()),
            ];
            let absent = absent.iter().filter(|(_, absent)| *absent);
            let absent: Vec<&str> = absent.map(|(name, _)| *name).collect();
            match (code, redirect_uri) {
                (Some(code), Some(redirect_uri)) => {
                    Ok(Grant::AuthorizationCode { code, redirect_uri })
                }
                _ => Err(missing(&absent, Some(&grant_type))),
            }
        }
        "refresh_token" => {
            let refresh_token = fields.secret("refresh_token")?;
            match (refresh_token, fields.has("token")) {
                (Some(_), true) => Err(Error::invalid_argument(
                    "token",
                    "and {refresh_token} exclude each other",
                )),
                (None, false) => Err(missing(&["refresh_token"], Some(&grant_type))),
                (refresh_token, _) => Ok(Grant::RefreshToken {
                    refresh_token: refresh_token.unwrap_or_default(),
                    scope: None,
                }),
            }
        }
        "client_credentials" => Ok(Grant::ClientCredentials { scope: None }),
        _ => Err(Error::invalid_argument(
            "grant_type",
            "must be authorization_code, refresh_token or client_credentials",
        )),
    }
}

fn missing(fields: &[&str], grant_type: Option<&str>) -> Error {
    let names: Vec<String> = fields.iter().map(|name| format!("{{{name}}}")).collect();
    let names = names.join(" and ");
    let verb = if fields.len() == 1 { "is" } else { "are" };
    let needed_by = grant_type
        .map(|grant| format!(" for {{grant_type}} {grant}"))
        .unwrap_or_default();
    Error::missing(
        fields.first().copied().unwrap_or_default(),
        format!("{names} {verb} required{needed_by}"),
    )
}

pub(super) fn foreign(field: &str, grant_type: &str) -> Error {
    let problem = format!("does not belong to {{grant_type}} {grant_type}");
    Error::invalid_argument(field, problem)
}
