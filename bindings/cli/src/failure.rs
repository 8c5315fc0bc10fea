//! Why the command failed: an error of the core, or one of the command's own, in the same document.

use std::io;

use pinterest_oauth::binding::documents::{CONFIG, ERROR, MANAGER};
use pinterest_oauth::binding::{self, Language};
use pinterest_oauth::{Error, Kind, Outcome};
use serde_json::{Value, json};

/// A failed command.
#[derive(Debug)]
pub(crate) enum Failure {
    /// An error of the core.
    Call(Error),
    /// An error of the command itself.
    Own(Box<Own>),
    /// Nothing failed, and the exit code says more than yes.
    Exit(i32),
}

#[derive(Debug)]
pub(crate) struct Own {
    kind: Kind,
    outcome: Outcome,
    message: String,
    what_now: String,
    field: Option<String>,
}

impl Own {
    /// The same keys as an error document of the core.
    fn document(&self) -> Value {
        let known = |name: &str| match name {
            "kind" => json!(self.kind.name()),
            "message" => json!(self.message),
            "what_now" => json!(self.what_now),
            "text" => json!(format!("{}. {}", self.message, self.what_now)),
            "outcome" => json!(self.outcome.name()),
            "field" => json!(self.field),
            "headers" => json!([]),
            _ => Value::Null,
        };
        let fields = ERROR.fields.iter();
        fields
            .map(|field| (field.name.to_owned(), known(field.name)))
            .collect()
    }
}

/// How each secret gets in: never as an argument.
const SECRETS: &[(&str, &str)] = &[
    (
        "app_secret",
        "PINTEREST_APP_SECRET, --app-secret-file or a prompt",
    ),
    (
        "code",
        "PINTEREST_CODE, --code-file, --redirect-file (with --state) or a prompt",
    ),
    (
        "refresh_token",
        "PINTEREST_REFRESH_ACCESS_TOKEN, --refresh-token-file or a prompt",
    ),
    ("token", "--token-file"),
    ("url", "--redirect-file or a prompt"),
    ("state", "--state"),
    ("proxy", "HTTPS_PROXY, HTTP_PROXY or ALL_PROXY"),
];

impl Failure {
    /// An input of the command that cannot be used. `message` must not quote it.
    pub fn argument(option: &str, message: impl Into<String>) -> Self {
        Self::Own(Box::new(Own {
            kind: Kind::InvalidArgument,
            outcome: Outcome::NotSent,
            message: message.into(),
            what_now: format!("Fix `--{option}`."),
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

    /// The end of a command that has said all: with this exit code.
    pub fn exit(code: i32) -> Result<(), Self> {
        if code == 0 {
            Ok(())
        } else {
            Err(Self::Exit(code))
        }
    }

    /// One sentence without inputs.
    pub fn message(&self) -> &str {
        match self {
            Self::Call(error) => error.message(),
            Self::Own(own) => &own.message,
            Self::Exit(_) => "",
        }
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
            Self::Exit(_) => Kind::Internal,
        }
    }

    /// The number of the error kind.
    pub fn exit_code(&self) -> i32 {
        match self {
            Self::Exit(code) => *code,
            failure => failure.kind() as i32,
        }
    }

    /// The error document, one line.
    pub fn to_json(&self) -> String {
        match self {
            Self::Call(error) => error.to_json(),
            Self::Own(own) => own.document().to_string(),
            Self::Exit(_) => String::new(),
        }
    }

    /// What went wrong, what is known about it, and what to do now: some lines.
    pub fn for_people(&self) -> String {
        match self {
            Self::Own(own) => format!("error: {}\n  {}", own.message, own.what_now),
            Self::Call(error) => explain(error),
            Self::Exit(_) => String::new(),
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
    let named = error.field();
    let error = &binding::in_words_of(error.clone(), Language::Shell);
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
    match named.and_then(source) {
        Some(source) => text.push_str(&format!("  Give it by {source}.")),
        None => text.push_str(&format!("  {}", error.what_now())),
    }
    text
}

/// Where the input behind a field comes from, where that is more than its option.
pub(crate) fn source(field: &str) -> Option<String> {
    if let Some((_, source)) = SECRETS.iter().find(|(name, _)| *name == field) {
        return Some((*source).to_owned());
    }
    let field_of = |name| CONFIG.field(name).or_else(|| MANAGER.field(name));
    let variables = field_of(field)?.variables;
    let option = format!("--{}", field.replace('_', "-"));
    (!variables.is_empty()).then(|| format!("{option} or {}", variables.join(" or ")))
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
