//! Runs the real code of one process from one step to the next.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::Duration;

use super::hook::{self, Live};
use super::server;
use super::steps::{End, Op, Program, Res};
use super::store::Asking;
use super::tables::{Edge, Next, Root};
use super::world::{Fault, World};
use crate::config::{self, Config};
use crate::drive::blocking::Client;
use crate::error::{Error, Kind};
use crate::process::lock;
use crate::tokens::clock::{Clock, instant};
use crate::tokens::engine::{Engine, Got};
use crate::tokens::plan::Wish;
use crate::tokens::record::Owner;
use crate::tokens::signin::LoginRequest;

/// The code was left where its next step waits.
pub(super) struct Yield;

/// One run of the code.
pub(super) struct Run {
    who: usize,
    path: Vec<Edge>,
    at: usize,
    node: u32,
    pub seed: u64,
    pub ids: u32,
    pub wall: i64,
    pub boot: i64,
    world: World,
    /// Nobody comes between its steps.
    at_once: bool,
}

impl Run {
    /// What came of this step; `None` where the run ends before it.
    pub(super) fn asked(live: &mut Live, op: Op) -> Option<Res> {
        let run = live.run.as_mut()?;
        if let Some(edge) = run.path.get(run.at) {
            run.at += 1;
            let edge = edge.clone();
            run.goes_on(&edge);
            return Some(edge.res);
        }
        live.tables.nodes[run.node as usize].next = Some(Next::Op(op.clone()));
        if op.waits(run.world.fine) && !run.at_once {
            return None;
        }
        let res = run.world.exec(run.who, &op, Fault::None, &live.tables);
        let edge = run.world.edge(run.who, res.clone());
        run.node = live.tables.child(run.node, edge.clone());
        run.goes_on(&edge);
        Some(res)
    }

    fn goes_on(&mut self, edge: &Edge) {
        let mut hasher = DefaultHasher::new();
        (self.seed, edge).hash(&mut hasher);
        self.seed = hasher.finish();
        (self.wall, self.boot) = (edge.wall, edge.boot);
    }

    /// The caller waits.
    pub(super) fn pauses(&mut self) {
        self.at = usize::MAX;
    }
}

/// The code under test, over a store that asks.
pub(super) fn engine() -> Arc<Engine> {
    let config = Config {
        app_id: Some(String::from("1")),
        app_secret: Some("s".into()),
        ..Config::default()
    };
    Arc::new(Engine {
        store: Arc::new(Asking),
        disk: None,
        client: Client::new(config).unwrap(),
        clock: Clock::new(config::Clock::new(hook::wall), None),
        place: String::from("the store"),
        unsaved: std::sync::Mutex::default(),
    })
}

pub(super) fn owner() -> Owner {
    crate::tokens::testing::owner("a")
}

/// Runs the code at `node` to its next step, or its end.
fn run(engine: &Arc<Engine>, node: u32, world: World, at_once: bool) -> (u32, World) {
    let (root, path) = hook::with(|live| live.tables.history(node)).unwrap();
    let mut hasher = DefaultHasher::new();
    root.hash(&mut hasher);
    let memory = root.memory;
    let memory = memory
        .map(|text| hook::with(|live| Arc::clone(&live.tables.records[text as usize])).unwrap());
    let run = Run {
        who: usize::from(root.who),
        path,
        at: 0,
        node,
        seed: hasher.finish(),
        ids: 0,
        wall: root.wall,
        boot: root.boot,
        world,
        at_once,
    };
    // What a run before left there belongs to that.
    lock(&engine.unsaved).clear();
    hook::with(|live| live.run = Some(run));
    let body = || program(engine, &root, memory.as_ref());
    let ended = catch_unwind(AssertUnwindSafe(body));
    let end = match ended {
        Ok(Ok(got)) => Some(End::Got(hook::number(&got.record.to_text()).unwrap())),
        Ok(Err(error)) => Some(End::Failed(error.kind())),
        Err(payload) if payload.is::<Yield>() => None,
        Err(payload) => resume_unwind(payload),
    };
    hook::with(|live| {
        let run = live.run.take().unwrap();
        let end = end.or((run.at == usize::MAX).then_some(End::Waits));
        if let Some(end) = end {
            live.tables.nodes[run.node as usize].next = Some(Next::End(end));
        }
        (run.node, run.world)
    })
    .unwrap()
}

fn program(
    engine: &Arc<Engine>,
    root: &Root,
    memory: Option<&Arc<crate::tokens::record::Record>>,
) -> Result<Got, Error> {
    let deadline = instant() + Duration::from_secs(60);
    let got = match root.program {
        Program::Call => engine.obtain(&owner(), memory, Wish::default(), deadline),
        Program::Login(code) => {
            let login = LoginRequest::new(format!("c{code}"), "https://localhost/");
            engine.log_in(&owner(), &login.state(format!("s{code}")), deadline, None)
        }
        Program::Import(token) => engine.import(&owner(), &server::token(token, root.wall)),
        Program::Remove => engine.remove(&owner()).and(Err(Error::internal("removed"))),
    };
    let unsaved = got
        .as_ref()
        .is_err_and(|error| error.kind() == Kind::NotSaved);
    if unsaved {
        hook::ask(Op::Again);
        while !engine.store_unsaved() {
            hook::ask(Op::Again);
        }
    }
    got
}

/// The next step of a process, with `fault`, and all that follows until another step waits.
pub(super) fn advance(engine: &Arc<Engine>, mut world: World, who: usize, fault: Fault) -> World {
    let mut node = world.procs[who].node.unwrap();
    let next = |node: u32| hook::with(|live| live.tables.nodes[node as usize].next.clone());
    let mut fault = fault;
    loop {
        match next(node).unwrap() {
            None => (node, world) = run(engine, node, world, false),
            Some(Next::End(end)) => {
                hook::with(|live| world.ends(who, end, &mut live.tables));
                break;
            }
            Some(Next::Op(op)) => {
                if op.waits(world.fine) && fault == Fault::Over {
                    world.procs[who].node = Some(node);
                    break;
                }
                node = hook::with(|live| {
                    let res = world.exec(who, &op, fault, &live.tables);
                    let edge = world.edge(who, res);
                    live.tables.child(node, edge)
                })
                .unwrap();
                fault = Fault::Over;
            }
        }
    }
    hook::with(|live| world.check(&live.tables));
    world
}

/// Starts a call of a process, with its first look.
pub(super) fn start(engine: &Arc<Engine>, mut world: World, who: usize, what: Program) -> World {
    let root = world.root(who, what);
    world.procs[who].node = hook::with(|live| live.tables.root(root));
    world.procs[who].looks = true;
    let mut world = advance(engine, world, who, Fault::None);
    world.procs[who].looks = false;
    world
}

/// What somebody else does at once.
pub(super) fn at_once(engine: &Arc<Engine>, world: World, what: Program) -> World {
    let root = world.root(world.procs.len(), what);
    let node = hook::with(|live| live.tables.root(root)).unwrap();
    let (_, mut world) = run(engine, node, world, true);
    hook::with(|live| world.check(&live.tables));
    world
}
