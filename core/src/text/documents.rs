//! The table of documents: every JSON object that goes in or out of the core, with its fields.
//!
//! A field of a document is one row here. The readers of `fields` check names and types by it, the C header,
//! `include/documents.json` and the tables of the READMEs are written from it, and in every language a test
//! compares what the binding names with it. What a field means to a call belongs to the call.

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
}

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
    /// Where it goes, below `/v5`. The method is POST.
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

const fn field(name: &'static str, kind: Type, about: &'static str) -> Field {
    Field {
        name,
        kind,
        unit: None,
        secret: false,
        variables: &[],
        about,
    }
}

impl Field {
    const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = Some(unit);
        self
    }

    const fn from(mut self, variables: &'static [&'static str]) -> Self {
        self.variables = variables;
        self
    }
}

const SECONDS: &str = "seconds";
const UNIX_SECONDS: &str = "Unix seconds";

const TIMEOUT: Field = field(
    "timeout",
    Type::Number,
    "The deadline of this call, instead of the client's: 0.001 to 600.",
)
.unit(SECONDS);

const LANGUAGE: Field = field(
    "language",
    Type::Choice(&["c", "python", "perl", "php", "node", "powershell", "shell"]),
    "Whose names and units messages use: a binding says its own. Default: c.",
);

/// What a client is made from.
pub static CONFIG: Document = Document {
    name: "config",
    reader: "the configuration",
    about: "The settings of a client.",
    fields: &[
        field("app_id", Type::Text, "The app's id (Pinterest's client_id).").from(&["PINTEREST_APP_ID"]),
        field("app_secret", Type::Text, "The app's secret.").secret().from(&["PINTEREST_APP_SECRET"]),
        field(
            "environment",
            Type::Choice(&["production", "sandbox"]),
            "Which of Pinterest's servers are called. Default: production.",
        ),
        field(
            "base_url",
            Type::Text,
            "Another server than Pinterest's, with or without /v5.",
        )
        .from(&["PINTEREST_API_URI"]),
        field(
            "oauth_url",
            Type::Text,
            "Another server for the page at which users give access.",
        )
        .from(&["PINTEREST_OAUTH_URI"]),
        field(
            "timeout",
            Type::Number,
            "The deadline of a whole call, name resolution included: 0.001 to 600. Default: 30.",
        )
        .unit(SECONDS),
        field(
            "connect_timeout",
            Type::Number,
            "The deadline for a connection, name resolution and TLS included. Default: 10.",
        )
        .unit(SECONDS),
        field(
            "proxy",
            Type::Text,
            "The address of a proxy for every call: http, https or socks5h, with or without credentials.",
        )
        .secret()
        .from(&["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"]),
        field(
            "no_proxy",
            Type::Text,
            "Hosts that are reached without the proxy, with commas between them.",
        )
        .from(&["NO_PROXY"]),
        field(
            "ca_file",
            Type::Text,
            "The path of a PEM file whose certificates are trusted instead of the system's.",
        )
        .from(&["SSL_CERT_FILE"]),
        field(
            "allow_http",
            Type::Boolean,
            "Allows plain http to other hosts than this one: secrets then travel unencrypted. Default: false.",
        ),
        field(
            "trust_env",
            Type::Boolean,
            "Whether what is not given comes from the environment. Default: true.",
        ),
        LANGUAGE,
    ],
};

/// What asks for a token.
pub static TOKEN_REQUEST: Document = Document {
    name: "token_request",
    reader: "oauth_token",
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
    reader: "revoke",
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
    reader: "conversion_token",
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
    reader: "authorize_url",
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

/// Where to send a user.
pub static AUTHORIZE_URL: Document = Document {
    name: "authorize_url",
    reader: "authorize_url",
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

/// A redirect to read.
pub static REDIRECT_REQUEST: Document = Document {
    name: "redirect_request",
    reader: "redirect",
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

/// What a redirect carried.
pub static REDIRECT: Document = Document {
    name: "redirect",
    reader: "redirect",
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

/// Every document, in the order of a login.
pub static DOCUMENTS: [&Document; 11] = [
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
];

/// `POST /v5/oauth/token`.
pub static OAUTH_TOKEN: Endpoint = Endpoint {
    name: "oauth_token",
    path: "/oauth/token",
    by: Authenticated::App,
    request: &TOKEN_REQUEST,
    answer: Some(&TOKEN),
    about: "Exchanges a code, refreshes a token, or gets a token for the app itself.",
};

/// `POST /v5/oauth/token/revoke`.
pub static REVOKE: Endpoint = Endpoint {
    name: "revoke",
    path: "/oauth/token/revoke",
    by: Authenticated::App,
    request: &REVOKE_REQUEST,
    answer: None,
    about: "Revokes a token. Pinterest permits it for tokens of system users alone.",
};

/// `POST /v5/oauth/conversion_token`.
pub static CONVERSION_TOKEN: Endpoint = Endpoint {
    name: "conversion_token",
    path: "/oauth/conversion_token",
    by: Authenticated::AccessToken,
    request: &CONVERSION_REQUEST,
    answer: Some(&TOKEN),
    about: "Makes a long-lived token for sending conversions.",
};

/// Every call that goes to Pinterest.
pub static ENDPOINTS: [&Endpoint; 3] = [&OAUTH_TOKEN, &REVOKE, &CONVERSION_TOKEN];
