//! What can go wrong, and where.

use super::run;
use super::steps::{Op, Program};
use super::tables::{Next, Tables};
use super::world::{Fault, World};

pub(super) const KILL: u32 = 1;
pub(super) const KILL_AFTER_POST: u32 = 1 << 1;
pub(super) const FREEZE: u32 = 1 << 2;
pub(super) const NOT_SENT: u32 = 1 << 3;
pub(super) const NO_ANSWER: u32 = 1 << 4;
pub(super) const ANSWER_LOST: u32 = 1 << 5;
pub(super) const REFUSED: u32 = 1 << 6;
pub(super) const COMMIT: u32 = 1 << 7;
pub(super) const WRITE: u32 = 1 << 8;
pub(super) const LOGIN: u32 = 1 << 9;
pub(super) const REMOVAL: u32 = 1 << 10;
pub(super) const RESTORE: u32 = 1 << 11;
pub(super) const DELETED: u32 = 1 << 12;
pub(super) const SET_BACK: u32 = 1 << 13;
/// The same twice.
pub(super) const REFUSED_TWICE: u32 = 1 << 14;
/// Longer than the rules wait for a holder that lives.
pub(super) const FREEZE_LONG: u32 = 1 << 15;

/// Exactly between the gate and the first byte.
pub(super) const FREEZE_GAP: u32 = 1 << 16;

/// What is said of other faults.
pub(super) const OF_TIME: u32 = FREEZE_LONG | FREEZE_GAP | REFUSED_TWICE | ONLY_COPY;

/// An answer that nobody alive has.
pub(super) const ONLY_COPY: u32 = 1 << 17;

const NAMES: [&str; 18] = [
    "kill",
    "kill after the POST",
    "freeze",
    "request lost, known",
    "request lost, not known",
    "answer lost",
    "false 283",
    "commit fails",
    "room or disk fails",
    "login",
    "removal",
    "backup restored",
    "attempt file deleted",
    "clock set back",
    "a second false 283",
    "for long",
    "after the gate",
    "the only copy",
];

pub(super) fn names(faults: u32) -> Vec<&'static str> {
    let names = NAMES.iter().enumerate();
    let named = names.filter(|(bit, _)| faults & 1 << bit != 0);
    named.map(|(_, name)| *name).collect()
}

/// The faults of this step.
pub(super) fn of_step(op: &Op) -> &'static [(Fault, u32)] {
    match op {
        Op::Commit { .. } | Op::Put { .. } | Op::Remove { .. } => {
            &[(Fault::Fails, COMMIT), (Fault::FailsAndDoes, COMMIT)]
        }
        Op::Write { .. } => &[
            (Fault::Fails, WRITE),
            (Fault::Full, WRITE),
            (Fault::FullEverywhere, WRITE),
        ],
        Op::Post(_) => &[
            (Fault::NotSent, NOT_SENT),
            (Fault::NoAnswer, NO_ANSWER),
            (Fault::AnswerLost, ANSWER_LOST),
            (Fault::Refused, REFUSED),
        ],
        _ => &[],
    }
}

/// The step that a process is about to do.
pub(super) fn pending(world: &World, who: usize, tables: &Tables) -> Option<Op> {
    match &tables.nodes[world.procs[who].node? as usize].next {
        Some(Next::Op(op)) => Some(op.clone()),
        _ => None,
    }
}

/// Whether freezing it here is more than being slow.
pub(super) fn may_freeze(world: &World, who: usize, op: &Op) -> bool {
    let has_room = world.rooms.iter();
    let has_room = has_room
        .filter(|room| room.holder == u8::try_from(who).ok())
        .count();
    has_room > 0 || matches!(op, Op::Commit { .. } | Op::Remove { .. })
}

/// What befalls the world besides its processes.
pub(super) fn of_world(
    engine: &std::sync::Arc<crate::tokens::engine::Engine>,
    world: &World,
    may_cost: bool,
) -> Vec<(String, World)> {
    let mut all = Vec::new();
    let with = |kind: u32, change: &mut dyn FnMut(&mut World)| {
        let mut next = world.clone();
        next.fault(kind);
        change(&mut next);
        next
    };
    let is_free = world.record.is_none() && world.redirects.is_empty();
    if (may_cost || is_free) && world.server.issued.len() < 12 {
        let mut next = world.clone();
        if is_free {
            next.faults |= LOGIN;
        } else {
            next.fault(LOGIN);
        }
        let token = next.server.grant(None);
        next = run::at_once(engine, next, Program::Import(token));
        all.push((format!("somebody logs in: r{token}"), next));
    }
    if !may_cost {
        return all;
    }
    if world.record.is_some() {
        let next = with(REMOVAL, &mut |_| {});
        let next = run::at_once(engine, next, Program::Remove);
        all.push((String::from("the account is removed"), next));
    }
    if world.record != world.backup && world.backup.is_some() && world.record.is_some() {
        let next = with(RESTORE, &mut |next| next.record = next.backup);
        all.push((String::from("an old backup is restored"), next));
    }
    for room in world.rooms.iter().filter(|room| room.there) {
        let mut next = with(DELETED, &mut |next| next.unlink(room.attempt));
        if room.holder.is_none() {
            // The only copy, and nobody alive has it.
            next.owed = 0;
            if room.text.is_some() {
                next.faults |= ONLY_COPY;
            }
        }
        all.push((
            format!("the file of attempt {} is deleted", room.attempt),
            next,
        ));
    }
    for who in 0..world.procs.len() {
        if !world.procs[who].set_back {
            let next = with(SET_BACK, &mut |next| next.procs[who].set_back = true);
            all.push((format!("{}'s clock is set back", name(who)), next));
        }
    }
    all
}

pub(super) fn name(who: usize) -> char {
    char::from(b'A' + u8::try_from(who).unwrap())
}
