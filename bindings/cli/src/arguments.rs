//! From the words of the command line to a command and its options. What they mean belongs to the
//! commands. No message repeats an argument: it might be a secret in the wrong place.

use std::ffi::{OsStr, OsString};

use lexopt::Arg;

use crate::command::{Arguments, Command};
use crate::commands::commands;
use crate::failure::Failure;

/// What the command line asks for.
pub(crate) enum Parsed {
    /// Help in general, or for one command.
    Help(Option<&'static Command>),
    Version,
    Run(Arguments),
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
    let choices = command.choices();
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
        let Some(choice) = choices.iter().find(|choice| choice.name == name) else {
            return Err(unknown(command, &name));
        };
        let value = match choice.value {
            Some(_) => parser
                .value()
                .map_err(|_| Failure::argument(&choice.name, format!("--{name} needs a value")))?,
            None if parser.optional_value().is_some() => {
                let message = format!("--{name} takes no value");
                return Err(Failure::argument(&choice.name, message));
            }
            None => OsString::new(),
        };
        arguments.given.push((choice.clone(), value));
    }
}

fn unreadable(_: lexopt::Error) -> Failure {
    Failure::argument("arguments", "the arguments cannot be read")
}

fn usage(command: &Command, message: &str) -> Failure {
    let help = format!("See: pinterest-oauth {} --help", command.name);
    Failure::argument("arguments", message).advise(help)
}

fn no_command(message: &str) -> Failure {
    let names: Vec<&str> = commands().map(|command| command.name).collect();
    let advice = format!(
        "Commands: {}. See: pinterest-oauth --help",
        names.join(", ")
    );
    Failure::argument("command", message).advise(advice)
}

fn find(word: &OsStr) -> Result<&'static Command, Failure> {
    let known = commands().find(|command| word == command.name);
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
        .choices()
        .into_iter()
        .map(|choice| (distance(&choice.name, name), choice.name))
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
