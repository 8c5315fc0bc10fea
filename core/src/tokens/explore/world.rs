//! The world: what lies in the store, what Pinterest knows, and where each process stands.

use super::rules;
use super::server::Server;
use super::steps::{Answer, End, Op, Program, Res, Sent, Symbol, Text};
use super::tables::{Edge, Root, Tables};

/// When the token of the first record was obtained.
pub(super) const START: i64 = 1_800_000_000;

/// What goes wrong with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fault {
    None,
    /// The step is one too many: of `advance` alone.
    Over,
    Fails,
    /// It says that it failed, and did it.
    FailsAndDoes,
    /// Nothing but copies can be written before some time has passed.
    Full,
    /// Nothing can be written before some time has passed.
    FullEverywhere,
    NotSent,
    NoAnswer,
    AnswerLost,
    Refused,
}

/// The file of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Room {
    pub attempt: Symbol,
    /// The process that has its lock.
    pub holder: Option<u8>,
    pub text: Option<Text>,
    /// Whether its disk did not take the text.
    pub failed: bool,
    /// Whether the file has its name.
    pub there: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Process {
    /// Where its call stands.
    pub node: Option<u32>,
    pub memory: Option<Text>,
    pub frozen: bool,
    /// When it was first kept from going on in this call.
    pub slept: Option<i64>,
    /// What lay in the store when it looked last, since its answer came.
    pub looked: Option<u32>,
    /// Whether its call has only looked so far.
    pub looks: bool,
    /// Whether its wall clock was set back.
    pub set_back: bool,
    /// Whether it has sent something, and the answer is nowhere but with it.
    pub sent: bool,
    socket: Option<Answer>,
    /// The token that it has received in this call.
    pub holds: Option<u8>,
    /// 1 nothing but copies, 2 nothing can be written.
    pub full: u8,
}

/// The redirect of a login.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Redirect {
    /// How often it may still be brought.
    pub left: u8,
    pub sent: u8,
    pub used: bool,
    pub over: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct World {
    /// Whether every step of a process is apart.
    pub fine: bool,
    pub now: i64,
    pub record: Option<Text>,
    pub backup: Option<Text>,
    pub rooms: Vec<Room>,
    pub copies: Vec<(Symbol, Text)>,
    pub procs: Vec<Process>,
    pub server: Server,
    pub redirects: Vec<Redirect>,
    /// Tokens that have reached a process and no record, as bits.
    pub owed: u32,
    /// Tokens that were on a disk, as bits.
    pub durable: u32,
    /// The kinds of the faults so far, and how many.
    pub faults: u32,
    pub spent: u8,
    /// What was broken with the last step.
    pub broken: Vec<&'static str>,
}

impl World {
    pub(super) fn wall(&self, who: usize) -> i64 {
        let back = self.procs.get(who).is_some_and(|one| one.set_back);
        self.now - if back { 40 * 86_400 } else { 0 }
    }

    pub(super) fn root(&self, who: usize, program: Program) -> Root {
        Root {
            who: u8::try_from(who).unwrap(),
            program,
            memory: self.procs.get(who).and_then(|one| one.memory),
            salt: u32::from(self.spent),
            wall: self.wall(who),
            boot: self.now - START,
        }
    }

    pub(super) fn edge(&self, who: usize, res: Res) -> Edge {
        Edge {
            res,
            wall: self.wall(who),
            boot: self.now - START,
        }
    }

    fn room(&mut self, attempt: Symbol) -> Option<&mut Room> {
        self.rooms.iter_mut().find(|room| room.attempt == attempt)
    }

    /// Does a step of `who`.
    pub(super) fn exec(&mut self, who: usize, op: &Op, fault: Fault, tables: &Tables) -> Res {
        match op {
            Op::Load => Res::Text(self.record),
            Op::Again => Res::Done,
            Op::Holder(attempt) => {
                let room = self.rooms.iter().find(|room| room.attempt == *attempt);
                let room = room.filter(|room| room.there);
                Res::Holder(room.map_or(0, |room| if room.holder.is_some() { 2 } else { 1 }))
            }
            Op::Answers => {
                let lying = rules::lying(self, tables);
                if let Some(process) = self.procs.get_mut(who) {
                    process.looked = Some(lying);
                }
                self.answers()
            }
            Op::Reserve(attempt) => {
                self.rooms.push(Room {
                    attempt: *attempt,
                    holder: Some(u8::try_from(who).unwrap()),
                    text: None,
                    failed: false,
                    there: true,
                });
                self.rooms.sort_by_key(|room| room.attempt);
                Res::Done
            }
            Op::Commit { expected, text } => {
                self.replace(who, *expected, Some(*text), fault, tables)
            }
            Op::Remove { expected } => {
                let res = self.replace(who, Some(*expected), None, fault, tables);
                if res == Res::Bool(true) {
                    self.rooms.retain(|room| room.holder.is_some());
                    self.copies.clear();
                }
                res
            }
            Op::Forget { attempt, copy } => {
                if *copy {
                    self.copies.retain(|(own, _)| own != attempt);
                } else {
                    self.unlink(*attempt);
                }
                Res::Done
            }
            Op::Copy { attempt, text } => {
                if self.procs[who].full > 1 {
                    return Res::Failed;
                }
                self.copies.retain(|(own, _)| own != attempt);
                self.copies.push((*attempt, *text));
                self.copies.sort_unstable();
                self.seen_on_disk(*text, tables);
                Res::Done
            }
            Op::Write { attempt, text } => self.write(who, *attempt, *text, fault, tables),
            Op::Put { attempt, expected } => {
                let room = self.room(*attempt).cloned();
                let Some(room) = room.filter(|room| !room.failed) else {
                    return Res::Failed;
                };
                let Some(text) = room.text else {
                    return Res::Failed;
                };
                if !room.there && self.procs[who].full == 0 && fault == Fault::None {
                    return Res::Bool(false);
                }
                let res = self.replace(who, Some(*expected), Some(text), fault, tables);
                if self.record == Some(text) {
                    self.rooms.retain(|room| room.attempt != *attempt);
                }
                res
            }
            Op::Discard(attempt) => {
                self.rooms.retain(|room| room.attempt != *attempt);
                Res::Done
            }
            Op::Drop(attempt) => {
                if let Some(room) = self.room(*attempt) {
                    room.holder = None;
                    room.there &= room.text.is_some() || room.failed;
                }
                self.rooms
                    .retain(|room| room.there || room.holder.is_some());
                Res::Done
            }
            Op::Post(sent) => self.post(who, *sent, fault, tables),
            Op::Answer => {
                let answer = self.procs[who].socket.take().unwrap();
                self.procs[who].looked = None;
                if let Answer::Token(number) = answer {
                    self.owed |= 1 << number;
                    self.procs[who].holds = Some(number);
                } else {
                    self.procs[who].sent = false;
                }
                Res::Answer(answer)
            }
        }
    }

    /// The file of an attempt loses its name; a living holder keeps the rest.
    pub(super) fn unlink(&mut self, attempt: Symbol) {
        if let Some(room) = self.room(attempt) {
            room.there = false;
        }
        self.rooms
            .retain(|room| room.there || room.holder.is_some());
    }

    fn answers(&self) -> Res {
        let rooms = self.rooms.iter().filter(|room| room.there && !room.failed);
        let rooms = rooms.filter_map(|room| Some((room.attempt, room.text?, false)));
        let copies = self
            .copies
            .iter()
            .map(|(attempt, text)| (*attempt, *text, true));
        Res::Found(rooms.chain(copies).collect())
    }

    fn replace(
        &mut self,
        who: usize,
        expected: Option<Symbol>,
        text: Option<Text>,
        fault: Fault,
        tables: &Tables,
    ) -> Res {
        let is_full = self.procs.get(who).is_some_and(|one| one.full > 0);
        if is_full || fault == Fault::Fails {
            return Res::Failed;
        }
        let own = self
            .record
            .map(|text| &tables.records[text as usize].write_id);
        let expected = expected.map(|id| &tables.symbols[id as usize]);
        if own != expected {
            return Res::Bool(false);
        }
        rules::written(self, who, text, tables);
        self.record = text;
        if let Some(text) = text {
            self.seen_on_disk(text, tables);
        }
        if fault == Fault::FailsAndDoes {
            return Res::Failed;
        }
        Res::Bool(true)
    }

    fn seen_on_disk(&mut self, text: Text, tables: &Tables) {
        self.durable |= tables.held[text as usize].0;
        for one in &mut self.procs {
            if one
                .holds
                .is_some_and(|number| self.durable & 1 << number != 0)
            {
                one.sent = false;
            }
        }
    }

    fn write(
        &mut self,
        who: usize,
        attempt: Symbol,
        text: Text,
        fault: Fault,
        tables: &Tables,
    ) -> Res {
        match fault {
            Fault::Full => self.procs[who].full = 1,
            Fault::FullEverywhere => self.procs[who].full = 2,
            _ => {}
        }
        if self.procs[who].full > 0 {
            // It stands as one that is frozen does.
            self.procs[who].slept.get_or_insert(self.now);
        }
        let failed = fault != Fault::None || self.procs[who].full > 0;
        if let Some(room) = self.room(attempt) {
            (room.text, room.failed) = (Some(text), failed);
            if room.there && !failed {
                self.seen_on_disk(text, tables);
            }
        }
        if failed { Res::Failed } else { Res::Done }
    }

    fn post(&mut self, who: usize, sent: Sent, fault: Fault, tables: &Tables) -> Res {
        if fault != Fault::NotSent {
            rules::sent(self, sent, tables);
        }
        let answer = match fault {
            Fault::NotSent => Answer::NotSent,
            Fault::NoAnswer => Answer::Unknown,
            Fault::Refused => Answer::Refused,
            _ => {
                let token = match sent {
                    Sent::Refresh(number) => self.server.refresh(number),
                    Sent::Code(code) => self.redeem(code),
                };
                match token {
                    _ if fault == Fault::AnswerLost => Answer::Unknown,
                    Some(token) => Answer::Token(token),
                    None => Answer::Refused,
                }
            }
        };
        self.procs[who].sent = true;
        self.procs[who].socket = Some(answer);
        Res::Done
    }

    fn redeem(&mut self, code: u8) -> Option<u8> {
        let redirect = &mut self.redirects[usize::from(code)];
        if std::mem::replace(&mut redirect.used, true) || redirect.over {
            let given = self.server.issued.iter();
            let given = given.filter(|one| one.code == Some(code));
            self.server.ended |= given.fold(0, |ended, one| ended | 1 << one.grant);
            return None;
        }
        Some(self.server.grant(Some(code)))
    }

    /// The call of `who` has ended.
    pub(super) fn ends(&mut self, who: usize, end: End, tables: &mut Tables) {
        rules::ended(self, who, end, tables);
        let process = &mut self.procs[who];
        (process.node, process.sent, process.holds) = (None, false, None);
        (process.looks, process.looked, process.slept) = (false, None, None);
        if let End::Got(text) = end {
            process.memory = Some(tables.memory(text));
        }
        debug_assert!(
            self.rooms
                .iter()
                .all(|room| room.holder != u8::try_from(who).ok())
        );
    }

    /// What must hold after every step.
    pub(super) fn check(&mut self, tables: &Tables) {
        rules::kept(self, tables);
    }
}
