//! What the token manager takes and gives.

use super::row::{SECONDS, TIMEOUT, UNIX_SECONDS, field};
use super::{Document, Type};

/// The settings of a token manager, besides those of its client.
pub static MANAGER: Document = Document {
    name: "manager",
    reader: "the token manager",
    about: "The settings of a token manager, besides those of a client.",
    fields: &[
        field(
            "store",
            Type::Text,
            "The folder in which tokens are kept; :memory: keeps them in this process alone. Default: the first of systemd's state folders, else pinterest-oauth in the user's state folder.",
        )
        .from(&["PINTEREST_OAUTH_STORE"]),
        field(
            "recovery_dir",
            Type::Text,
            "A second folder, on another disk, for a token that the store cannot take. It is kept in the store's own settings.",
        ),
        field(
            "file_systems",
            Type::List,
            "File systems allowed besides the local ones, by name, for example nfs4: where locks are not reliable, tokens may be lost.",
        ),
        field(
            "clock_offset_file",
            Type::Text,
            "A file with a number of seconds by which the clock is moved, for tests; only with a base_url on this machine.",
        ),
    ],
};

/// What logs an account in.
pub static LOGIN_REQUEST: Document = Document {
    name: "login_request",
    reader: "{login}",
    about: "The end of a login: the code of the redirect, for an account of the token manager.",
    fields: &[
        field("code", Type::Text, "The code of the redirect.").secret(),
        field(
            "redirect_uri",
            Type::Text,
            "The very same address as in the authorization URL.",
        ),
        field(
            "state",
            Type::Text,
            "The state of the redirect: the same redirect is used once, whoever brings it. Default: the code says which it is.",
        )
        .secret(),
        field(
            "continuous_refresh",
            Type::Boolean,
            "Whether to ask for a refresh token that rotates. Default: true.",
        ),
        field(
            "extra",
            Type::Pairs,
            "Further form fields by name, for parameters that Pinterest may add.",
        ),
        TIMEOUT,
    ],
};

/// Where an account stands.
pub static STATUS: Document = Document {
    name: "status",
    reader: "status",
    about: "Where an account stands. Keys without a value are null.",
    fields: &[
        field("account", Type::Text, "The name of the account."),
        field("app_id", Type::Text, "The app that it belongs to."),
        field(
            "environment",
            Type::Text,
            "production, sandbox, or the origin of an address of one's own.",
        ),
        field(
            "state",
            Type::Choice(&["ready", "doubtful", "needs_login"]),
            "ready; doubtful, when Pinterest refused the refresh token once and is asked again; needs_login.",
        ),
        field("scopes", Type::List, "What the access token may do."),
        field("obtained_at", Type::Integer, "When the token was obtained.").unit(UNIX_SECONDS),
        field(
            "expires_at",
            Type::Integer,
            "When the access token expires.",
        )
        .unit(UNIX_SECONDS),
        field(
            "refresh_at",
            Type::Integer,
            "When the next refresh is due; null where none can be.",
        )
        .unit(UNIX_SECONDS),
        field(
            "refresh_token_expires_at",
            Type::Integer,
            "When the refresh token expires.",
        )
        .unit(UNIX_SECONDS),
        field(
            "login_at",
            Type::Integer,
            "When the user logged in, or the token was imported.",
        )
        .unit(UNIX_SECONDS),
        field(
            "generation",
            Type::Integer,
            "How many tokens the account has had.",
        ),
        field(
            "refreshing",
            Type::Boolean,
            "Whether a refresh is under way.",
        ),
        field(
            "unsaved",
            Type::Boolean,
            "Whether this process has a token that no disk took.",
        ),
        field(
            "trouble",
            Type::Object,
            "What went wrong last: kind, message, code, http_status, request_id, at, count, retry_at.",
        ),
        field(
            "user",
            Type::Object,
            "Who logged in: id and username; null where that is not known.",
        ),
        field(
            "warning",
            Type::Text,
            "What somebody should look after, as one sentence.",
        ),
    ],
};

/// What a run over all accounts did.
pub static DUE: Document = Document {
    name: "refresh_due",
    reader: "refresh_due",
    about: "What a run over all accounts did.",
    fields: &[
        field("accounts", Type::Integer, "How many accounts there are."),
        field("due", Type::Integer, "How many were due."),
        field("refreshed", Type::Integer, "How many were refreshed."),
        field(
            "failed",
            Type::List,
            "Those that failed: account, and the error document as error.",
        ),
        field(
            "needs_login",
            Type::List,
            "The names of the accounts whose user must log in again.",
        ),
        field("seconds", Type::Number, "How long it took.").unit(SECONDS),
    ],
};

/// What was found in a store.
pub static DOCTOR: Document = Document {
    name: "doctor",
    reader: "doctor",
    about: "What was found in a store.",
    fields: &[
        field("store", Type::Text, "Where the store is."),
        field("store_id", Type::Text, "Its random id."),
        field("accounts", Type::Integer, "How many accounts it has."),
        field(
            "findings",
            Type::List,
            "What is not as it should be: what, path, text, repaired.",
        ),
        field(
            "last_refresh_due",
            Type::Object,
            "When all accounts were last looked after, and how that went; null where it never was.",
        ),
    ],
};

/// What was removed.
pub static REMOVED: Document = Document {
    name: "removed",
    reader: "removed",
    about: "What was removed with an account.",
    fields: &[
        field("account", Type::Text, "The name of the account."),
        field("token", Type::Boolean, "Whether it had a token."),
        field(
            "logins",
            Type::Integer,
            "How many logins were under way: their tokens are dropped when they come.",
        ),
        field(
            "copies",
            Type::Integer,
            "How many answers and copies of it lay elsewhere and are gone.",
        ),
    ],
};

/// What the token manager did.
pub static LOG_LINE: Document = Document {
    name: "log_line",
    reader: "log_line",
    about: "What the token manager did, for a log. It holds no secret; keys without a value are null.",
    fields: &[
        field(
            "level",
            Type::Choice(&["info", "warning", "error"]),
            "How much it matters.",
        ),
        field(
            "event",
            Type::Choice(&[
                "refreshed",
                "refresh_failed",
                "doubtful",
                "needs_login",
                "warning",
            ]),
            "What happened; warning, when somebody should look after the account.",
        ),
        field(
            "account",
            Type::Text,
            "The name of the account; empty for tokens of the app itself.",
        ),
        field("message", Type::Text, "The same as one sentence."),
        field(
            "request_id",
            Type::Text,
            "Pinterest's request id, where there was an answer.",
        ),
        field("at", Type::Integer, "When.").unit(UNIX_SECONDS),
    ],
};
