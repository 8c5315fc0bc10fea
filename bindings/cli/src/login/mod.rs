//! `login` and `logout`.

mod person;
mod show;
mod signals;
mod typed;

use std::time::Duration;

use pinterest_oauth::binding::documents::LOGIN_OPTIONS;
use pinterest_oauth::{Login, LoginEvent, LoginEventKind, LoginOptions};

use person::Person;
use signals::Signals;

use crate::accounts::{open, remove_account, settings};
use crate::app;
use crate::command::Arguments;
use crate::document::Document;
use crate::failure::Failure;
use crate::terminal::{self, complain};

/// How often a login under way is looked at.
const SLICE: Duration = Duration::from_millis(50);

pub(crate) fn login(arguments: &Arguments) -> Result<(), Failure> {
    let given = Document::of(arguments, &LOGIN_OPTIONS)?;
    let replace = arguments.has("replace");
    let options = LoginOptions::from_map(given.0)?.confirm(!replace);
    let mut settings = settings(arguments)?;
    let app = app::ask(&settings)?;
    if let Some(app) = &app {
        app.set(&mut settings);
    }
    let manager = open(settings)?;
    let login = manager.start_login(&options)?;
    let end = converse(&login)?;
    if let Some(app) = app {
        app.keep();
    }
    if arguments.has("json") {
        let end = end.end.map(|end| end.to_json()).unwrap_or_default();
        return terminal::print(&format!("{end}\n"));
    }
    terminal::print(&format!("{}\n", end.message))
}

/// Shows where to go, and tells what happens until the token is stored.
fn converse(login: &Login) -> Result<LoginEvent, Failure> {
    let signals = Signals::note();
    let person = Person::listen();
    show::started(login, person.as_ref());
    let mut asked = false;
    loop {
        if let Some(event) = login.next(SLICE)? {
            match event.event {
                LoginEventKind::Done => return Ok(event),
                LoginEventKind::Confirm => asked = ask(login, &event, person.as_ref()),
                LoginEventKind::NotOpened => {
                    complain(&event.message);
                    show::elsewhere(login, person.as_ref());
                }
                _ => complain(&event.message),
            }
        }
        if signals.came() {
            login.cancel();
        }
        match person.as_ref().and_then(Person::typed) {
            None => {}
            Some(typed::Typed::Pause) => person.iter().for_each(Person::pause),
            Some(typed::Typed::Cancel) => {
                login.cancel();
            }
            Some(typed::Typed::Line(line)) if asked => {
                asked = false;
                complain("");
                login.answer(matches!(line.trim(), "y" | "Y" | "yes" | "Yes"));
            }
            Some(typed::Typed::Line(line)) => match login.paste(&line) {
                Ok(()) => complain(&format!("received {} characters", line.chars().count())),
                Err(error) => complain(&format!("The {}.", error.message())),
            },
        }
    }
}

/// Asks before another person's token is replaced. Where nobody can answer, the answer is no.
fn ask(login: &Login, event: &LoginEvent, person: Option<&Person>) -> bool {
    if person.is_some() {
        terminal::ask(&format!("{} [y/N] ", event.message));
        return true;
    }
    complain(&format!(
        "{} Nobody can answer here: no. --replace replaces it.",
        event.message
    ));
    login.answer(false);
    false
}

pub(crate) fn logout(arguments: &Arguments) -> Result<(), Failure> {
    let removed = remove_account(arguments)?;
    if arguments.has("json") {
        return terminal::print(&format!("{}\n", removed.to_json()));
    }
    terminal::print(&format!(
        "logged out: removed the token, {} copies, and {} logins that were under way\n\
         Pinterest itself revokes tokens of system users only: this one stays valid there until it expires, or until the\n\
         user removes the app in the settings of his account.\n",
        removed.copies, removed.logins
    ))
}

pub(crate) fn more() -> String {
    String::from(
        "\
Opens a browser, waits at the redirect address for Pinterest's answer, and stores the token. Over SSH, in a container,
without a display, or with --no-browser it prints the address: open it anywhere, and paste the address of the page that
follows. The redirect address must be registered with the app to the letter.

Without an app id and secret in options and environment it asks for them, and keeps them beside the store, readable by
you alone, for the next commands.

Examples:
  pinterest-oauth login --scope user_accounts:read,pins:read,boards:read
  pinterest-oauth login --account shop-42 --no-browser
",
    )
}
