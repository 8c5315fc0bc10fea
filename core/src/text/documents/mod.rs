//! The table of documents: every JSON object that goes in or out of the core, with its fields.
//!
//! A field of a document is one row here. The readers of `fields` check names and types by it, the C header,
//! `include/documents.json` and the tables of the READMEs are written from it, and in every language a test
//! compares what the binding names with it. What a field means to a call belongs to the call.

mod answers;
mod config;
mod login;
mod manager;
mod requests;
mod row;

pub use answers::{ANSWER, AUTHORIZE_URL, ERROR, REDIRECT, TOKEN};
pub use config::CONFIG;
pub use login::{
    LOGIN_BEGIN, LOGIN_BEGIN_REQUEST, LOGIN_END, LOGIN_EVENT, LOGIN_OPTIONS, LOGIN_STARTED,
    LOGIN_VISIT,
};
pub use manager::{DOCTOR, DUE, LOG_LINE, LOGIN_REQUEST, MANAGER, REMOVED, STATUS};
pub use requests::{
    AUTHORIZE_REQUEST, CONVERSION_REQUEST, REDIRECT_REQUEST, REVOKE_REQUEST, TOKEN_REQUEST,
};

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A JSON string.
    Text,
    /// A JSON string, one of these.
    Choice(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number, fractions allowed.
    Number,
    /// A string with commas or spaces between scopes, or a list of strings.
    Scopes,
    /// An object of strings, numbers and booleans.
    Pairs,
    /// A token document, as an object or as its text.
    Token,
    /// A list.
    List,
    /// An object.
    Object,
}

impl Type {
    /// The name in `documents.json` and in the header.
    pub fn name(self) -> &'static str {
        match self {
            Type::Text | Type::Choice(_) => "text",
            Type::Boolean => "boolean",
            Type::Integer => "integer",
            Type::Number => "number",
            Type::Scopes => "scopes",
            Type::Pairs => "pairs",
            Type::Token => "token",
            Type::List => "list",
            Type::Object => "object",
        }
    }
}

/// One field of a document.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// The type of its value.
    pub kind: Type,
    /// What a number counts: `seconds`, or `Unix seconds` for a point in time.
    pub unit: Option<&'static str>,
    /// Whether its value must never be shown.
    pub secret: bool,
    /// The environment variables that give it where it is left out; the first that is set counts.
    pub variables: &'static [&'static str],
    /// What it is, as one sentence.
    pub about: &'static str,
}

/// A kind of document.
#[derive(Debug)]
pub struct Document {
    /// Its name in `documents.json`.
    pub name: &'static str,
    /// What errors call the one who reads it.
    pub reader: &'static str,
    /// What it is, as one sentence.
    pub about: &'static str,
    /// Its fields, in the order in which they are shown.
    pub fields: &'static [Field],
}

impl Document {
    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that was perhaps meant by `name`.
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        let name = name.to_lowercase().replace('-', "_");
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
        if let Some((_, own)) = other
            && self.field(own).is_some()
        {
            return Some(own);
        }
        let distances = self.fields.iter().map(|field| {
            let bare = |text: &str| text.replace('_', "");
            (
                strsim::osa_distance(&bare(field.name), &bare(&name)),
                field.name,
            )
        });
        let (distance, nearest) = distances.min()?;
        (distance <= 2 && distance < nearest.len().div_ceil(2)).then_some(nearest)
    }
}

/// What other libraries call the fields.
const OTHER_NAMES: [(&str, &str); 14] = [
    ("client_id", "app_id"),
    ("consumer_id", "app_id"),
    ("username", "app_id"),
    ("client_secret", "app_secret"),
    ("password", "app_secret"),
    ("redirect_url", "redirect_uri"),
    ("callback", "redirect_uri"),
    ("host", "base_url"),
    ("api_uri", "base_url"),
    ("verify", "ca_file"),
    ("timeout_ms", "timeout"),
    ("timeout_sec", "timeout"),
    ("connect_timeout_ms", "connect_timeout"),
    ("authorization_code", "code"),
];

/// Who authenticates a call, which decides what code 2 in its answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authenticated {
    /// The app, with its id and secret as Basic credentials.
    App,
    /// An access token.
    AccessToken,
}

/// A call to Pinterest: one endpoint.
#[derive(Debug)]
pub struct Endpoint {
    /// Its name in every language, in the language's own spelling.
    pub name: &'static str,
    /// GET or POST.
    pub method: &'static str,
    /// Where it goes, below `/v5`.
    pub path: &'static str,
    /// Who authenticates it.
    pub by: Authenticated,
    /// The document that asks for it.
    pub request: &'static Document,
    /// The document that answers it, besides `answer`.
    pub answer: Option<&'static Document>,
    /// What it does, as one sentence.
    pub about: &'static str,
}

/// Every document, in the order of a login.
pub static DOCUMENTS: [&Document; 25] = [
    &CONFIG,
    &AUTHORIZE_REQUEST,
    &AUTHORIZE_URL,
    &REDIRECT_REQUEST,
    &REDIRECT,
    &TOKEN_REQUEST,
    &REVOKE_REQUEST,
    &CONVERSION_REQUEST,
    &TOKEN,
    &ANSWER,
    &ERROR,
    &MANAGER,
    &LOGIN_REQUEST,
    &LOGIN_BEGIN_REQUEST,
    &LOGIN_BEGIN,
    &LOGIN_VISIT,
    &LOGIN_END,
    &STATUS,
    &DUE,
    &DOCTOR,
    &REMOVED,
    &LOG_LINE,
    &LOGIN_OPTIONS,
    &LOGIN_STARTED,
    &LOGIN_EVENT,
];

/// `POST /v5/oauth/token`.
pub static OAUTH_TOKEN: Endpoint = Endpoint {
    name: "oauth_token",
    method: "POST",
    path: "/oauth/token",
    by: Authenticated::App,
    request: &TOKEN_REQUEST,
    answer: Some(&TOKEN),
    about: "Exchanges a code, refreshes a token, or gets a token for the app itself.",
};

/// `POST /v5/oauth/token/revoke`.
pub static REVOKE: Endpoint = Endpoint {
    name: "revoke",
    method: "POST",
    path: "/oauth/token/revoke",
    by: Authenticated::App,
    request: &REVOKE_REQUEST,
    answer: None,
    about: "Revokes a token. Pinterest permits it for tokens of system users alone.",
};

/// `POST /v5/oauth/conversion_token`.
pub static CONVERSION_TOKEN: Endpoint = Endpoint {
    name: "conversion_token",
    method: "POST",
    path: "/oauth/conversion_token",
    by: Authenticated::AccessToken,
    request: &CONVERSION_REQUEST,
    answer: Some(&TOKEN),
    about: "Makes a long-lived token for sending conversions.",
};

/// `GET /v5/user_account`: for the core itself, which tells who logged in.
pub static USER_ACCOUNT: Endpoint = Endpoint {
    name: "user_account",
    method: "GET",
    path: "/user_account",
    by: Authenticated::AccessToken,
    request: &CONVERSION_REQUEST,
    answer: None,
    about: "Says whose token it is.",
};

/// Every call that a caller may make.
pub static ENDPOINTS: [&Endpoint; 3] = [&OAUTH_TOKEN, &REVOKE, &CONVERSION_TOKEN];
