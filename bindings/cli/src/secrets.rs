//! Where secrets come from: a file, standard input, the environment, a prompt; in this order.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};

use crate::command::Arguments;
use crate::failure::{Failure, reason};
use crate::prompt;

/// The largest file read. Anything larger is no secret.
const MAX_LENGTH: u64 = 1024 * 1024;

/// The secret in the file that `option` names; `-` is standard input.
pub(crate) fn from_file(
    arguments: &Arguments,
    option: &'static str,
    what: &str,
) -> Result<Option<String>, Failure> {
    arguments
        .os(option)
        .map(|path| read(path, option, what))
        .transpose()
}

/// The secret in the file that `option` names, or else in the environment.
pub(crate) fn given(
    arguments: &Arguments,
    option: &'static str,
    variable: &str,
    what: &str,
) -> Result<Option<String>, Failure> {
    Ok(match from_file(arguments, option, what)? {
        None => from_environment(variable),
        secret => secret,
    })
}

/// A variable that is set and not empty.
pub(crate) fn from_environment(variable: &str) -> Option<String> {
    std::env::var(variable)
        .ok()
        .filter(|value| !value.is_empty())
}

/// Fails where more than one option wants to read standard input.
pub(crate) fn check_stdin(arguments: &Arguments, options: &[&'static str]) -> Result<(), Failure> {
    let mut readers = options
        .iter()
        .filter(|option| arguments.os(option) == Some(OsStr::new("-")));
    match (readers.next(), readers.next()) {
        (Some(_), Some(second)) => Err(Failure::argument(
            second,
            "standard input can be read for one option only",
        )),
        _ => Ok(()),
    }
}

/// Standard input: to its end, or one line that a person types unseen.
pub(crate) fn standard_input(option: &'static str, what: &str) -> Result<String, Failure> {
    if prompt::possible() {
        return prompt::ask(what);
    }
    text(io::stdin().lock(), option)
}

fn read(path: &OsStr, option: &'static str, what: &str) -> Result<String, Failure> {
    if path == "-" {
        return standard_input(option, what);
    }
    match File::open(path) {
        Ok(file) => text(file, option),
        // Not even the path is repeated: it may be the secret itself.
        Err(error) => Err(Failure::argument(
            option,
            format!(
                "the file of --{option} cannot be opened: {}",
                reason(&error)
            ),
        )
        .advise(format!(
            "--{option} takes the name of a file, or - for standard input; never the secret itself."
        ))),
    }
}

fn text(source: impl Read, option: &'static str) -> Result<String, Failure> {
    let mut text = String::new();
    let read = source.take(MAX_LENGTH + 1).read_to_string(&mut text);
    let problem = match read {
        Err(error) => format!("cannot be read: {}", reason(&error)),
        Ok(_) if text.len() as u64 > MAX_LENGTH => String::from("is too large"),
        Ok(_) if text.trim().is_empty() => String::from("is empty"),
        Ok(_) => {
            let line = text.strip_suffix('\n').unwrap_or(&text);
            return Ok(line.strip_suffix('\r').unwrap_or(line).to_owned());
        }
    };
    Err(Failure::argument(
        option,
        format!("what --{option} names {problem}"),
    ))
}
