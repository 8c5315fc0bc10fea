//! The settings of a client.

use super::row::{LANGUAGE, SECONDS, field};
use super::{Document, Type};

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
            "keep_alive",
            Type::Boolean,
            "Whether a connection is used again for the next call. Off, each call has one of its own. Default: true.",
        ),
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
