//! What logins take and give: of a web app, and with a browser on the machine of the person.

use super::row::{SECONDS, TIMEOUT, UNIX_SECONDS, field};
use super::{Document, Type};

/// What begins a login.
pub static LOGIN_BEGIN_REQUEST: Document = Document {
    name: "login_begin_request",
    reader: "{begin_login}",
    about: "A login that a web app begins for its visitor.",
    fields: &[
        field(
            "account",
            Type::Text,
            "The account of the token manager that is logged in. Default: default.",
        ),
        field(
            "redirect_uri",
            Type::Text,
            "Where the visitor comes back to: registered with the app, the same to the letter; https, or http on this machine.",
        ),
        field("scope", Type::Scopes, "The scopes to ask for."),
        field(
            "next",
            Type::Text,
            "Where the visitor goes afterwards: a path of the app itself, at most 512 bytes.",
        ),
        field(
            "owner",
            Type::Text,
            "Who begins it, such as the id of the app's own user: only the same one ends it.",
        )
        .secret(),
        field(
            "cookies",
            Type::Text,
            "The Cookie header of the request: with it logins that were left open do not pile up.",
        )
        .secret(),
        field(
            "host",
            Type::Text,
            "The Host that the browser sees: it must be that of redirect_uri, else the cookie would not come back.",
        ),
        field(
            "extra",
            Type::Pairs,
            "Further parameters of the address by name.",
        ),
    ],
};

/// What a login begins with.
pub static LOGIN_BEGIN: Document = Document {
    name: "login_begin",
    reader: "login_begin",
    about: "Where to send the visitor, with status 303, and what goes along.",
    fields: &[
        field(
            "url",
            Type::Text,
            "The address to send the browser to; it carries the state.",
        )
        .secret(),
        field(
            "set_cookies",
            Type::List,
            "The values of the answer's Set-Cookie headers, one header for each.",
        )
        .secret(),
    ],
};

/// A request at the redirect address.
pub static LOGIN_VISIT: Document = Document {
    name: "login_visit",
    reader: "{finish_login}",
    about: "A request that came to the redirect address of a web app.",
    fields: &[
        field(
            "method",
            Type::Text,
            "The method of the request: all but GET are no visit. Default: GET.",
        ),
        field(
            "query",
            Type::Text,
            "The query of the request, or its whole address.",
        )
        .secret(),
        field(
            "cookies",
            Type::Text,
            "The Cookie header of the request; several are joined by a semicolon.",
        )
        .secret(),
        field(
            "purpose",
            Type::Text,
            "The value of Sec-Purpose, Purpose or X-Moz, whichever the request has: what a browser fetches ahead is no visit.",
        ),
        field("owner", Type::Text, "Who is here, as given at the begin.").secret(),
        TIMEOUT,
    ],
};

/// How a login ended.
pub static LOGIN_END: Document = Document {
    name: "login_end",
    reader: "login_end",
    about: "How a login ended, and how to answer the visitor. Keys without a value are null.",
    fields: &[
        field(
            "outcome",
            Type::Choice(&["done", "denied", "mismatch", "not_a_visit"]),
            "done; denied, when access was not given; mismatch, when the redirect is of no login of this browser; not_a_visit, when nobody came.",
        ),
        field(
            "status",
            Type::Integer,
            "The HTTP status to answer the visitor with: 303, 403, 400 or 204.",
        ),
        field(
            "message",
            Type::Text,
            "What happened, as a sentence for the visitor.",
        ),
        field(
            "account",
            Type::Text,
            "The account that was to be logged in.",
        ),
        field(
            "next",
            Type::Text,
            "Where the visitor goes on: the path that was given at the begin.",
        ),
        field(
            "set_cookies",
            Type::List,
            "The values of the answer's Set-Cookie headers, one header for each.",
        ),
        field("scopes", Type::List, "What the access token may do."),
        field(
            "expires_at",
            Type::Integer,
            "When the access token expires.",
        )
        .unit(UNIX_SECONDS),
        field(
            "refresh_token_expires_at",
            Type::Integer,
            "When the refresh token expires.",
        )
        .unit(UNIX_SECONDS),
        field(
            "user",
            Type::Object,
            "Who logged in: id and username; null where the token may not say it.",
        ),
        field(
            "previous_user",
            Type::Object,
            "Who had logged in to this account before: id and username; null where that is not known.",
        ),
    ],
};

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
            "message",
            Type::Text,
            "What to tell a person at a terminal, in lines. It holds no secret.",
        ),
        field(
            "instructions",
            Type::Text,
            "The way for other machines, in lines, with authorize_url in them; null where that is. Show it to the person alone.",
        )
        .secret(),
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
        field(
            "hints",
            Type::List,
            "Sentences about scopes that are perhaps misspelled.",
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
