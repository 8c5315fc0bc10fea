//! What a login with a browser takes and gives.

use super::row::{SECONDS, field};
use super::{Document, Type};

/// What a login with a browser is to do.
pub static LOGIN_OPTIONS: Document = Document {
    name: "login_options",
    reader: "{login}",
    about: "What a login with a browser is to do, on the machine of the person.",
    fields: &[
        field(
            "account",
            Type::Text,
            "The account to log in. Default: default.",
        ),
        field(
            "redirect_uri",
            Type::Text,
            "An address on this machine, the same to the letter as registered with the app. Default: http://localhost:8085/.",
        ),
        field(
            "scope",
            Type::Scopes,
            "What to ask the user for, with commas or spaces between.",
        ),
        field(
            "browser",
            Type::Boolean,
            "Whether to open a browser. Default: where the person would see it.",
        ),
        field(
            "confirm",
            Type::Boolean,
            "Whether to ask before the token of one person replaces that of another. Default: false.",
        ),
        field(
            "continuous_refresh",
            Type::Boolean,
            "Whether to ask for a refresh token that rotates. Default: true.",
        ),
        field(
            "extra",
            Type::Pairs,
            "Further parameters of Pinterest's page by name.",
        ),
        field(
            "timeout",
            Type::Number,
            "How long to wait for the person: above 0, at most 3600. Default: 300.",
        )
        .unit(SECONDS),
    ],
};

/// What a login under way shows.
pub static LOGIN_STARTED: Document = Document {
    name: "login_started",
    reader: "login_started",
    about: "What a login under way shows to the person.",
    fields: &[
        field(
            "start_url",
            Type::Text,
            "The address to open in a browser on this machine. It holds no secret.",
        ),
        field(
            "authorize_url",
            Type::Text,
            "Pinterest's page, for a browser on another machine: the address of the page that follows is to be pasted then. Show it to the person alone.",
        )
        .secret(),
        field("opened", Type::Boolean, "Whether a browser was started."),
        field(
            "why_not_opened",
            Type::Text,
            "Why none was started, for a person; null where one was, or where none was wanted.",
        ),
    ],
};

/// What happens during a login.
pub static LOGIN_EVENT: Document = Document {
    name: "login_event",
    reader: "login_event",
    about: "What happens during a login. It holds no secret; keys without a value are null.",
    fields: &[
        field(
            "event",
            Type::Choice(&[
                "opened",
                "not_opened",
                "waiting",
                "forwarded",
                "https",
                "foreign",
                "foreign_user",
                "too_many_cookies",
                "confirm",
                "done",
            ]),
            "What it is about.",
        ),
        field(
            "message",
            Type::Text,
            "The same as a sentence for the person.",
        ),
        field(
            "user",
            Type::Object,
            "With confirm and done: who logged in, where the token may say it: id, username.",
        ),
        field(
            "previous_user",
            Type::Object,
            "With confirm and done: who had logged in before, where that is known.",
        ),
        field("end", Type::Object, "With done: the document login_end."),
    ],
};
