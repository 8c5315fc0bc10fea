//! `refresh`: for a timer, which hears nothing when all is well, and for a person, who sees it move.

use std::io::{self, IsTerminal, Write};

use pinterest_oauth::{DEFAULT_PARALLEL, DueReport};

use super::{manager, named};
use crate::command::Arguments;
use crate::failure::Failure;
use crate::{summary, terminal};

pub(crate) fn refresh(arguments: &Arguments) -> Result<(), Failure> {
    match (arguments.has("due"), arguments.has("account")) {
        (true, false) => due(arguments),
        (false, true) => one(arguments),
        _ => Err(Failure::argument(
            "due",
            "say either --due or --account: what is to be refreshed",
        )),
    }
}

fn one(arguments: &Arguments) -> Result<(), Failure> {
    let token = named(arguments)?.refresh(arguments.has("force"))?;
    if arguments.has("json") {
        return terminal::print("{}\n");
    }
    terminal::print(&summary::of(&token, true))
}

fn due(arguments: &Arguments) -> Result<(), Failure> {
    let parallel = match arguments.text("parallel")? {
        None => DEFAULT_PARALLEL,
        Some(text) => text
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .ok_or_else(|| Failure::argument("parallel", "--parallel is a whole number above 0"))?,
    };
    let watched = io::stderr().is_terminal() && !arguments.has("json");
    let progress = |done: usize, of: usize, report: &DueReport| {
        if done == of || done.is_multiple_of(64) {
            let _ = write!(
                io::stderr(),
                "\r{done} of {of} accounts, {} refreshed, {} failed ",
                report.refreshed,
                report.failed.len()
            );
        }
    };
    let report = manager(arguments)?
        .refresh_due_with(parallel, if watched { Some(&progress) } else { None })?;
    if watched {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    if arguments.has("json") {
        terminal::print(&format!("{}\n", report.to_json()))?;
    } else {
        tell(&report, io::stdout().is_terminal())?;
    }
    Failure::exit(if report.needs_login.is_empty() { 0 } else { 20 })
}

/// For people all of it, for cron what somebody must do.
fn tell(report: &DueReport, person: bool) -> Result<(), Failure> {
    for failed in &report.failed {
        terminal::complain(&format!("{}: {}", failed.account, failed.error));
    }
    for account in &report.needs_login {
        terminal::complain(&format!("{account}: the user must log in again"));
    }
    if !person {
        return Ok(());
    }
    terminal::print(&format!(
        "{} accounts, {} due, {} refreshed, {} failed, {} need a login, {:.1} s\n",
        report.accounts,
        report.due,
        report.refreshed,
        report.failed.len(),
        report.needs_login.len(),
        report.seconds
    ))
}
