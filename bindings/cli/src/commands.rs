//! The commands, as data. Options that are fields of a document come from the core's table.

use pinterest_oauth::binding::documents::{
    AUTHORIZE_REQUEST, CONFIG, LOGIN_OPTIONS, MANAGER, TOKEN_REQUEST,
};

use crate::command::{Command, Fields, flag, option};
use crate::{accounts, authorize, emulator, login, redirect, token};

/// The commands of a login, in its order, and the emulator.
pub(crate) const LOGIN: &[Command] = &[
    Command {
        name: "login",
        summary: "log a user in with a browser, and keep the token in an account of the store",
        word: "",
        fields: &[
            (&LOGIN_OPTIONS, Fields::Except(&["confirm"])),
            (&MANAGER, Fields::Except(&["file_systems"])),
            (&CONFIG, Fields::Except(&["timeout"])),
        ],
        options: &[
            flag(
                "replace",
                "replace the token of another person without asking",
            ),
            option(
                "app-secret-file",
                "FILE",
                "a file with the app's secret; else PINTEREST_APP_SECRET, else what was kept, else a prompt",
            ),
            flag(
                "json",
                "print a login_end document; errors as JSON on standard error",
            ),
        ],
        more: login::more,
        run: login::login,
    },
    Command {
        name: "logout",
        summary: "remove the token of an account from the store, with every copy of it",
        word: "",
        fields: &[
            (&MANAGER, Fields::Except(&["file_systems"])),
            (&CONFIG, Fields::Except(&["oauth_url"])),
        ],
        options: &[
            option(
                "account",
                "NAME",
                "the account; default where it is left out",
            ),
            option(
                "app-secret-file",
                "FILE",
                "a file with the app's secret; else PINTEREST_APP_SECRET, else what was kept",
            ),
            flag("json", "print JSON; errors as JSON on standard error"),
        ],
        more: || {
            String::from(
                "Pinterest is told nothing: it revokes tokens of system users only (`revoke`).\n",
            )
        },
        run: login::logout,
    },
    Command {
        name: "authorize-url",
        summary: "print the address at which the user gives access, and its state",
        word: "",
        fields: &[
            (&AUTHORIZE_REQUEST, Fields::All),
            (&CONFIG, Fields::Only(&["app_id", "oauth_url"])),
        ],
        options: &[flag(
            "json",
            "print {\"url\", \"state\"}; errors as JSON on standard error",
        )],
        more: authorize::more,
        run: authorize::run,
    },
    Command {
        name: "redirect",
        summary: "check the address at which the user came back, and take the code out",
        word: "",
        fields: &[],
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
        fields: &[
            (&TOKEN_REQUEST, Fields::Except(&["grant_type", "timeout"])),
            (&MANAGER, Fields::Except(&["file_systems"])),
            (&CONFIG, Fields::Except(&["oauth_url"])),
        ],
        options: &[
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
                "account",
                "NAME",
                "keep it in this account of the token manager's store, which refreshes it from then on; with refresh_token the account's own is sent",
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
        ],
        more: token::more,
        run: token::run,
    },
    Command {
        name: "emulator",
        summary: "serve Pinterest's OAuth on this machine, for tests and trying things out",
        word: "",
        fields: &[],
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
                "write a client's environment there, with the secret, to be read by your shell (. ./FILE); NAME.ps1 for PowerShell, NAME.fish for fish",
            ),
            flag(
                "env-https",
                "that environment leads to the https listener, and SSL_CERT_FILE names its CA: every program of that shell then trusts this CA alone",
            ),
            flag(
                "show-secret",
                "print the app's made-up secret instead of a fingerprint",
            ),
            flag("until-stdin-closes", "also end when standard input does"),
            flag("quiet", "no line for each request on standard error"),
            flag(
                "json",
                "print one line of JSON with every address; implies --quiet",
            ),
        ],
        more: emulator::more,
        run: emulator::run,
    },
];

/// Every command, in the order in which people meet them.
pub(crate) fn commands() -> impl Iterator<Item = &'static Command> {
    LOGIN.iter().chain(accounts::COMMANDS)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use pinterest_oauth::binding::documents::{Document, REDIRECT_REQUEST};

    use super::*;
    use crate::failure::source;

    /// Every field is an option of the command, or a secret whose other way in is known.
    fn lacks(command: &str, document: &Document) -> Vec<String> {
        let command = commands().find(|known| known.name == command).unwrap();
        let options: Vec<String> = command
            .choices()
            .into_iter()
            .map(|choice| choice.name.into_owned())
            .collect();
        let fields = document
            .fields
            .iter()
            .filter(|field| field.name != "language");
        fields
            .filter(|field| field.name != "grant_type")
            .filter(|field| {
                let name = field.name.replace('_', "-");
                let reachable =
                    options.contains(&name) || field.secret && source(field.name).is_some();
                !reachable
            })
            .map(|field| format!("bindings/cli: {} lacks {}", command.name, field.name))
            .collect()
    }

    #[test]
    fn every_field_of_the_core_has_a_way_in() {
        let mut missing = lacks("token", &TOKEN_REQUEST);
        missing.extend(lacks("authorize-url", &AUTHORIZE_REQUEST));
        missing.extend(lacks("redirect", &REDIRECT_REQUEST));
        let settings = lacks("token", &CONFIG);
        let elsewhere = lacks("authorize-url", &CONFIG);
        missing.extend(settings.into_iter().filter(|setting| {
            let field = setting.rsplit(' ').next().unwrap();
            elsewhere
                .iter()
                .any(|other| other.ends_with(&format!(" {field}")))
        }));
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn no_option_has_two_meanings() {
        for command in commands() {
            let mut names: Vec<_> = command
                .choices()
                .into_iter()
                .map(|choice| choice.name)
                .collect();
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count, "{} names an option twice", command.name);
        }
    }
}
