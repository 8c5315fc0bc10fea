//! The way to a state, for people.

use std::fmt::Write;
use std::sync::Arc;

use super::hook;
use super::search::{Setup, beginning, successors};
use super::tables::{Next, Tables};
use super::world::{START, World};
use crate::tokens::engine::Engine;

/// What led there, step by step.
pub(super) fn trace(
    engine: &Arc<Engine>,
    setup: &Setup,
    parents: &[(u32, u16)],
    mut at: u32,
    index: u16,
) -> Vec<String> {
    let mut path = vec![index];
    while at != 0 {
        let (before, index) = parents[at as usize];
        path.push(index);
        at = before;
    }
    let mut world = beginning(setup);
    let steps = path.into_iter().rev().map(|index| {
        let (mut label, next) = successors(engine, &world, setup).swap_remove(usize::from(index));
        let told = hook::with(|live| next.told(&live.tables)).unwrap_or_default();
        for process in &next.procs {
            if let Some(Some(Next::Op(op))) = process
                .node
                .and_then(|node| hook::with(|live| live.tables.nodes[node as usize].next.clone()))
            {
                let _ = write!(label, " [{op:?}]");
            }
        }
        world = next;
        world.broken.clear();
        hook::with(|live| world.forget(setup.faults, &mut live.tables));
        format!("{label:70} | {told}")
    });
    steps.collect()
}

impl World {
    /// It in a line.
    fn told(&self, tables: &Tables) -> String {
        let mut told = String::new();
        match self.record {
            None => told.push_str("no record"),
            Some(text) => {
                let record = &tables.records[text as usize];
                let own = tables.held[text as usize].1;
                let _ = write!(
                    told,
                    "#{text} token {own:?} generation {} {:?}, candidates",
                    record.generation, record.state
                );
                for one in &record.candidates {
                    let doubted = if one.doubted_at.is_some() { "?" } else { "" };
                    let used = if one.used { "-" } else { "" };
                    let refused = if one.refused { "x" } else { "" };
                    let _ = write!(
                        told,
                        " {}{used}{doubted}{refused}",
                        one.refresh_token.expose()
                    );
                }
                if let Some(attempt) = &record.attempt {
                    let symbol = tables.symbols.iter().position(|one| *one == attempt.id);
                    let _ = write!(told, ", attempt {symbol:?}");
                }
                if let Some(trouble) = &record.trouble {
                    let _ = write!(
                        told,
                        ", {} until {}",
                        trouble.kind,
                        trouble.retry_at - START
                    );
                }
                for login in &record.logins {
                    let _ = write!(told, ", login {:?}", login.outcome);
                }
            }
        }
        for room in &self.rooms {
            let _ = write!(
                told,
                "; file {} of {:?} text {:?}{}{}",
                room.attempt,
                room.holder,
                room.text,
                if room.there { "" } else { " unnamed" },
                if room.failed { " failed" } else { "" }
            );
        }
        for (attempt, text) in &self.copies {
            let _ = write!(told, "; copy {attempt} #{text}");
        }
        let works = (0..self.server.issued.len()).filter(|one| {
            let one = u8::try_from(*one).unwrap();
            self.server.takes(one)
        });
        let _ = write!(told, "; server takes {:?}", works.collect::<Vec<_>>());
        told
    }
}
