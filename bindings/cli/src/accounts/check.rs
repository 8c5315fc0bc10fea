//! `status --check`: one line and an exit code, as monitoring plug-ins have them.

use pinterest_oauth::Status;

use super::{account_of, manager};
use crate::command::Arguments;
use crate::failure::Failure;
use crate::terminal;

/// The levels of monitoring plug-ins, with their exit codes.
const LEVELS: [&str; 4] = ["OK", "WARNING", "CRITICAL", "UNKNOWN"];

pub(super) fn check(arguments: &Arguments) -> Result<(), Failure> {
    let statuses = || {
        let manager = manager(arguments)?;
        let statuses = if arguments.has("account") {
            vec![account_of(&manager, arguments)?.status()?]
        } else {
            manager.accounts()?
        };
        Ok((statuses, manager.now()))
    };
    let (level, text) = match statuses() {
        Ok((statuses, now)) => judge(&statuses, now),
        Err(failure) => {
            let failure: Failure = failure;
            (3, failure.message().to_owned())
        }
    };
    let name = LEVELS.get(level).copied().unwrap_or("UNKNOWN");
    terminal::print(&format!("{name} - {text}\n"))?;
    Failure::exit(i32::try_from(level).unwrap_or(3))
}

/// The worst of all, and what to say about it.
fn judge(statuses: &[Status], now: i64) -> (usize, String) {
    let level = |status: &Status| {
        let expired = status.expires_at.is_some_and(|at| at <= now);
        match (status.state, &status.warning) {
            ("needs_login", _) => 2,
            (_, Some(_)) if expired => 2,
            (_, Some(_)) => 1,
            _ => 0,
        }
    };
    let worst = statuses.iter().map(level).max().unwrap_or(0);
    let mut bad: Vec<String> = statuses
        .iter()
        .filter(|status| level(status) > 0)
        .map(|status| {
            let warning = status.warning.as_deref().unwrap_or("must log in again");
            format!("{}: {warning}", status.account)
        })
        .collect();
    let count = bad.len();
    bad.truncate(3);
    let mut text = format!("{} accounts", statuses.len());
    if count > 0 {
        text.push_str(&format!(", {count} to look after: {}", bad.join(" ")));
    }
    // Performance data, behind a bar.
    text.push_str(&format!(" | accounts={} bad={count}", statuses.len()));
    (worst, text)
}
