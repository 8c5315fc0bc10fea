//! A run over all accounts: what is due is refreshed, what nobody needs any more is cleaned away.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use serde::Serialize;

use super::engine::{Beside, Engine};
use super::plan::time::due_at;
use super::plan::{Wish, remembered};
use super::record::{LoginOutcome, Owner, Record, State};
use super::store::{Holder, Name};
use crate::error::{Error, Kind};
use crate::process::lock;
use crate::shield::{shield, silence_this_thread, without_signals};
use crate::text::json::written;

/// How many accounts are refreshed at once by default.
pub const DEFAULT_PARALLEL: usize = 16;

/// A record without a token is kept for this time, for redirects that come late.
const PENDING_KEPT: i64 = 3_600;

/// What a run over all accounts did.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct DueReport {
    /// How many accounts there are.
    pub accounts: usize,
    /// How many were due.
    pub due: usize,
    /// How many were refreshed.
    pub refreshed: usize,
    /// Those that failed.
    pub failed: Vec<DueFailure>,
    /// The names of the accounts whose user must log in again.
    pub needs_login: Vec<String>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// An account that could not be refreshed.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct DueFailure {
    /// The name of the account.
    pub account: String,
    /// Why.
    pub error: Error,
}

impl DueReport {
    /// As a document.
    pub fn to_json(&self) -> String {
        written(self)
    }
}

/// What a run tells on its way: how many accounts of how many it has looked at, and the last one's end.
pub type Progress<'a> = &'a (dyn Fn(usize, usize, &DueReport) + Sync);

impl Engine {
    /// Refreshes every account that is due, `parallel` at once.
    ///
    /// # Errors
    /// `store_unavailable` where the store cannot be listed; what fails for one account stands in the report.
    pub(crate) fn refresh_due(
        self: &Arc<Self>,
        mine: impl Fn(&Owner) -> bool + Sync,
        parallel: usize,
        progress: Option<Progress<'_>>,
    ) -> Result<DueReport, Error> {
        let began = Instant::now();
        let about = About {
            at: self.clock.wall(),
            with_attempts: self.store.with_attempts().ok(),
        };
        let mut names = self.store.list()?;
        // Records whose names begin alike share a folder: its lock is not asked for by all threads at once.
        names.sort_by(|one, other| one.hash.get(2..).cmp(&other.hash.get(2..)));
        let (next, report) = (AtomicUsize::new(0), Mutex::new(DueReport::default()));
        let work = || {
            silence_this_thread();
            while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
                let end = shield(|| self.look_after(name, &about, &mine));
                let mut report = lock(&report);
                note(&mut report, end);
                if let Some(progress) = progress {
                    progress(
                        next.load(Ordering::Relaxed).min(names.len()),
                        names.len(),
                        &report,
                    );
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..parallel.clamp(1, names.len().max(1)) {
                // Fewer threads do the same work.
                let thread = std::thread::Builder::new();
                let _ = without_signals(|| thread.spawn_scoped(scope, work));
            }
            work();
        });
        let mut report = lock(&report).clone();
        report.seconds = began.elapsed().as_secs_f64();
        Ok(report)
    }

    fn look_after(
        self: &Arc<Self>,
        name: &Name,
        about: &About,
        mine: &(impl Fn(&Owner) -> bool + Sync),
    ) -> Result<End, Error> {
        let Some(record) = self.load(name)?.map(Arc::new) else {
            return Ok(End::Foreign);
        };
        if !mine(&record.owner) {
            return Ok(End::Foreign);
        }
        if record.token.is_none() {
            self.clear(name, &record)?;
            return Ok(End::Foreign);
        }
        let account = record.owner.account().unwrap_or_default().to_owned();
        let beside = about.beside(name, &record);
        let nothing_found = || beside == Beside::Nothing || self.store.answers(name).is_empty();
        if self.clock.wall() < due_at(&record) && nothing_found() {
            return Ok(End::Quiet(needs_login(&record).then_some(account)));
        }
        // Nobody waits here: what is doubtful is asked again by the next run.
        let (wish, deadline) = (Wish::default(), Instant::now());
        let obtained = match self.turn(&record.owner, &record, None, beside, wish, deadline) {
            Ok(None) => self.obtain(&record.owner, None, wish, deadline),
            Ok(Some(got)) => Ok(got),
            Err(error) => Err(error),
        };
        match obtained {
            Ok(got) => {
                let refreshed = got.record.generation > record.generation;
                match &got.record.trouble {
                    // The token lives, and its refresh has failed.
                    Some(trouble) if !refreshed && !needs_login(&got.record) => {
                        let now = self.clock.now();
                        let error = remembered::told(trouble, trouble.retry_at, &now);
                        Ok(End::Failed(account, error))
                    }
                    _ => Ok(End::Due {
                        refreshed,
                        needs_login: needs_login(&got.record).then_some(account),
                    }),
                }
            }
            Err(error) => Ok(End::Failed(account, error)),
        }
    }

    /// Takes a record away that has had no token for an hour, when nobody logs in.
    fn clear(&self, name: &Name, record: &Record) -> Result<(), Error> {
        let old = self.clock.wall().saturating_sub(record.written_at) >= PENDING_KEPT;
        let alive = record.logins.iter().any(|login| {
            login.outcome == LoginOutcome::InFlight
                && self.store.holder(name, &login.attempt) == Holder::Alive
        });
        let unread = !self.store.answers(name).is_empty();
        if old && !alive && !unread {
            self.store.remove(name, &record.write_id)?;
        }
        Ok(())
    }
}

/// What lay beside all records when a run began: one look instead of one for each record.
///
/// Who sends makes his room, then writes the record, then sends. So whatever was sent for a record that is older than this
/// look has its room there already; who makes room later writes the record as well, and that is seen.
struct About {
    /// When that was, in Unix seconds.
    at: i64,
    with_attempts: Option<HashSet<Name>>,
}

impl About {
    fn beside(&self, name: &Name, record: &Record) -> Beside {
        let with_attempts = self.with_attempts.as_ref();
        let had_nothing = with_attempts.is_some_and(|names| !names.contains(name));
        if had_nothing && record.written_at < self.at {
            Beside::Nothing
        } else {
            Beside::Unknown
        }
    }
}

enum End {
    Foreign,
    Quiet(Option<String>),
    Due {
        refreshed: bool,
        needs_login: Option<String>,
    },
    Failed(String, Error),
}

fn needs_login(record: &Record) -> bool {
    record.state == State::NeedsLogin
}

fn note(report: &mut DueReport, end: Result<End, Error>) {
    match end {
        Ok(End::Foreign) => return,
        Ok(End::Quiet(needs_login)) => report.needs_login.extend(needs_login),
        Ok(End::Due {
            refreshed,
            needs_login,
        }) => {
            report.due = report.due.saturating_add(1);
            report.refreshed = report.refreshed.saturating_add(usize::from(refreshed));
            report.needs_login.extend(needs_login);
        }
        Ok(End::Failed(account, error)) => {
            report.due = report.due.saturating_add(1);
            if error.kind() == Kind::ReauthorizationRequired {
                report.needs_login.push(account.clone());
            }
            report.failed.push(DueFailure { account, error });
        }
        Err(error) => report.failed.push(DueFailure {
            account: String::new(),
            error,
        }),
    }
    report.accounts = report.accounts.saturating_add(1);
}

#[cfg(test)]
mod tests {
    use super::super::testing::owner;
    use super::*;

    #[test]
    fn a_record_that_was_written_since_the_run_began_is_looked_at_by_itself() {
        let (owner, at) = (owner("a"), 1_000);
        let mut about = About {
            at,
            with_attempts: Some(HashSet::new()),
        };
        let mut record = Record::new("store", owner.clone());
        let mut written = |at| {
            record.written_at = at;
            record.clone()
        };
        let (before, since) = (written(at - 1), written(at));
        assert_eq!(about.beside(owner.name(), &before), Beside::Nothing);
        assert_eq!(about.beside(owner.name(), &since), Beside::Unknown);
        about.with_attempts = Some([owner.name().clone()].into());
        assert_eq!(about.beside(owner.name(), &before), Beside::Unknown);
        about.with_attempts = None;
        assert_eq!(about.beside(owner.name(), &before), Beside::Unknown);
    }
}
