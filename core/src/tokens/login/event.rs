//! What a login tells on its way.

use serde::Serialize;

use crate::call::User;
use crate::login::LoginEnd;
use crate::text::json::written;

/// What a [`LoginEvent`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LoginEventKind {
    /// A browser came to the start page and was sent to Pinterest.
    Opened,
    /// No browser came to the start page.
    NotOpened,
    /// The person is at Pinterest for long.
    Waiting,
    /// The start page was reached under another port: the redirect would not arrive.
    Forwarded,
    /// The browser insists on https.
    Https,
    /// A redirect came that is not of this login.
    Foreign,
    /// A program of another user of this machine came.
    ForeignUser,
    /// A browser sends more cookies than are read.
    TooManyCookies,
    /// Another person has logged in than before: `answer` says whether to replace the token.
    Confirm,
    /// The token is stored.
    Done,
}

/// What a login tells on its way. It holds no secret.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct LoginEvent {
    /// What it is about.
    pub event: LoginEventKind,
    /// The same as a sentence for the person.
    pub message: String,
    /// With `confirm` and `done`: who logged in, where the token may say it.
    pub user: Option<User>,
    /// With `confirm` and `done`: who had logged in before, where that is known.
    pub previous_user: Option<User>,
    /// With `done`: how the login ended.
    pub end: Option<LoginEnd>,
}

impl LoginEvent {
    pub(super) fn new(event: LoginEventKind, message: impl Into<String>) -> Self {
        Self {
            event,
            message: message.into(),
            user: None,
            previous_user: None,
            end: None,
        }
    }

    /// As a document.
    pub fn to_json(&self) -> String {
        written(self)
    }
}
