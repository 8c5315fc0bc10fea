//! What comes back.

use super::row::{SECONDS, UNIX_SECONDS, field};
use super::{Document, Type};

/// Where to send a user.
pub static AUTHORIZE_URL: Document = Document {
    name: "authorize_url",
    reader: "{authorize_url}",
    about: "Where to send the user.",
    fields: &[
        field(
            "url",
            Type::Text,
            "The address to open in the user's browser.",
        ),
        field(
            "state",
            Type::Text,
            "Keep it, bound to the user's session, until the redirect comes back.",
        ),
    ],
};

/// What a redirect carried.
pub static REDIRECT: Document = Document {
    name: "redirect",
    reader: "{redirect}",
    about: "What the redirect carried, once its state was right.",
    fields: &[
        field(
            "code",
            Type::Text,
            "The code to exchange, at once and once.",
        )
        .secret(),
        field("state", Type::Text, "The state."),
    ],
};

/// A token.
pub static TOKEN: Document = Document {
    name: "token",
    reader: "token",
    about: "A token as Pinterest issued it, with the times at which it was obtained and expires.",
    fields: &[
        field("access_token", Type::Text, "The access token.").secret(),
        field("token_type", Type::Text, "bearer, unless Pinterest says otherwise."),
        field(
            "expires_in",
            Type::Integer,
            "The lifetime of the access token, from obtained_at.",
        )
        .unit(SECONDS),
        field("expires_at", Type::Integer, "When the access token expires.").unit(UNIX_SECONDS),
        field(
            "refresh_token",
            Type::Text,
            "The refresh token to use next: the new one, or the one sent where the answer held none.",
        )
        .secret(),
        field(
            "refresh_token_expires_in",
            Type::Integer,
            "The lifetime of the refresh token.",
        )
        .unit(SECONDS),
        field(
            "refresh_token_expires_at",
            Type::Integer,
            "When the refresh token expires.",
        )
        .unit(UNIX_SECONDS),
        field(
            "refresh_token_rotated",
            Type::Boolean,
            "Whether this answer brought a refresh token, which replaces the one you had.",
        ),
        field(
            "scope",
            Type::Text,
            "The scopes as Pinterest sent them; those asked for where it sent none.",
        ),
        field("scopes", Type::List, "The same as a list, each scope once."),
        field(
            "response_type",
            Type::Text,
            "Pinterest's response_type, whatever its value.",
        ),
        field("obtained_at", Type::Integer, "When the answer arrived.").unit(UNIX_SECONDS),
        field(
            "extra",
            Type::Object,
            "What Pinterest sent besides, each value to the letter; absent where there is nothing.",
        )
        .secret(),
        field(
            "answer",
            Type::Object,
            "What the call tells besides its document; never stored.",
        ),
    ],
};

/// What a call tells besides its document.
pub static ANSWER: Document = Document {
    name: "answer",
    reader: "answer",
    about: "What a call tells besides its document.",
    fields: &[
        field("method", Type::Text, "The method of the request: POST."),
        field("path", Type::Text, "The path of the request."),
        field(
            "status",
            Type::Integer,
            "The HTTP status; null where no answer came.",
        ),
        field(
            "request_id",
            Type::Text,
            "Pinterest's request id (x-pinterest-rid), which its support asks for; null where none came.",
        ),
        field(
            "rate_limit",
            Type::Object,
            "The x-ratelimit headers: limit, remaining, reset (seconds), policies; null where none came.",
        ),
        field(
            "milliseconds",
            Type::Integer,
            "How long the call took, in milliseconds.",
        )
        .unit("milliseconds"),
        field(
            "attempts",
            Type::Integer,
            "How often it was tried: 2 where the first connection could not be made.",
        ),
    ],
};

/// Why a call failed.
pub static ERROR: Document = Document {
    name: "error",
    reader: "error",
    about: "Why a call failed. Keys without a value are null.",
    fields: &[
        field(
            "kind",
            Type::Text,
            "What went wrong, for example invalid_grant.",
        ),
        field(
            "message",
            Type::Text,
            "One sentence without inputs or secrets.",
        ),
        field(
            "what_now",
            Type::Text,
            "What you can do about it, as one sentence.",
        ),
        field(
            "text",
            Type::Text,
            "Message, the numbers that people ask for, and what to do, as one text.",
        ),
        field(
            "outcome",
            Type::Choice(&["not_sent", "rejected", "unknown"]),
            "Whether Pinterest may have acted on the request.",
        ),
        field("field", Type::Text, "The input or setting at fault."),
        field(
            "http_status",
            Type::Integer,
            "The HTTP status of the answer.",
        ),
        field(
            "code",
            Type::Integer,
            "Pinterest's own error code, for example 283.",
        ),
        field(
            "pinterest_message",
            Type::Text,
            "Pinterest's own message, cut and cleaned.",
        ),
        field("request_id", Type::Text, "Pinterest's request id."),
        field(
            "retry_after",
            Type::Integer,
            "How long to wait before trying again.",
        )
        .unit(SECONDS),
        field("rate_limit", Type::Object, "As in answer."),
        field(
            "headers",
            Type::List,
            "The answer's headers as pairs, names in lower case, without cookies and secrets.",
        ),
        field(
            "body",
            Type::Object,
            "The answer's JSON object, secrets hidden.",
        ),
        field(
            "extra",
            Type::Object,
            "What that object holds besides code and message.",
        ),
        field(
            "answer",
            Type::Object,
            "What the call tells besides; null where nothing was to be sent.",
        ),
    ],
};
