//! How a login ended: for a web app and for whoever waits for one.

use serde::Serialize;

use crate::call::User;
use crate::text::json::written;

/// How a login ended. Times are Unix seconds. It holds no secret.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct LoginEnd {
    /// `done`; `denied`, when access was not given; `mismatch`, when the redirect is of no login of this browser;
    /// `not_a_visit`, when nobody came.
    pub outcome: &'static str,
    /// The HTTP status to answer the visitor with: 303, 403, 400 or 204.
    pub status: u16,
    /// What happened, as a sentence for the visitor.
    pub message: String,
    /// The account that was to be logged in; `None` where that is not known.
    pub account: Option<String>,
    /// Where the visitor goes on: the path that was given at the begin.
    pub next: Option<String>,
    /// The values of the answer's `Set-Cookie` headers, one header for each.
    pub set_cookies: Vec<String>,
    /// What the access token may do.
    pub scopes: Vec<String>,
    /// When the access token expires.
    pub expires_at: Option<i64>,
    /// When the refresh token expires.
    pub refresh_token_expires_at: Option<i64>,
    /// Who logged in, where the token may say it.
    pub user: Option<User>,
    /// Who had logged in to this account before, where that is known.
    pub previous_user: Option<User>,
}

impl LoginEnd {
    /// The user is logged in to `account`.
    pub(crate) fn done(account: String) -> Self {
        Self {
            outcome: "done",
            status: 303,
            message: String::from("You are logged in."),
            account: Some(account),
            ..Self::default()
        }
    }

    /// The answer document.
    pub fn to_json(&self) -> String {
        written(self)
    }
}
