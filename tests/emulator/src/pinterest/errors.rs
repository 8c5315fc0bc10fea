//! Pinterest's error answers: HTTP status, code, message. When one applies is decided by the endpoints.

use crate::response::Response;
use crate::words::Envelope;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Bad app credentials, or a bad bearer token.
    AuthenticationFailed,
    /// A code or refresh token that is unknown, expired, used or revoked.
    InvalidGrant,
    /// A malformed request; the text says what is wrong and echoes nothing.
    InvalidRequest(&'static str),
    WrongContentType,
    MissingScope,
    NotPermitted,
    NotFound,
    /// With the method that is allowed.
    MethodNotAllowed(&'static str),
    RateLimited,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    code: u32,
    message: &'a str,
}

impl Problem {
    fn parts(&self) -> (u16, u32, String) {
        let (status, code, message) = match self {
            Self::AuthenticationFailed => (401, 2, "Authentication failed."),
            Self::InvalidGrant => (401, 283, "The authorization grant is invalid"),
            Self::InvalidRequest(what) => return (400, 1, format!("Invalid request: {what}")),
            Self::WrongContentType => (
                415,
                1,
                "Invalid request: the body must be application/x-www-form-urlencoded",
            ),
            Self::MissingScope => (
                401,
                3,
                "Your token does not have sufficient permissions to perform this operation. \
                 Please ensure your token is authorized with the correct set of scopes.",
            ),
            Self::NotPermitted => (403, 29, "You are not permitted to access that resource."),
            Self::NotFound => (404, 11, "API method not found."),
            Self::MethodNotAllowed(_) => (405, 5, "Method not allowed"),
            Self::RateLimited => (
                429,
                8,
                "This request exceeded a rate limit. This can happen if the client exceeds one\n\
                 of the published rate limits within a short time window.",
            ),
        };
        (status, code, message.into())
    }

    pub(crate) fn response(&self, envelope: Envelope) -> Response {
        let (status, code, message) = self.parts();
        let failure = (envelope == Envelope::StatusFailure).then_some("failure");
        let response = Response::json(
            status,
            &Body {
                status: failure,
                code,
                message: &message,
            },
        );
        match self {
            Self::MethodNotAllowed(method) => response.with("allow", method),
            _ => response,
        }
    }
}
