//! When something changes because time passes: the only moments to which it moves.

use super::tables::Tables;
use super::world::{START, World};
use crate::tokens::plan::time::{FIRST_STEP, OVERDUE, due_at, expires_at, urgent_at};
use crate::tokens::record::{Lease, LoginOutcome};

/// The next of these moments.
pub(super) fn next(world: &World, tables: &Tables) -> Option<i64> {
    let mut all = Vec::new();
    if let Some(text) = world.record {
        let record = &tables.records[text as usize];
        if record.token.is_some() {
            all.push(due_at(record));
            all.extend(urgent_at(record));
            all.extend(expires_at(record));
        }
        all.extend(record.trouble.as_ref().map(|trouble| trouble.retry_at));
        let doubts = record.candidates.iter().filter(|one| !one.refused);
        all.extend(doubts.filter_map(|one| Some(one.doubted_at? + FIRST_STEP)));
        if let Some(attempt) = &record.attempt {
            all.extend(of_lease(&attempt.lease));
        }
        let flying = record.logins.iter();
        let flying = flying.filter(|login| login.outcome == LoginOutcome::InFlight);
        all.extend(flying.flat_map(|login| of_lease(&login.lease)));
    }
    // A disk that was full is no more.
    if world.procs.iter().any(|one| one.full > 0) {
        all.push(world.now + 5);
    }
    let later = all.into_iter().filter(|at| *at > world.now);
    later.min()
}

/// Whether callers wait at that time.
pub(super) fn is_urgent(world: &World, now: i64, tables: &Tables) -> bool {
    let record = world.record.map(|text| &tables.records[text as usize]);
    record
        .and_then(|record| urgent_at(record))
        .is_some_and(|at| now >= at)
}

fn of_lease(lease: &Lease) -> [i64; 3] {
    let began = START + lease.started_boot;
    [
        began + FIRST_STEP,
        began + lease.lasts,
        began + lease.lasts + OVERDUE,
    ]
}
