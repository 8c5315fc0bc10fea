//! What is wrong with a store, for the one who looks after it.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::due::DueReport;
use super::engine::Engine;
use super::manager::TokenManager;
use super::plan::remembered::ago;
use super::record::Record;
use super::settings::MEMORY;
use super::sum::Sealed;
use crate::error::Error;
use crate::text::json::written;

/// `refresh_due` should have run within this time, in seconds.
const MAINTAINED: i64 = 3 * 86_400;

/// What was found in a store.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct DoctorReport {
    /// Where the store is.
    pub store: String,
    /// Its random id.
    pub store_id: String,
    /// How many accounts it has.
    pub accounts: usize,
    /// What is not as it should be.
    pub findings: Vec<DoctorFinding>,
    /// When all accounts were last looked after, and how that went.
    pub last_refresh_due: Option<Value>,
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct DoctorFinding {
    /// A fixed word, for example `damaged`.
    pub what: String,
    /// The file or folder, or the name of the account.
    pub path: String,
    /// One sentence.
    pub text: String,
    /// Whether it was set right.
    pub repaired: bool,
}

impl DoctorReport {
    /// As a document.
    pub fn to_json(&self) -> String {
        written(self)
    }
}

impl TokenManager {
    /// Looks the store over. With `repair` damaged records are moved aside and what is missing is made; modes are set right
    /// at once.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub fn doctor(&self, repair: bool) -> Result<DoctorReport, Error> {
        self.own_words(|engine| {
            let mut findings: Vec<DoctorFinding> = Vec::new();
            if let Some(disk) = &engine.disk {
                let found = disk.examine(repair);
                findings.extend(found.into_iter().map(|finding| DoctorFinding {
                    what: finding.what.to_owned(),
                    path: finding.path.display().to_string(),
                    text: finding.text,
                    repaired: finding.repaired,
                }));
                clean(engine)?;
            }
            let accounts = self.accounts_that_read(engine)?;
            for status in &accounts {
                if let Some(warning) = &status.warning {
                    findings.push(DoctorFinding {
                        what: String::from("account"),
                        path: status.account.clone(),
                        text: warning.clone(),
                        repaired: false,
                    });
                }
            }
            let last = engine.maintained();
            findings.extend(overdue(engine, last.as_ref(), accounts.len()));
            Ok(DoctorReport {
                store: engine
                    .disk
                    .as_ref()
                    .map_or_else(|| String::from(MEMORY), |disk| disk.path()),
                store_id: engine.store.id().to_owned(),
                accounts: accounts.len(),
                findings,
                last_refresh_due: last,
            })
        })
    }
}

impl Engine {
    /// When `refresh_due` last ran, and how it went.
    fn maintained(&self) -> Option<Value> {
        let text = self.disk.as_ref()?.maintenance().ok()??;
        serde_json::from_str(&text).ok()
    }

    /// Notes a run of `refresh_due`, and cleans.
    pub(crate) fn note_maintenance(self: &Arc<Self>, report: &DueReport) {
        let Some(disk) = &self.disk else { return };
        let text = serde_json::json!({
            "at": self.clock.wall(),
            "accounts": report.accounts,
            "due": report.due,
            "refreshed": report.refreshed,
            "failed": report.failed.len(),
            "needs_login": report.needs_login.len(),
            "seconds": report.seconds,
        });
        // A run that did its work is not spoilt by a note.
        let _ = disk.set_maintenance(&text.to_string());
        let _ = clean(self);
    }
}

/// Takes away what killed processes have left.
fn clean(engine: &Arc<Engine>) -> Result<usize, Error> {
    let Some(disk) = &engine.disk else {
        return Ok(0);
    };
    disk.clean(&|text: &Sealed, attempt: &str| {
        Record::from_text(text).map_or(true, |record| record.attempts().contains(&attempt))
    })
}

fn overdue(engine: &Engine, last: Option<&Value>, accounts: usize) -> Option<DoctorFinding> {
    let at = last.and_then(|last| last.get("at")?.as_i64());
    let passed = at.map(|at| engine.clock.wall().saturating_sub(at));
    let text = match passed {
        _ if accounts == 0 || engine.disk.is_none() => return None,
        Some(passed) if passed < MAINTAINED => return None,
        Some(passed) => format!(
            "All accounts were last looked after {} ago: run `pinterest-oauth refresh --due` under a timer.",
            ago(passed)
        ),
        None => String::from(
            "Nobody looks after accounts that no program asks for: run `pinterest-oauth refresh --due` under a timer.",
        ),
    };
    Some(DoctorFinding {
        what: String::from("timer"),
        path: String::from("maintenance.json"),
        text,
        repaired: false,
    })
}
