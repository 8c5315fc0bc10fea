//! One `Error`: what happened, what to do about it, and whether Pinterest may have acted.
//! Reading an answer into an error belongs in `response`, hiding secrets in `scrub`.

use std::fmt;

use serde::Serialize;

use crate::rate_limit::RateLimit;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal, $what_now:literal;)*) => {
        /// What went wrong. Names and numbers are the same in every language and are never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum Kind { $($(#[$doc])* $variant = $number,)* }

        impl Kind {
            /// Every kind, in the order of its number.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),*];

            /// The name used in every language, for example `invalid_grant`.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name),* }
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
    InvalidArgument = 2, "invalid_argument", "Fix the call: the field is named.";
    /// The configuration cannot be used; `field` names the setting. Nothing was sent.
    InvalidConfig = 3, "invalid_config", "Fix the configuration: the setting is named.";
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

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether Pinterest may have acted on the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
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

/// What an error knows, in the order of its JSON document.
#[derive(Clone, Serialize)]
struct Inner {
    #[serde(serialize_with = "kind_name")]
    kind: Kind,
    message: String,
    what_now: &'static str,
    outcome: Outcome,
    #[serde(flatten)]
    details: Details,
}

/// The parts of an error that only some errors have.
#[derive(Clone, Default, Serialize)]
pub(crate) struct Details {
    pub field: Option<String>,
    pub http_status: Option<u16>,
    pub code: Option<i64>,
    pub pinterest_message: Option<String>,
    pub request_id: Option<String>,
    pub retry_after: Option<u64>,
    pub rate_limit: Option<RateLimit>,
    pub headers: Vec<(String, String)>,
    pub body: Option<serde_json::Value>,
}

fn kind_name<S: serde::Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

impl Error {
    pub(crate) fn new(kind: Kind, outcome: Outcome, message: impl Into<String>) -> Self {
        Self::with(kind, outcome, message, Details::default())
    }

    pub(crate) fn with(
        kind: Kind,
        outcome: Outcome,
        message: impl Into<String>,
        details: Details,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            what_now: kind.what_now(),
            outcome,
            details,
        }))
    }

    /// An input that cannot be used. `message` must not quote the input.
    pub fn invalid_argument(field: impl Into<String>, message: impl fmt::Display) -> Self {
        Self::named(Kind::InvalidArgument, field.into(), message)
    }

    /// Missing inputs: `field` is the first of them, `message` names all.
    pub(crate) fn missing(field: &str, message: String) -> Self {
        let details = Details {
            field: Some(field.to_owned()),
            ..Details::default()
        };
        Self::with(Kind::InvalidArgument, Outcome::NotSent, message, details)
    }

    pub(crate) fn invalid_config(field: impl Into<String>, message: impl fmt::Display) -> Self {
        Self::named(Kind::InvalidConfig, field.into(), message)
    }

    fn named(kind: Kind, field: String, message: impl fmt::Display) -> Self {
        // Other languages take times in their own unit, and under a name without it.
        let subject = match field.as_str() {
            "timeout_ms" => "timeout",
            "connect_timeout_ms" => "connect_timeout",
            name => name,
        };
        let message = format!("{subject} {message}");
        Self::with(
            kind,
            Outcome::NotSent,
            message,
            Details {
                field: Some(field),
                ..Details::default()
            },
        )
    }

    /// A fault of this library. `message` must not contain an input.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Kind::Internal, Outcome::Unknown, message)
    }

    /// The same error with a further remark at the end of its message.
    pub fn remark(mut self, remark: &str) -> Self {
        self.0.message.push_str("; ");
        self.0.message.push_str(remark);
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
    pub fn what_now(&self) -> &'static str {
        self.0.what_now
    }

    /// Whether Pinterest may have acted.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The input or setting at fault.
    pub fn field(&self) -> Option<&str> {
        self.0.details.field.as_deref()
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
    pub fn body(&self) -> Option<&serde_json::Value> {
        self.0.details.body.as_ref()
    }

    /// The error document that every language gets.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_else(|_| String::from("{\"kind\":\"internal\"}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.kind, self.0.message)?;
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
        if !known.is_empty() {
            write!(f, " ({})", known.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("outcome", &self.0.outcome)
            .field("field", &self.0.details.field)
            .field("http_status", &self.0.details.http_status)
            .field("code", &self.0.details.code)
            .field("request_id", &self.0.details.request_id)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}
