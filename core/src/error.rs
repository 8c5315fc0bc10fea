//! One `Error`: what happened, what to do about it, and whether Pinterest may have acted.
//! Reading an answer into an error belongs in `call::refusal`, hiding secrets in `text::scrub`.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::text::language::Language;
use crate::text::rate_limit::RateLimit;

macro_rules! kinds {
    ($($(#[doc = $about:literal])+ $variant:ident = $number:literal, $name:literal, $what_now:literal;)*) => {
        /// What went wrong. Names and numbers are the same in every language and are never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum Kind { $($(#[doc = $about])+ $variant = $number,)* }

        impl Kind {
            /// Every kind, in the order of its number.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),*];

            /// The name used in every language, for example `invalid_grant`.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name),* }
            }

            /// When it happens, as the documentation has it.
            pub fn about(self) -> &'static str {
                match self { $(Kind::$variant => concat!($($about),+).trim_ascii()),* }
            }

            /// What a caller can do about it, as one sentence.
            pub fn what_now(self) -> &'static str {
                match self { $(Kind::$variant => $what_now),* }
            }
        }
    };
}

kinds! {
    /// A fault of this library.
    Internal = 1, "internal", "Please report this as a bug of the library.";
    /// An input is missing, unknown or malformed; `field` names it. Nothing was sent.
    InvalidArgument = 2, "invalid_argument", "Fix the input that `field` names.";
    /// The configuration cannot be used; `field` names the setting. Nothing was sent.
    InvalidConfig = 3, "invalid_config", "Fix the setting that `field` names.";
    /// No connection, or it broke; `outcome` says whether the request may have arrived.
    Connect = 4, "connect", "Try again later.";
    /// The server's certificate or the TLS handshake failed.
    Tls = 5, "tls", "Check the host name, the clock and the CA file, then try again.";
    /// The proxy could not be reached or refused.
    Proxy = 6, "proxy", "Check the proxy settings, then try again.";
    /// A deadline passed.
    Timeout = 7, "timeout", "Try again later.";
    /// 401 with code 283: the code or refresh token is bad, used, expired or revoked.
    InvalidGrant = 8, "invalid_grant", "Let the user log in again.";
    /// 401 with code 2 where the app authenticates itself.
    InvalidClient = 9, "invalid_client", "Check the app id and the app secret.";
    /// 403, or code 29.
    Forbidden = 10, "forbidden", "Ask Pinterest for access to this operation.";
    /// Code 3: the token lacks a scope.
    InsufficientScope = 11, "insufficient_scope", "Ask the user for the missing scope.";
    /// 429, or code 8.
    RateLimited = 12, "rate_limited", "Wait `retry_after` seconds, then try again.";
    /// 5xx, or code 12.
    ServerError = 13, "server_error", "Try again later.";
    /// Any other answer shaped as Pinterest shapes its errors.
    ApiError = 14, "api_error", "Read the code and the message.";
    /// An answer that is neither a token nor a Pinterest error.
    InvalidResponse = 15, "invalid_response", "Report it with the status and the request id.";
    /// The redirect came back with `error=`: the user or Pinterest said no (RFC 6749, 4.1.2.1).
    AccessDenied = 16, "access_denied", "Ask the user again, or fix the authorization request.";
    /// The redirect carries a `state` that is not the expected one (RFC 6749, 10.12).
    StateMismatch = 17, "state_mismatch", "Discard this redirect and start the login again.";
    /// 401 with code 2 where an access token authenticates the call (RFC 6750, 3.1).
    InvalidToken = 18, "invalid_token", "Refresh the access token, then try again.";
    /// The caller cancelled the call; `outcome` says whether the request may have arrived.
    Cancelled = 19, "cancelled", "Nothing, if that was intended.";
}

impl Kind {
    /// Numbers that kinds had once, with their names: they are never used again.
    pub const RETIRED: &'static [(i32, &'static str)] = &[];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether Pinterest may have acted on the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// No byte of the request can have reached the server: sending again is safe.
    NotSent,
    /// The server answered that it did not do it.
    Rejected,
    /// The request may have arrived and taken effect, for example burnt a code or rotated a token.
    Unknown,
}

impl Outcome {
    /// The name used in every language: `not_sent`, `rejected` or `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::NotSent => "not_sent",
            Outcome::Rejected => "rejected",
            Outcome::Unknown => "unknown",
        }
    }
}

/// Why a call failed. No message ever contains an input or a secret.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: Kind,
    outcome: Outcome,
    /// The message with its placeholders, which [`Language::fill`] fills in.
    template: String,
    /// The name of the field in documents.
    named: Option<String>,
    message: String,
    what_now: String,
    field: Option<String>,
    details: Details,
}

/// The parts of an error that only answers have.
#[derive(Clone, Default)]
pub(crate) struct Details {
    pub http_status: Option<u16>,
    pub code: Option<i64>,
    pub pinterest_message: Option<String>,
    pub request_id: Option<String>,
    pub retry_after: Option<u64>,
    pub rate_limit: Option<RateLimit>,
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
    pub answer: Option<Answer>,
}

impl Error {
    pub(crate) fn new(kind: Kind, outcome: Outcome, message: impl Into<String>) -> Self {
        Self::with(kind, outcome, message, Details::default())
    }

    /// `message` holds no placeholders: it may be from outside.
    pub(crate) fn with(
        kind: Kind,
        outcome: Outcome,
        message: impl Into<String>,
        details: Details,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            outcome,
            template: String::new(),
            named: None,
            message: message.into(),
            what_now: kind.what_now().to_owned(),
            field: None,
            details,
        }))
    }

    /// An input that cannot be used. `problem` must not quote the input; names of fields in it are written as
    /// `{redirect_uri}`.
    pub fn invalid_argument(field: impl Into<String>, problem: impl fmt::Display) -> Self {
        let field = plain(field.into());
        let template = format!("{{{field}}} {problem}");
        Self::named(Kind::InvalidArgument, field, template)
    }

    /// Inputs that are missing: `field` is the first of them, `template` names all.
    pub(crate) fn missing(field: &str, template: String) -> Self {
        Self::named(Kind::InvalidArgument, field.to_owned(), template)
    }

    /// A setting that cannot be used, as [`Error::invalid_argument`] says it.
    pub(crate) fn invalid_config(field: impl Into<String>, problem: impl fmt::Display) -> Self {
        let field = plain(field.into());
        let template = format!("{{{field}}} {problem}");
        Self::named(Kind::InvalidConfig, field, template)
    }

    fn named(kind: Kind, field: String, template: String) -> Self {
        let mut error = Self::new(kind, Outcome::NotSent, "");
        error.0.template = template;
        error.0.named = Some(field);
        error.in_words_of(Language::default())
    }

    /// The same error with fields and times named as `language` names them.
    pub(crate) fn in_words_of(mut self, language: Language) -> Self {
        let inner = &mut *self.0;
        if let Some(named) = &inner.named {
            let field = language.name(named);
            inner.message = language.fill(&inner.template);
            inner.what_now = format!("Fix `{field}`.");
            inner.field = Some(field);
        }
        self
    }

    /// A fault of this library. `message` must not contain an input.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Kind::Internal, Outcome::Unknown, message)
    }

    /// The same error with a further remark at the end of its message.
    pub(crate) fn remark(mut self, remark: &str) -> Self {
        for text in [&mut self.0.message, &mut self.0.template] {
            text.push_str("; ");
            text.push_str(remark);
        }
        self
    }

    /// The same error with what its call tells besides.
    pub(crate) fn answered(mut self, answer: Answer) -> Self {
        self.0.details.answer = Some(answer);
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// One sentence without inputs or secrets.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What a caller can do about it.
    pub fn what_now(&self) -> &str {
        &self.0.what_now
    }

    /// Whether Pinterest may have acted.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The input or setting at fault.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The HTTP status of the answer.
    pub fn http_status(&self) -> Option<u16> {
        self.0.details.http_status
    }

    /// Pinterest's own error code, for example 283.
    pub fn code(&self) -> Option<i64> {
        self.0.details.code
    }

    /// Pinterest's own message, cut and cleaned.
    pub fn pinterest_message(&self) -> Option<&str> {
        self.0.details.pinterest_message.as_deref()
    }

    /// Pinterest's request id (`x-pinterest-rid`), which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.0.details.request_id.as_deref()
    }

    /// Seconds to wait before trying again.
    pub fn retry_after(&self) -> Option<u64> {
        self.0.details.retry_after
    }

    /// The rate limit headers, parsed.
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.0.details.rate_limit.as_ref()
    }

    /// The answer's headers, names in lower case, without cookies and without secrets.
    pub fn headers(&self) -> &[(String, String)] {
        &self.0.details.headers
    }

    /// The answer's JSON object, unknown keys included, secrets hidden.
    pub fn body(&self) -> Option<&Value> {
        self.0.details.body.as_ref()
    }

    /// What Pinterest's error object holds besides `code` and `message`, secrets hidden.
    pub fn extra(&self) -> Option<Value> {
        let body = self.0.details.body.as_ref()?.as_object()?;
        let own = |key: &str| key == "code" || key == "message";
        let besides = body.iter().filter(|(key, _)| !own(key));
        let extra: Map<String, Value> = besides.map(|(k, v)| (k.clone(), v.clone())).collect();
        (!extra.is_empty()).then_some(Value::Object(extra))
    }

    /// What the call tells besides its failure; `None` where nothing was to be sent.
    pub fn answer(&self) -> Option<&Answer> {
        self.0.details.answer.as_ref()
    }

    /// The error document that every language gets.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| String::from("{\"kind\":\"internal\"}"))
    }

    /// Message, the numbers that people ask for, and what to do.
    fn text(&self) -> String {
        let (facts, what_now) = (self.facts(), self.what_now());
        format!("{}{facts}. {what_now}", self.message())
    }

    fn facts(&self) -> String {
        let details = &self.0.details;
        let known = [
            details.http_status.map(|status| format!("HTTP {status}")),
            details.code.map(|code| format!("code {code}")),
            details
                .request_id
                .as_ref()
                .map(|id| format!("request id {id}")),
            details
                .retry_after
                .map(|seconds| format!("retry after {seconds} s")),
        ];
        let known: Vec<String> = known.into_iter().flatten().collect();
        if known.is_empty() {
            String::new()
        } else {
            format!(" ({})", known.join(", "))
        }
    }
}

/// A name that no placeholder can hide in.
fn plain(field: String) -> String {
    if field.contains(['{', '}']) {
        field.replace(['{', '}'], "")
    } else {
        field
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let details = &self.0.details;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.0.kind.name())?;
        map.serialize_entry("message", self.message())?;
        map.serialize_entry("what_now", self.what_now())?;
        map.serialize_entry("text", &self.text())?;
        map.serialize_entry("outcome", self.0.outcome.name())?;
        map.serialize_entry("field", &self.0.field)?;
        map.serialize_entry("http_status", &details.http_status)?;
        map.serialize_entry("code", &details.code)?;
        map.serialize_entry("pinterest_message", &details.pinterest_message)?;
        map.serialize_entry("request_id", &details.request_id)?;
        map.serialize_entry("retry_after", &details.retry_after)?;
        map.serialize_entry("rate_limit", &details.rate_limit)?;
        map.serialize_entry("headers", &details.headers)?;
        map.serialize_entry("body", &details.body)?;
        map.serialize_entry("extra", &self.extra())?;
        map.serialize_entry("answer", &details.answer)?;
        map.end()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}{}", self.0.kind, self.0.message, self.facts())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("outcome", &self.0.outcome)
            .field("field", &self.0.field)
            .field("http_status", &self.0.details.http_status)
            .field("code", &self.0.details.code)
            .field("request_id", &self.0.details.request_id)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}
