//! What is asked for.

use super::row::{LANGUAGE, TIMEOUT, field};
use super::{Document, Type};

/// What asks for a token.
pub static TOKEN_REQUEST: Document = Document {
    name: "token_request",
    reader: "{oauth_token}",
    about: "One of the three grants and what goes with it.",
    fields: &[
        field(
            "grant_type",
            Type::Choice(&["authorization_code", "refresh_token", "client_credentials"]),
            "The grant.",
        ),
        field(
            "code",
            Type::Text,
            "The code of the redirect, for authorization_code.",
        )
        .secret(),
        field(
            "redirect_uri",
            Type::Text,
            "The very same address as in the authorization URL, for authorization_code.",
        ),
        field(
            "refresh_token",
            Type::Text,
            "The current refresh token, for refresh_token.",
        )
        .secret(),
        field(
            "token",
            Type::Token,
            "A token to refresh, in place of refresh_token: what the answer leaves out is carried over.",
        )
        .secret(),
        field(
            "scope",
            Type::Scopes,
            "The scopes to ask for; not for authorization_code.",
        ),
        field(
            "continuous_refresh",
            Type::Boolean,
            "Whether to ask for a refresh token that rotates. Default: with authorization_code alone.",
        ),
        field(
            "extra",
            Type::Pairs,
            "Further form fields by name, for parameters that Pinterest may add.",
        ),
        TIMEOUT,
    ],
};

/// What revokes a token.
pub static REVOKE_REQUEST: Document = Document {
    name: "revoke_request",
    reader: "{revoke}",
    about: "A token to revoke.",
    fields: &[
        field(
            "token",
            Type::Text,
            "The access token or refresh token to revoke.",
        )
        .secret(),
        field(
            "token_type_hint",
            Type::Choice(&["access_token", "refresh_token"]),
            "Which kind of token it is.",
        ),
        TIMEOUT,
    ],
};

/// What asks for a conversion token.
pub static CONVERSION_REQUEST: Document = Document {
    name: "conversion_request",
    reader: "{conversion_token}",
    about: "An access token that may send conversions.",
    fields: &[
        field(
            "access_token",
            Type::Text,
            "The access token that authenticates the call; it needs the scope ads:write.",
        )
        .secret(),
        TIMEOUT,
    ],
};

/// What the page is to ask a user for.
pub static AUTHORIZE_REQUEST: Document = Document {
    name: "authorize_request",
    reader: "{authorize_url}",
    about: "What the page is to ask the user for.",
    fields: &[
        field(
            "redirect_uri",
            Type::Text,
            "Where the user comes back to: registered with the app, the same to the letter.",
        ),
        field("scope", Type::Scopes, "The scopes to ask for."),
        field(
            "state",
            Type::Text,
            "Your own state. Default: 32 random bytes of the operating system.",
        ),
        field(
            "extra",
            Type::Pairs,
            "Further parameters of the address by name.",
        ),
    ],
};

/// A redirect to read.
pub static REDIRECT_REQUEST: Document = Document {
    name: "redirect_request",
    reader: "{redirect}",
    about: "The redirect that ends a login.",
    fields: &[
        field(
            "url",
            Type::Text,
            "The whole address at which the user came back, or its query.",
        )
        .secret(),
        field("state", Type::Text, "The state that you kept.").secret(),
        LANGUAGE,
    ],
};
