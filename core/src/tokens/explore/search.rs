//! Breadth first over every interleaving, so that the first trace of a violation is a shortest one.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Instant;

use super::faults::{self, name, of_step, of_world, pending};
use super::hook;
use super::known::known;
use super::rules;
use super::run::{self, advance, start};
use super::server::{LIFE, Mode, Server, token};
use super::steps::{Op, Program};
use super::times;
use super::trace::trace;
use super::world::{Fault, Process, Redirect, START, World};
use crate::error::{Error, Kind, Outcome};
use crate::tokens::engine::Engine;
use crate::tokens::plan::merge::{Issued, begin};
use crate::tokens::plan::time::ASK_AGAIN;
use crate::tokens::record::{Record, State, Trouble};

/// How the store is in the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begin {
    Empty,
    /// An account with a fresh token.
    Account,
    /// An account that needs a login, the token expired, and a copy of a newer one that no record has.
    NeedsLogin,
}

/// What is explored.
#[derive(Debug, Clone)]
pub(super) struct Setup {
    pub mode: Mode,
    pub processes: usize,
    pub faults: u8,
    /// Whether every step of a process is apart.
    pub fine: bool,
    pub begin: Begin,
    /// How many redirects come; each is brought twice.
    pub logins: u8,
    /// The kinds of faults that may come.
    pub kinds: u32,
    /// Whether each of them comes once.
    pub once: bool,
    /// When it begins, in seconds after the first token was obtained.
    pub from: i64,
    /// How long it goes on after the first token has expired, in seconds.
    pub after: i64,
    pub most_states: usize,
}

/// A property that was broken, by faults of these kinds.
pub(super) struct Class {
    pub property: &'static str,
    pub faults: u32,
    pub count: u64,
    pub trace: Vec<String>,
}

pub(super) struct Report {
    pub states: usize,
    pub steps: u64,
    pub runs: usize,
    pub texts: usize,
    pub seconds: f64,
    pub complete: bool,
    pub classes: Vec<Class>,
}

pub(super) type Successor = (String, World);

/// The world of the beginning.
pub(super) fn beginning(setup: &Setup) -> World {
    let server = Server::new(setup.mode);
    let mut world = World {
        fine: setup.fine,
        now: START + setup.from,
        record: None,
        backup: None,
        rooms: Vec::new(),
        copies: Vec::new(),
        procs: vec![Process::default(); setup.processes],
        server,
        redirects: vec![
            Redirect {
                left: 2,
                ..Redirect::default()
            };
            usize::from(setup.logins)
        ],
        owed: 0,
        durable: 1,
        faults: 0,
        spent: 0,
        broken: Vec::new(),
    };
    if setup.begin != Begin::Empty {
        let mut record = Record::new("store", run::owner());
        let issued = Issued {
            token: token(0, START),
            grant: String::from("first"),
            login_at: START,
            generation: 0,
            attempt: None,
            login: true,
        };
        begin(&mut record, &issued);
        record.write_id = String::from("backup");
        record.revision = 1;
        world.record = hook::with(|live| {
            live.tables.symbol("backup");
            live.tables.text(&record)
        });
        world.backup = world.record;
        if setup.begin == Begin::NeedsLogin {
            needs_login(&mut world, record);
        }
    }
    world
}

/// The token has expired and was refused, and its successor lies in a copy.
fn needs_login(world: &mut World, mut record: Record) {
    world.now = START + LIFE + 1;
    let newer = world.server.refresh(0);
    let mut answer = record.clone();
    answer.generation += 1;
    answer.token = newer.map(|number| token(number, START + LIFE));
    answer.add(Record::of_token(
        answer.token.as_ref().unwrap(),
        answer.generation,
    ));
    answer.write_id = String::from("answer");
    record.state = State::NeedsLogin;
    record.candidates[0].refused = true;
    record.candidates[0].doubted_at = Some(START + LIFE);
    let refused = Error::new(Kind::InvalidGrant, Outcome::Rejected, "283");
    let now = rules::now(world, 0);
    record.trouble = Some(Trouble::after(&record, &refused, &now));
    record.trouble.as_mut().unwrap().retry_at = world.now + ASK_AGAIN;
    record.write_id = String::from("refused");
    hook::with(|live| {
        let attempt = live.tables.symbol("attempt");
        live.tables.symbol("refused");
        world.record = Some(live.tables.text(&record));
        world.copies = vec![(attempt, live.tables.text(&answer))];
        world.owed = 1 << newer.unwrap();
    });
}

fn key(world: &World) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, world).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

/// Everything that may happen next.
pub(super) fn successors(engine: &Arc<Engine>, world: &World, setup: &Setup) -> Vec<Successor> {
    let mut all = Vec::new();
    let may_cost = world.spent < setup.faults;
    // Nothing comes between the gate and the first byte, but a freeze.
    let sends = (0..world.procs.len()).find(|who| {
        let op = hook::with(|live| pending(world, *who, &live.tables)).flatten();
        !world.procs[*who].frozen && matches!(op, Some(Op::Post(_)))
    });
    for who in 0..world.procs.len() {
        if sends.is_some_and(|one| one != who) {
            continue;
        }
        let process = &world.procs[who];
        let called = name(who);
        if process.frozen {
            let mut next = world.clone();
            next.procs[who].frozen = false;
            all.push((format!("{called} wakes"), next));
            continue;
        }
        if process.node.is_none() {
            // Of idle processes that are alike one is enough.
            if world.procs.iter().take(who).any(|other| other == process) {
                continue;
            }
            let next = start(engine, world.clone(), who, Program::Call);
            all.push((format!("{called} calls"), next));
            for (code, redirect) in world.redirects.iter().enumerate() {
                if redirect.left > 0 {
                    let mut next = world.clone();
                    next.redirects[code].left -= 1;
                    let program = Program::Login(u8::try_from(code).unwrap());
                    let next = start(engine, next, who, program);
                    all.push((format!("{called} gets redirect {code}"), next));
                }
            }
            continue;
        }
        let op = hook::with(|live| pending(world, who, &live.tables));
        let Some(op) = op.flatten() else { continue };
        if op == Op::Again && process.full > 0 {
            continue;
        }
        let next = advance(engine, world.clone(), who, Fault::None);
        all.push((format!("{called}: {op:?}"), next));
        if !may_cost {
            continue;
        }
        for (fault, kind) in of_step(&op) {
            let mut next = world.clone();
            let twice = *kind == faults::REFUSED && world.faults & faults::REFUSED != 0;
            next.fault(if twice {
                *kind | faults::REFUSED_TWICE
            } else {
                *kind
            });
            let next = advance(engine, next, who, *fault);
            all.push((format!("{called}: {op:?} {fault:?}"), next));
        }
        let holds = world.rooms.iter();
        let holds = holds.filter(|room| room.holder == u8::try_from(who).ok());
        if holds.count() > 0 || matches!(op, Op::Commit { .. }) {
            let mut next = world.clone();
            let kind = if process.sent {
                faults::KILL_AFTER_POST
            } else {
                faults::KILL
            };
            next.fault(kind);
            next.kill(who);
            hook::with(|live| next.check(&live.tables));
            all.push((format!("{called} is killed before {op:?}"), next));
        }
        if faults::may_freeze(world, who, &op) {
            let mut next = world.clone();
            let gap = matches!(op, Op::Post(_));
            next.fault(faults::FREEZE | if gap { faults::FREEZE_GAP } else { 0 });
            next.procs[who].frozen = true;
            next.procs[who].slept.get_or_insert(world.now);
            all.push((format!("{called} is frozen before {op:?}"), next));
        }
    }
    if sends.is_none() {
        all.extend(of_world(engine, world, may_cost));
    }
    if world.is_quiet()
        && let Some(now) = hook::with(|live| times::next(world, &live.tables)).flatten()
        && now <= START + LIFE + setup.after
    {
        let mut next = world.clone();
        let urgent = hook::with(|live| times::is_urgent(world, now, &live.tables));
        next.pass(now, urgent == Some(true));
        all.push((format!("time passes: {} s", now - START), next));
    }
    all.retain(|(_, next)| {
        let again = setup.once && next.spent > world.spent && next.faults == world.faults;
        next.faults & !(setup.kinds | faults::OF_TIME) == 0 && !again
    });
    all
}

/// Explores all of it.
pub(super) fn explore(setup: &Setup) -> Report {
    hook::set(Some(Box::default()));
    let began = Instant::now();
    let engine = run::engine();
    let mut seen = HashSet::new();
    let mut parents = vec![(0_u32, 0_u16)];
    let mut level = vec![(0_u32, beginning(setup))];
    seen.insert(key(&level[0].1));
    let mut classes = BTreeMap::new();
    let (mut steps, mut complete) = (0, true);
    while !level.is_empty() {
        let mut next_level = Vec::new();
        for (at, world) in level {
            for (index, (_, mut next)) in successors(&engine, &world, setup).into_iter().enumerate()
            {
                steps += 1;
                let index = u16::try_from(index).unwrap();
                for property in std::mem::take(&mut next.broken) {
                    let first = classes.entry((property, next.faults));
                    first.or_insert((0_u64, at, index)).0 += 1;
                }
                hook::with(|live| next.forget(setup.faults, &mut live.tables));
                if !seen.insert(key(&next)) {
                    continue;
                }
                if seen.len() > setup.most_states {
                    complete = false;
                    continue;
                }
                next_level.push((u32::try_from(parents.len()).unwrap(), next));
                parents.push((at, index));
            }
        }
        level = next_level;
        // One that is not known is enough, and the first has the shortest trace.
        let mut broken = classes.keys();
        if broken.any(|(property, faults)| known(property, *faults, setup.mode).is_none()) {
            complete = false;
            break;
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let (runs, texts) =
        hook::with(|live| (live.tables.nodes.len(), live.tables.records.len())).unwrap_or_default();
    let is_minimal = |property: &str, faults: u32| {
        let mut all = classes.keys();
        !all.any(|(other, fewer)| {
            *other == property && *fewer != faults && fewer & faults == *fewer
        })
    };
    let minimal = classes
        .iter()
        .filter(|((property, faults), _)| is_minimal(property, *faults));
    let classes = minimal.map(|((property, faults), (count, at, index))| Class {
        property,
        faults: *faults,
        count: *count,
        trace: trace(&engine, setup, &parents, *at, *index),
    });
    let classes = classes.collect();
    hook::set(None);
    Report {
        states: parents.len(),
        steps,
        runs,
        texts,
        seconds,
        complete,
        classes,
    }
}
