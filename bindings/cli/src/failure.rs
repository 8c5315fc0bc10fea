//! Why the command failed: an error of the core, or one of the command's own, in the same document.

use std::io;

use pinterest_oauth::{Error, Kind, Outcome};
use serde_json::json;

/// A failed command.
#[derive(Debug)]
pub(crate) enum Failure {
    /// An error of the core.
    Call(Error),
    /// An error of the command itself.
    Own(Box<Own>),
}

#[derive(Debug)]
pub(crate) struct Own {
    kind: Kind,
    outcome: Outcome,
    message: String,
    what_now: String,
    field: Option<String>,
}

/// Where each input of the core comes from on the command line.
const SOURCES: &[(&str, &str)] = &[
    ("app_id", "--app-id or PINTEREST_APP_ID"),
    (
        "app_secret",
        "PINTEREST_APP_SECRET, --app-secret-file or a prompt",
    ),
    (
        "code",
        "PINTEREST_CODE, --code-file, --redirect-file (with --state) or a prompt",
    ),
    ("redirect_uri", "--redirect-uri"),
    (
        "refresh_token",
        "PINTEREST_REFRESH_ACCESS_TOKEN, --refresh-token-file or a prompt",
    ),
    ("token", "--token-file"),
    ("scope", "--scope"),
    ("state", "--state"),
    ("url", "--redirect-file or a prompt"),
    ("environment", "--environment"),
    ("base_url", "--base-url or PINTEREST_API_URI"),
    ("oauth_url", "--oauth-url or PINTEREST_OAUTH_URI"),
    ("ca_file", "--ca-file or SSL_CERT_FILE"),
    ("timeout", "--timeout, in seconds"),
    ("proxy", "HTTPS_PROXY, HTTP_PROXY or ALL_PROXY"),
];

impl Failure {
    /// An input of the command that cannot be used. `message` must not quote it.
    pub fn argument(option: &str, message: impl Into<String>) -> Self {
        Self::Own(Box::new(Own {
            kind: Kind::InvalidArgument,
            outcome: Outcome::NotSent,
            message: message.into(),
            what_now: Kind::InvalidArgument.what_now().to_owned(),
            field: Some(option.replace('-', "_")),
        }))
    }

    /// A person ended a prompt.
    pub fn cancelled() -> Self {
        Self::Own(Box::new(Own {
            kind: Kind::Cancelled,
            outcome: Outcome::NotSent,
            message: String::from("cancelled at the prompt; nothing was sent"),
            what_now: Kind::Cancelled.what_now().to_owned(),
            field: None,
        }))
    }

    /// What the command had to say, or to store, found no place.
    pub fn lost(what: &str, error: &io::Error, outcome: Outcome) -> Self {
        Self::Own(Box::new(Own {
            kind: Kind::Internal,
            outcome,
            message: format!("{what}: {}", error.kind()),
            what_now: String::from("Make room for the output, then start again."),
            field: None,
        }))
    }

    /// Says what to do about it, in other words than the kind does.
    pub fn advise(mut self, what_now: impl Into<String>) -> Self {
        if let Self::Own(own) = &mut self {
            own.what_now = what_now.into();
        }
        self
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Call(error) => error.kind(),
            Self::Own(own) => own.kind,
        }
    }

    /// The number of the error kind.
    pub fn exit_code(&self) -> i32 {
        self.kind() as i32
    }

    /// The error document, one line.
    pub fn to_json(&self) -> String {
        match self {
            Self::Call(error) => error.to_json(),
            Self::Own(own) => json!({
                "kind": own.kind.name(),
                "message": own.message,
                "what_now": own.what_now,
                "outcome": own.outcome.name(),
                "field": own.field,
                "http_status": null,
                "code": null,
                "pinterest_message": null,
                "request_id": null,
                "retry_after": null,
                "rate_limit": null,
                "headers": [],
                "body": null,
            })
            .to_string(),
        }
    }

    /// What went wrong, what is known about it, and what to do now: some lines.
    pub fn for_people(&self) -> String {
        match self {
            Self::Own(own) => format!("error: {}\n  {}", own.message, own.what_now),
            Self::Call(error) => explain(error),
        }
    }
}

/// What the system said, in words for people.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => String::from("it does not exist"),
        io::ErrorKind::PermissionDenied => String::from("it is not yours to use"),
        io::ErrorKind::IsADirectory => String::from("it is a folder"),
        io::ErrorKind::InvalidData => String::from("it is not UTF-8"),
        kind => kind.to_string(),
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

fn explain(error: &Error) -> String {
    let mut text = format!("error: {}\n", error.message());
    let facts = [
        error.http_status().map(|status| format!("HTTP {status}")),
        error.code().map(|code| format!("code {code}")),
        error.request_id().map(|id| format!("request id {id}")),
        error
            .retry_after()
            .map(|seconds| format!("retry after {seconds} s")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        text.push_str(&format!("  {}: {}\n", error.kind(), facts.join(", ")));
    }
    if error.outcome() == Outcome::Unknown {
        text.push_str(
            "  The request may have arrived: a code may be used up, a refresh token replaced.\n",
        );
    }
    let source = error.field().and_then(source);
    match source {
        Some((field, source)) => text.push_str(&format!("  {field} comes from {source}.")),
        None => text.push_str(&format!("  {}", error.what_now())),
    }
    text
}

fn source(field: &str) -> Option<(&str, &'static str)> {
    if field.starts_with("extra") {
        return Some((field, "--extra"));
    }
    let known = SOURCES.iter().find(|(name, _)| *name == field);
    known.map(|(name, source)| (*name, *source))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::Value;

    fn keys(json: &str) -> Vec<String> {
        let document: serde_json::Map<String, Value> = serde_json::from_str(json).unwrap();
        let mut keys: Vec<String> = document.keys().cloned().collect();
        keys.sort();
        keys
    }

    #[test]
    fn own_errors_have_the_keys_of_the_core_s() {
        let own = Failure::argument("code-file", "cannot be read");
        let call = Failure::from(Error::invalid_argument("code", "is wrong"));
        assert_eq!(keys(&own.to_json()), keys(&call.to_json()));
    }
}
