//! The command `pinterest-oauth`, as a library: the binary here and the one in the Python wheel are
//! this. It reads arguments, asks the core, and prints; rules of the call belong in the core.
//!
//! Secrets come from the environment, from files or from a prompt, never from arguments. Fingerprints
//! stand for them in what people read.

#![forbid(unsafe_code)]

mod accounts;
mod app;
mod arguments;
mod authorize;
mod columns;
mod command;
mod commands;
mod date;
mod document;
mod emulator;
mod failure;
mod help;
mod login;
mod prompt;
mod redirect;
mod secrets;
mod store;
mod summary;
mod terminal;
mod token;

use std::ffi::OsString;
use std::time::Duration;

use arguments::Parsed;
use command::Arguments;
use failure::Failure;

/// How long the end of the command waits for what is not stored yet.
const SAVING: Duration = Duration::from_secs(30);

/// Runs the command and returns its exit code: 0, or the number of the error kind.
///
/// `arguments` are those of the process, the first being the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> i32 {
    let arguments: Vec<OsString> = arguments.into_iter().skip(1).collect();
    let json = arguments.iter().any(|argument| argument == "--json");
    let outcome = dispatch(arguments);
    let code = match outcome {
        Ok(()) => 0,
        // All was said already.
        Err(Failure::Exit(code)) => code,
        Err(failure) => {
            terminal::complain(&if json {
                failure.to_json()
            } else {
                failure.for_people()
            });
            failure.exit_code()
        }
    };
    // A token that no disk took is in this process alone, which stays while it tries to store it.
    pinterest_oauth::finish(SAVING);
    code
}

fn dispatch(arguments: Vec<OsString>) -> Result<(), Failure> {
    match arguments::parse(arguments)? {
        Parsed::Help(None) => terminal::print(&help::overview()),
        Parsed::Help(Some(command)) => terminal::print(&help::of(command)),
        Parsed::Version => {
            terminal::print(&format!("pinterest-oauth {}\n", pinterest_oauth::VERSION))
        }
        Parsed::Run(arguments) => start(&arguments),
    }
}

fn start(arguments: &Arguments) -> Result<(), Failure> {
    (arguments.command.run)(arguments)
}
