//! What the token manager did, for the logs of programs in any language: one line for each refresh, whichever thread made
//! it. Rust programs get it as events of `tracing`, others ask for the lines.

use std::collections::VecDeque;
use std::sync::Mutex;

use serde::Serialize;

use super::engine::Engine;
use super::plan::remembered::left;
use super::plan::time::{due_at, expires_at};
use super::record::Record;
use super::status::{Status, warning};
use crate::error::Error;
use crate::process::{PerProcess, lock};
use crate::text::json::written;

/// So many lines wait for who asks; then the oldest goes.
const MAX_LINES: usize = 256;

static LINES: PerProcess<Mutex<VecDeque<LogLine>>> = PerProcess::new();

/// A line for a log. It holds no secret.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct LogLine {
    /// `info`, `warning` or `error`.
    pub level: &'static str,
    /// `refreshed`, `refresh_failed`, `doubtful`, `needs_login`, or `warning`: somebody should look after the account.
    pub event: &'static str,
    /// The name of the account; empty for tokens of the app itself.
    pub account: String,
    /// What happened, as one sentence.
    pub message: String,
    /// Pinterest's request id, where there was an answer.
    pub request_id: Option<String>,
    /// When, in Unix seconds.
    pub at: i64,
}

/// The lines of this process since the last time, as a list.
pub(crate) fn take() -> String {
    let lines: Vec<LogLine> = lock(LINES.get()).drain(..).collect();
    written(&lines)
}

impl Engine {
    /// A refresh gave a token that is stored.
    pub(super) fn log_refreshed(&self, record: &Record) {
        let now = self.clock.now();
        let valid = match expires_at(record) {
            Some(at) => format!("valid for {}", left(at, now.wall)),
            None => String::from("its end is not known"),
        };
        let next = left(due_at(record), now.wall);
        let message = if record.candidates.is_empty() {
            format!("a new token is stored, {valid}")
        } else {
            format!("refreshed: a new token is stored, {valid}; the next refresh is due in {next}")
        };
        let request_id = record.token.as_ref().and_then(|token| token.answer());
        let request_id = request_id.and_then(|answer| answer.request_id.clone());
        self.log("info", "refreshed", record, message, request_id);
        if let Some(warning) = warning(record, false, &now) {
            self.log("warning", "warning", record, warning, None);
        }
    }

    /// A refresh gave none; `record` is what it left.
    pub(super) fn log_failed(&self, record: &Record, error: &Error) {
        let status = Status::of(record, false, &self.clock.now());
        let (level, event) = match status.state {
            "needs_login" => ("error", "needs_login"),
            "doubtful" => ("warning", "doubtful"),
            _ => ("warning", "refresh_failed"),
        };
        let message = match status.warning {
            Some(warning) if event != "refresh_failed" => warning,
            _ => format!(
                "a refresh failed ({}); it is tried again",
                error.kind().name()
            ),
        };
        let request_id = error.request_id().map(str::to_owned);
        self.log(level, event, record, message, request_id);
    }

    fn log(
        &self,
        level: &'static str,
        event: &'static str,
        record: &Record,
        message: String,
        request_id: Option<String>,
    ) {
        let account = record.owner.account().unwrap_or_default().to_owned();
        match level {
            "info" => {
                tracing::info!(target: "pinterest_oauth", event, account, request_id, "{message}");
            }
            "warning" => {
                tracing::warn!(target: "pinterest_oauth", event, account, request_id, "{message}");
            }
            _ => {
                tracing::error!(target: "pinterest_oauth", event, account, request_id, "{message}")
            }
        }
        let line = LogLine {
            level,
            event,
            account,
            message,
            request_id,
            at: self.clock.wall(),
        };
        let mut lines = lock(LINES.get());
        if lines.len() >= MAX_LINES {
            lines.pop_front();
        }
        lines.push_back(line);
    }
}
