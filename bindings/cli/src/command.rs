//! The commands and their options, as data: parsing and help both read these tables.

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::{authorize, emulator, redirect, token};

/// One command.
pub(crate) struct Command {
    pub name: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// The words it takes; none where empty.
    pub word: &'static str,
    pub options: &'static [Choice],
    /// What help says after the options.
    pub more: fn() -> String,
    pub run: fn(&Arguments) -> Result<(), Failure>,
}

/// One option.
pub(crate) struct Choice {
    pub name: &'static str,
    /// What its value is; `None` for a flag.
    pub value: Option<&'static str>,
    pub help: &'static str,
}

const fn flag(name: &'static str, help: &'static str) -> Choice {
    Choice {
        name,
        value: None,
        help,
    }
}

const fn option(name: &'static str, value: &'static str, help: &'static str) -> Choice {
    Choice {
        name,
        value: Some(value),
        help,
    }
}

const APP_ID: Choice = option("app-id", "ID", "the app's id; else PINTEREST_APP_ID");
const REDIRECT_URI: Choice = option(
    "redirect-uri",
    "ADDRESS",
    "where the user comes back to: registered with the app, the same to the letter in authorize-url and token",
);

/// Every command, in the order of a login.
pub(crate) const COMMANDS: &[Command] = &[
    Command {
        name: "authorize-url",
        summary: "print the address at which the user gives access, and its state",
        word: "",
        options: &[
            REDIRECT_URI,
            option(
                "scope",
                "SCOPES",
                "what to ask for, for example pins:read,boards:read",
            ),
            option("state", "STATE", "your own state; else 32 random bytes"),
            option(
                "extra",
                "NAME=VALUE",
                "a further parameter of the address (repeatable)",
            ),
            APP_ID,
            option(
                "oauth-url",
                "URL",
                "another server; else PINTEREST_OAUTH_URI, else Pinterest",
            ),
            flag(
                "json",
                "print {\"url\", \"state\"}; errors as JSON on standard error",
            ),
        ],
        more: authorize::more,
        run: authorize::run,
    },
    Command {
        name: "redirect",
        summary: "check the address at which the user came back, and take the code out",
        word: "",
        options: &[
            option("state", "STATE", "the state that authorize-url printed"),
            option(
                "redirect-file",
                "FILE",
                "a file with the address (- is standard input); else standard input, without echo",
            ),
            flag(
                "json",
                "print {\"code\", \"state\"}: THE CODE IS A SECRET; without it a fingerprint",
            ),
        ],
        more: redirect::more,
        run: redirect::run,
    },
    Command {
        name: "token",
        summary: "get a token: from a code, from a refresh token, or for the app itself",
        word: "authorization_code|refresh_token|client_credentials",
        options: &[
            REDIRECT_URI,
            option(
                "code-file",
                "FILE",
                "a file with the code; else PINTEREST_CODE, else a prompt",
            ),
            option(
                "redirect-file",
                "FILE",
                "a file with the whole address at which the user came back, in place of the code; needs --state",
            ),
            option(
                "state",
                "STATE",
                "the state that authorize-url printed; without --redirect-file the address is asked for",
            ),
            option(
                "refresh-token-file",
                "FILE",
                "a file with the refresh token; else PINTEREST_REFRESH_ACCESS_TOKEN, else a prompt",
            ),
            option("token-file", "FILE", "a stored token document to refresh"),
            option(
                "app-secret-file",
                "FILE",
                "a file with the app's secret; else PINTEREST_APP_SECRET, else a prompt",
            ),
            option(
                "output",
                "FILE",
                "write the token document there, at once or not at all, readable by you alone; this or --json is needed for a code or a refresh token",
            ),
            flag(
                "json",
                "print the token document on standard output: IT IS A SECRET; errors as JSON on standard error",
            ),
            option(
                "scope",
                "SCOPES",
                "scopes to ask for (refresh_token, client_credentials)",
            ),
            flag(
                "no-continuous-refresh",
                "do not ask for a refresh token that rotates",
            ),
            option(
                "extra",
                "NAME=VALUE",
                "a further form field, never a secret (repeatable)",
            ),
            APP_ID,
            option("environment", "NAME", "production (default) or sandbox"),
            option(
                "base-url",
                "URL",
                "another server; else PINTEREST_API_URI, else the environment's",
            ),
            option(
                "ca-file",
                "FILE",
                "trust these certificates alone; else SSL_CERT_FILE, else the system's",
            ),
            option(
                "timeout",
                "SECONDS",
                "for the whole call, up to 600; 30 by default",
            ),
        ],
        more: token::more,
        run: token::run,
    },
    Command {
        name: "emulator",
        summary: "serve Pinterest's OAuth on this machine, for tests and trying things out",
        word: "",
        options: &[
            option("port", "PORT", "of the API; a free one by default"),
            option(
                "control-port",
                "PORT",
                "of the control listener; a free one by default",
            ),
            option(
                "switch",
                "NAME=VALUE",
                "behave differently, see below (repeatable)",
            ),
            option(
                "redirect-uri",
                "ADDRESS",
                "a further registered redirect address (repeatable)",
            ),
            option("app-id", "ID", "the app's id; 1234567 by default"),
            option(
                "app-secret-file",
                "FILE",
                "a file with the app's secret (- is standard input); random by default",
            ),
            flag("no-tls", "without the https listeners"),
            option(
                "dir",
                "FOLDER",
                "where the CA certificate goes; a fresh folder by default",
            ),
            option(
                "env-file",
                "FILE",
                "write all of the environment there, with the secret, for your shell: . ./FILE",
            ),
            flag(
                "show-secret",
                "print the app's made-up secret instead of a fingerprint",
            ),
            flag("until-stdin-closes", "also end when standard input does"),
            flag("json", "print one line of JSON with every address"),
        ],
        more: emulator::more,
        run: emulator::run,
    },
];
