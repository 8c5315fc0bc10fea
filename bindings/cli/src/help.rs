//! Help texts, from the tables of commands and of error kinds.

use pinterest_oauth::Kind;
use pinterest_oauth::binding::documents::{CONFIG, MANAGER};

use crate::columns::wrapped;
use crate::command::Command;
use crate::commands::commands;

const BEGIN: &str = "\
pinterest-oauth: OAuth tokens of Pinterest API v5. Unofficial, not made by Pinterest.

Usage: pinterest-oauth COMMAND [OPTIONS]

Commands:
";

const MIDDLE: &str =
    "  help [COMMAND]              this text, or that of a command (also: COMMAND --help)

A login, step by step, without a Pinterest account:
  pinterest-oauth emulator --env-file emulator.env          # leave it running
  . ./emulator.env                                          # in another shell, and go on there
  pinterest-oauth authorize-url --redirect-uri http://localhost:8085/ --scope pins:read
  # open the address, give access, copy the address at which the browser ends up
  pinterest-oauth token authorization_code --redirect-uri http://localhost:8085/ \\
      --state STATE --output token.json                     # paste it there
  pinterest-oauth token refresh_token --token-file token.json --output token.json

Environment:
";

/// Variables that the command alone knows; those of the settings are in the core's table.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("PINTEREST_CODE", "The code for `token authorization_code`."),
    (
        "PINTEREST_REFRESH_ACCESS_TOKEN",
        "The refresh token for `token refresh_token`.",
    ),
];

const EXIT_CODES: &str = "
Exit codes: 0, or the number of the error's kind. With --json the error document is on
standard error, and standard output stays empty. Ctrl-C ends a call at once (130 in a shell).
";

/// Help in general.
pub(crate) fn overview() -> String {
    let mut text = String::from(BEGIN);
    for command in commands() {
        text.push_str(&wrapped(command.name, command.summary));
    }
    text.push_str(MIDDLE);
    for field in CONFIG
        .fields
        .iter()
        .chain(MANAGER.fields)
        .filter(|field| !field.variables.is_empty())
    {
        text.push_str(&wrapped(&field.variables.join(", "), field.about));
    }
    for (name, meaning) in ENVIRONMENT {
        text.push_str(&wrapped(name, meaning));
    }
    text.push_str(EXIT_CODES);
    for kind in Kind::ALL {
        let number = *kind as i32;
        text.push_str(&wrapped(&format!("{number:>2} {kind}"), kind.what_now()));
    }
    text
}

/// Help for one command.
pub(crate) fn of(command: &Command) -> String {
    let word = if command.word.is_empty() {
        String::new()
    } else {
        format!(" {}", command.word)
    };
    let mut text = format!(
        "pinterest-oauth {}: {}\n\nUsage: pinterest-oauth {}{word} [OPTIONS]\n\nOptions:\n",
        command.name, command.summary, command.name
    );
    let choices = command.choices();
    for option in choices.iter().filter(|option| !option.help.is_empty()) {
        let value = option.value.map(|value| format!(" {value}"));
        let opposite = format!("no-{}", option.name);
        let no = if choices
            .iter()
            .any(|other| other.name == opposite && other.help.is_empty())
        {
            "[no-]"
        } else {
            ""
        };
        let name = format!("--{no}{}{}", option.name, value.unwrap_or_default());
        text.push_str(&wrapped(&name, &option.help));
    }
    text.push('\n');
    text.push_str(&(command.more)());
    text.push_str("\nEnvironment and exit codes: pinterest-oauth --help\n");
    text
}
