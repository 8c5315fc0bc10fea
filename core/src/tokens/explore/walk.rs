//! Random walks: more processes, more faults and more time than can be explored, one way of many. What a walk breaks is
//! judged as what the search breaks.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Instant;

use super::hook;
use super::run;
use super::search::{Class, Report, Setup, Successor, beginning, successors};
use super::server::Mode;
use super::world::World;

/// The server counts its tokens in 32 bits, and a record its texts to sixty; a walk ends before.
const MOST_TOKENS: usize = 24;
const MOST_TEXTS: u64 = 50;
const MOST_STEPS: usize = 1_000;
/// Calls after the last moment that means something.
const MOST_OVER: usize = 20;
/// Of so many steps one is a fault, where there may be one.
const SELDOM: usize = 12;

/// Numbers that look like chance, the same for the same seed.
struct Chance {
    mode: Mode,
    seed: u64,
    drawn: u64,
}

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        let mut hasher = DefaultHasher::new();
        (self.mode, self.seed, self.drawn).hash(&mut hasher);
        self.drawn += 1;
        let limit = u64::try_from(limit.max(1)).unwrap();
        usize::try_from(hasher.finish() % limit).unwrap()
    }

    /// One of them: seldom a fault, rather a step than a call, and where nobody is at work rather time than a call.
    fn choose(&mut self, world: &World, all: Vec<Successor>) -> Option<Successor> {
        let (faults, steps): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|(_, next)| next.spent > world.spent);
        if !faults.is_empty() && self.below(SELDOM) == 0 {
            let chosen = self.below(faults.len());
            return faults.into_iter().nth(chosen);
        }
        let is_call = |label: &str| label.ends_with("calls") || label.contains("redirect");
        let (calls, others): (Vec<_>, Vec<_>) =
            steps.into_iter().partition(|(label, _)| is_call(label));
        let rather = if world.is_quiet() { 2 } else { 4 };
        let chosen = if others.is_empty() || !calls.is_empty() && self.below(rather) == 0 {
            calls
        } else {
            others
        };
        let number = self.below(chosen.len());
        chosen.into_iter().nth(number)
    }
}

/// Walks from these seeds on, each to its end.
pub(super) fn walk(setup: &Setup, seeds: std::ops::Range<u64>) -> Report {
    let began = Instant::now();
    let engine = run::engine();
    let mut report = Report {
        states: 0,
        steps: 0,
        runs: 0,
        texts: 0,
        seconds: 0.0,
        complete: true,
        classes: Vec::new(),
    };
    let mut classes: BTreeMap<(&'static str, u32), Class> = BTreeMap::new();
    for seed in seeds {
        hook::set(Some(Box::default()));
        let mut chance = Chance {
            mode: setup.mode,
            seed,
            drawn: 0,
        };
        let mut world = beginning(setup);
        let mut path = vec![format!("seed {seed}")];
        let mut over = 0;
        for _ in 0..MOST_STEPS {
            let all = successors(&engine, &world, setup);
            let goes_on = all.iter().any(|(label, _)| label.starts_with("time"));
            over += usize::from(world.is_quiet() && !goes_on);
            if over > MOST_OVER {
                break;
            }
            let Some((label, mut next)) = chance.choose(&world, all) else {
                break;
            };
            report.steps += 1;
            report.states += 1;
            path.push(label);
            for property in std::mem::take(&mut next.broken) {
                let class = classes.entry((property, next.faults)).or_insert(Class {
                    property,
                    faults: next.faults,
                    count: 0,
                    trace: path.clone(),
                });
                class.count += 1;
            }
            let texts = next
                .record
                .and_then(|text| hook::with(|live| live.tables.records[text as usize].revision));
            world = next;
            let is_long = world.server.issued.len() > MOST_TOKENS;
            if is_long || texts.is_some_and(|texts| texts > MOST_TEXTS) {
                break;
            }
        }
        report.runs += hook::with(|live| live.tables.nodes.len()).unwrap_or_default();
        report.texts += hook::with(|live| live.tables.records.len()).unwrap_or_default();
        hook::set(None);
    }
    report.seconds = began.elapsed().as_secs_f64();
    report.classes = classes.into_values().collect();
    report
}
