//! From the words of the command line to a command and its options. What they mean belongs to the
//! commands. No message repeats an argument: it might be a secret in the wrong place.

use std::ffi::{OsStr, OsString};

use lexopt::Arg;

use crate::command::{COMMANDS, Command};
use crate::failure::Failure;

/// What the command line asks for.
pub(crate) enum Parsed {
    /// Help in general, or for one command.
    Help(Option<&'static Command>),
    Version,
    Run(Arguments),
}

/// A command with what was given to it.
pub(crate) struct Arguments {
    pub command: &'static Command,
    word: Option<OsString>,
    given: Vec<(&'static str, OsString)>,
}

/// Options that people expect, and that would show a secret to everyone who lists processes.
const SECRETS: &[(&str, &str)] = &[
    ("app-secret", "PINTEREST_APP_SECRET or --app-secret-file"),
    ("client-secret", "PINTEREST_APP_SECRET or --app-secret-file"),
    ("code", "PINTEREST_CODE or --code-file"),
    ("redirect", "--redirect-file"),
    (
        "refresh-token",
        "PINTEREST_REFRESH_ACCESS_TOKEN or --refresh-token-file",
    ),
    ("token", "--token-file"),
    ("access-token", "--token-file"),
];

pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Parsed, Failure> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let command = match parser.next().map_err(unreadable)? {
        None => return Err(no_command("a command is missing")),
        Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Parsed::Help(None)),
        Some(Arg::Short('V') | Arg::Long("version")) => return Ok(Parsed::Version),
        Some(Arg::Value(word)) if word == "help" => {
            return match parser.next().map_err(unreadable)? {
                Some(Arg::Value(word)) => find(&word).map(|command| Parsed::Help(Some(command))),
                _ => Ok(Parsed::Help(None)),
            };
        }
        Some(Arg::Value(word)) => find(&word)?,
        Some(_) => return Err(no_command("options come after the command")),
    };
    let mut arguments = Arguments {
        command,
        word: None,
        given: Vec::new(),
    };
    loop {
        let name = match parser.next().map_err(unreadable)? {
            None => return Ok(Parsed::Run(arguments)),
            Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Parsed::Help(Some(command))),
            Some(Arg::Short(_)) => return Err(usage(command, "there is no such short option")),
            Some(Arg::Value(word)) if !command.word.is_empty() && arguments.word.is_none() => {
                arguments.word = Some(word);
                continue;
            }
            Some(Arg::Value(_)) => {
                let message = "there is an argument too many; secrets are never arguments";
                return Err(usage(command, message));
            }
            Some(Arg::Long(name)) => name.to_owned(),
        };
        refuse_secret(&name)?;
        let Some(choice) = command.options.iter().find(|choice| choice.name == name) else {
            return Err(unknown(command, &name));
        };
        let value = match choice.value {
            Some(_) => parser
                .value()
                .map_err(|_| Failure::argument(choice.name, format!("--{name} needs a value")))?,
            None if parser.optional_value().is_some() => {
                let message = format!("--{name} takes no value");
                return Err(Failure::argument(choice.name, message));
            }
            None => OsString::new(),
        };
        arguments.given.push((choice.name, value));
    }
}

impl Arguments {
    /// The word after the command.
    pub fn word(&self) -> Result<Option<String>, Failure> {
        let text = |word: &OsString| readable(self.command.word, word);
        self.word.as_ref().map(text).transpose()
    }

    /// Whether an option was given.
    pub fn has(&self, name: &str) -> bool {
        self.os(name).is_some()
    }

    /// The value of an option; the last one where it was given more than once.
    pub fn os(&self, name: &str) -> Option<&OsStr> {
        debug_assert!(
            self.command
                .options
                .iter()
                .any(|choice| choice.name == name),
            "the table does not know --{name}"
        );
        let mut values = self.given.iter().rev();
        values
            .find(|(given, _)| *given == name)
            .map(|(_, value)| value.as_os_str())
    }

    /// The same as text.
    pub fn text(&self, name: &'static str) -> Result<Option<String>, Failure> {
        self.os(name).map(|value| readable(name, value)).transpose()
    }

    /// Every value of an option, in order.
    pub fn all(&self, name: &'static str) -> Result<Vec<String>, Failure> {
        let values = self.given.iter().filter(|(given, _)| *given == name);
        values.map(|(_, value)| readable(name, value)).collect()
    }

    /// Every `NAME=VALUE` of an option, each name once.
    pub fn pairs(&self, name: &'static str) -> Result<Vec<(String, String)>, Failure> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for text in self.all(name)? {
            let Some((key, value)) = text.split_once('=') else {
                let message = format!("--{name} is written as NAME=VALUE");
                return Err(Failure::argument(name, message));
            };
            if pairs.iter().any(|(known, _)| known == key) {
                let message = format!("--{name} gives one name twice");
                return Err(Failure::argument(name, message));
            }
            pairs.push((key.to_owned(), value.to_owned()));
        }
        Ok(pairs)
    }
}

fn readable(name: &str, value: &OsStr) -> Result<String, Failure> {
    let text = value.to_str().map(str::to_owned);
    text.ok_or_else(|| Failure::argument(name, format!("{name} is not UTF-8")))
}

fn unreadable(_: lexopt::Error) -> Failure {
    Failure::argument("arguments", "the arguments cannot be read")
}

fn usage(command: &Command, message: &str) -> Failure {
    let help = format!("See: pinterest-oauth {} --help", command.name);
    Failure::argument("arguments", message).advise(help)
}

fn no_command(message: &str) -> Failure {
    let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
    let advice = format!(
        "Commands: {}. See: pinterest-oauth --help",
        names.join(", ")
    );
    Failure::argument("command", message).advise(advice)
}

fn find(word: &OsStr) -> Result<&'static Command, Failure> {
    let known = COMMANDS.iter().find(|command| word == command.name);
    known.ok_or_else(|| no_command("there is no such command"))
}

fn refuse_secret(name: &str) -> Result<(), Failure> {
    let Some((_, instead)) = SECRETS.iter().find(|(secret, _)| *secret == name) else {
        return Ok(());
    };
    let message = format!("--{name} does not exist: everyone can see the arguments of a process");
    Err(Failure::argument(name, message).advise(format!(
        "Give it by {instead} FILE (- is standard input), or type it at the prompt. \
         What was on this command line may be in your shell's history."
    )))
}

fn unknown(command: &Command, name: &str) -> Failure {
    let near = command
        .options
        .iter()
        .map(|choice| (distance(choice.name, name), choice.name))
        .min()
        .filter(|(distance, _)| *distance <= 2);
    match near {
        Some((_, near)) => usage(
            command,
            &format!("there is no such option; is it --{near}?"),
        ),
        None => usage(command, "there is an option that does not exist"),
    }
}

/// How many letters differ (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (index, a) in left.chars().enumerate() {
        let mut corner = index;
        let mut before = index + 1;
        let mut next = vec![before];
        for (b, above) in right.chars().zip(row.iter().skip(1)) {
            let changed = corner + usize::from(a != b);
            before = changed.min(before + 1).min(above + 1);
            corner = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_the_number_of_letters_to_change() {
        assert_eq!(distance("scope", "scope"), 0);
        assert_eq!(distance("scope", "scopes"), 1);
        assert_eq!(distance("redirect-uri", "redirect-url"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
