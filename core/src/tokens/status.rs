//! Where an account stands, for people and monitoring. It holds no secret.

use serde::Serialize;

use super::plan::remembered::ago;
use super::plan::time::{Now, due_at, expires_at, is_valid};
use super::record::{Record, State, Trouble};
use crate::call::User;
use crate::text::json::written;
use crate::token::Token;

/// A refresh token that ends within this time is told of, in seconds.
const REFRESH_TOKEN_ENDS: i64 = 14 * 86_400;

/// Where an account stands. Times are Unix seconds.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Status {
    /// The name of the account.
    pub account: String,
    /// The app that it belongs to.
    pub app_id: String,
    /// `production`, `sandbox`, or the origin of an address of one's own.
    pub environment: String,
    /// `ready`; `doubtful`, when Pinterest refused the refresh token once and is asked again; `needs_login`.
    pub state: &'static str,
    /// What the access token may do.
    pub scopes: Vec<String>,
    /// When the token was obtained.
    pub obtained_at: Option<i64>,
    /// When the access token expires.
    pub expires_at: Option<i64>,
    /// When the next refresh is due; `None` where none can be.
    pub refresh_at: Option<i64>,
    /// When the refresh token expires.
    pub refresh_token_expires_at: Option<i64>,
    /// When the user logged in, or the token was imported.
    pub login_at: Option<i64>,
    /// How many tokens the account has had.
    pub generation: u64,
    /// Whether a refresh is under way.
    pub refreshing: bool,
    /// Whether this process has a token that no disk took.
    pub unsaved: bool,
    /// What went wrong last.
    pub trouble: Option<StatusTrouble>,
    /// Who logged in, where that is known.
    pub user: Option<User>,
    /// What somebody should look after, as one sentence.
    pub warning: Option<String>,
}

/// What went wrong last with an account.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct StatusTrouble {
    /// The kind of the error.
    pub kind: String,
    /// Its message.
    pub message: String,
    /// Pinterest's own code.
    pub code: Option<i64>,
    /// The HTTP status.
    pub http_status: Option<u16>,
    /// Pinterest's request id.
    pub request_id: Option<String>,
    /// When it happened.
    pub at: i64,
    /// How often in a row.
    pub count: u32,
    /// Nothing is sent before.
    pub retry_at: i64,
}

impl Status {
    pub(crate) fn of(record: &Record, unsaved: bool, now: &Now) -> Self {
        let token = record.token.as_ref();
        let refreshable = !record.candidates.is_empty() && record.state != State::NeedsLogin;
        Self {
            account: record.owner.account().unwrap_or_default().to_owned(),
            app_id: record.owner.app_id.clone(),
            environment: record.owner.environment.clone(),
            state: state(record),
            scopes: token.map(scopes_of).unwrap_or_default(),
            obtained_at: token.and_then(|token| token.obtained_at),
            expires_at: expires_at(record),
            refresh_at: refreshable.then(|| due_at(record)),
            refresh_token_expires_at: token.and_then(|token| token.refresh_token_expires_at),
            login_at: (record.login_at > 0).then_some(record.login_at),
            generation: record.generation,
            refreshing: record.attempt.is_some(),
            unsaved,
            trouble: record.trouble.as_ref().map(StatusTrouble::of),
            user: record.user.clone(),
            warning: warning(record, unsaved, now),
        }
    }

    /// As a document.
    pub fn to_json(&self) -> String {
        written(self)
    }
}

impl StatusTrouble {
    fn of(trouble: &Trouble) -> Self {
        Self {
            kind: trouble.kind.clone(),
            message: trouble.message.clone(),
            code: trouble.code,
            http_status: trouble.http_status,
            request_id: trouble.request_id.clone(),
            at: trouble.at,
            count: trouble.count,
            retry_at: trouble.retry_at,
        }
    }
}

fn state(record: &Record) -> &'static str {
    let doubted =
        |candidate: &super::record::Candidate| candidate.doubted_at.is_some() && !candidate.refused;
    match record.state {
        State::NeedsLogin => "needs_login",
        _ if record.candidates.first().is_some_and(doubted) => "doubtful",
        _ => "ready",
    }
}

/// What a token may do, as a list.
pub(crate) fn scopes_of(token: &Token) -> Vec<String> {
    token.scopes().iter().map(str::to_owned).collect()
}

pub(super) fn warning(record: &Record, unsaved: bool, now: &Now) -> Option<String> {
    if unsaved {
        return Some(String::from("A token is in memory alone: no disk took it."));
    }
    let valid = is_valid(record, now);
    let lives = match expires_at(record) {
        Some(at) if valid => format!(
            "The access token lives for {}",
            ago(at.saturating_sub(now.wall))
        ),
        None if valid => String::from("The access token is valid, its end is not known"),
        _ => String::from("The access token has expired"),
    };
    match state(record) {
        "needs_login" => return Some(format!("{lives}; the user must log in again.")),
        "doubtful" => {
            return Some(format!(
                "{lives}; Pinterest refused the refresh token once."
            ));
        }
        _ => {}
    }
    // Tokens of the app itself have none, and need none.
    if record.candidates.is_empty() && record.owner.account().is_some() {
        return Some(format!("{lives}; there is no refresh token."));
    }
    if let Some(trouble) = record.trouble.as_ref().filter(|trouble| trouble.count > 2) {
        return Some(format!(
            "{lives}; {} refreshes in a row have failed ({}).",
            trouble.count, trouble.kind
        ));
    }
    let ends = record.token.as_ref()?.refresh_token_expires_at?;
    let left = ends.saturating_sub(now.wall);
    if left <= 0 {
        return Some(format!("{lives}; the refresh token has expired."));
    }
    (left < REFRESH_TOKEN_ENDS).then(|| format!("The refresh token ends in {}.", ago(left)))
}
