//! `accounts`, `status` and `doctor`: nothing is sent.

use pinterest_oauth::Status;
use serde_json::Value;

use super::{account_of, check, manager};
use crate::command::Arguments;
use crate::failure::Failure;
use crate::{date, terminal};

pub(crate) fn accounts(arguments: &Arguments) -> Result<(), Failure> {
    let manager = manager(arguments)?;
    let accounts = manager.accounts()?;
    if arguments.has("json") {
        let documents = accounts.iter().map(Status::to_json);
        let list = documents.collect::<Vec<_>>().join(",");
        return terminal::print(&format!("[{list}]\n"));
    }
    if accounts.is_empty() {
        return terminal::print("no accounts\n");
    }
    let width = accounts.iter().map(|status| status.account.chars().count());
    let width = width.max().unwrap_or_default().min(40);
    let now = manager.now();
    let mut text = String::new();
    for status in &accounts {
        text.push_str(&format!(
            "{:<width$}  {:<11}  {}\n",
            status.account,
            status.state,
            status
                .warning
                .clone()
                .unwrap_or_else(|| until(status.expires_at, now)),
        ));
    }
    terminal::print(&text)
}

pub(crate) fn status(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.has("check") {
        return check::check(arguments);
    }
    let manager = manager(arguments)?;
    let status = account_of(&manager, arguments)?.status()?;
    if arguments.has("json") {
        return terminal::print(&format!("{}\n", status.to_json()));
    }
    terminal::print(&table(&status, manager.now()))
}

/// One account as people read it.
fn table(status: &Status, now: i64) -> String {
    let mut text = String::new();
    let mut row = |name: &str, value: &str| text.push_str(&format!("{name:<15}{value}\n"));
    row("account", &status.account);
    row("state", status.state);
    row("app", &format!("{}, {}", status.app_id, status.environment));
    row("access token", &until(status.expires_at, now));
    row(
        "refresh token",
        &match (status.refresh_at, status.refresh_token_expires_at) {
            (None, None) => String::from("none that can be used"),
            (_, at) => until(at, now),
        },
    );
    if let Some(at) = status.refresh_at {
        let due = at.saturating_sub(now);
        row(
            "next refresh",
            &format!("{} ({})", date::utc(at), date::distance(due)),
        );
    }
    if let Some(at) = status.login_at {
        let since = at.saturating_sub(now);
        row(
            "last login",
            &format!("{} ({})", date::utc(at), date::distance(since)),
        );
    }
    row("tokens so far", &status.generation.to_string());
    row("scopes", &status.scopes.join(" "));
    if status.refreshing {
        row("now", "a refresh is under way");
    }
    if let Some(trouble) = &status.trouble {
        let id = trouble.request_id.as_deref();
        let id = id.map(|id| format!(", request id {id}"));
        row(
            "trouble",
            &format!(
                "{} {}: {}{}",
                date::distance(trouble.at.saturating_sub(now)),
                trouble.kind,
                trouble.message,
                id.unwrap_or_default()
            ),
        );
    }
    if let Some(warning) = &status.warning {
        row("look after", warning);
    }
    text
}

fn until(at: Option<i64>, now: i64) -> String {
    match at {
        None => String::from("end not known"),
        Some(at) if at <= now => format!(
            "expired {} ({})",
            date::utc(at),
            date::distance(at.saturating_sub(now))
        ),
        Some(at) => format!(
            "until {} ({})",
            date::utc(at),
            date::distance(at.saturating_sub(now))
        ),
    }
}

pub(crate) fn doctor(arguments: &Arguments) -> Result<(), Failure> {
    let report = manager(arguments)?.doctor(arguments.has("repair"))?;
    if arguments.has("json") {
        return terminal::print(&format!("{}\n", report.to_json()));
    }
    let mut text = format!(
        "store          {}\naccounts       {}\n",
        report.store, report.accounts
    );
    let last = report.last_refresh_due.as_ref();
    if let Some(at) = last.and_then(|last| last.get("at").and_then(Value::as_i64)) {
        text.push_str(&format!("last timer run {}\n", date::utc(at)));
    }
    if report.findings.is_empty() {
        text.push_str("nothing is wrong\n");
    }
    for finding in &report.findings {
        let done = if finding.repaired { " (repaired)" } else { "" };
        text.push_str(&format!(
            "{}: {}: {}{done}\n",
            finding.what, finding.path, finding.text
        ));
    }
    terminal::print(&text)
}
