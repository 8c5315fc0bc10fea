//! Where the code under test meets the explorer: time, chance, the texts of records, Pinterest. Without an explorer on
//! this thread each of them says so, and the real thing happens.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use super::run::{Run, Yield};
use super::steps::{Answer, Op, Res, Sent, Text};
use super::tables::Tables;
use crate::call::{Grant, TokenRequest};
use crate::error::{Error, Kind, Outcome};
use crate::secret::Secret;
use crate::token::Token;
use crate::tokens::record::Record;
use crate::tokens::sum::Sealed;
use crate::wire::Gate;

/// What an explorer has on its thread.
#[derive(Default)]
pub(super) struct Live {
    pub tables: Tables,
    pub run: Option<Run>,
}

thread_local! {
    static LIVE: RefCell<Option<Box<Live>>> = const { RefCell::new(None) };
}

/// Puts an explorer on this thread, or takes it away.
pub(super) fn set(live: Option<Box<Live>>) {
    LIVE.with(|cell| *cell.borrow_mut() = live);
}

pub(super) fn with<T>(body: impl FnOnce(&mut Live) -> T) -> Option<T> {
    LIVE.with(|cell| cell.borrow_mut().as_deref_mut().map(body))
}

fn with_run<T>(body: impl FnOnce(&mut Run) -> T) -> Option<T> {
    with(|live| live.run.as_mut().map(body)).flatten()
}

pub(crate) fn is_on() -> bool {
    with(|_| ()).is_some()
}

/// A moment that moves with the time of the machine.
pub(crate) fn instant() -> Option<Instant> {
    static BASE: OnceLock<Instant> = OnceLock::new();
    let boot = boot()?;
    let base = BASE.get_or_init(Instant::now);
    Some(*base + Duration::from_secs(boot.unsigned_abs()))
}

/// Seconds since the machine was started.
pub(crate) fn boot() -> Option<i64> {
    with_run(|run| run.boot)
}

/// The wall clock of the process that runs.
pub(super) fn wall() -> i64 {
    with_run(|run| run.wall).unwrap_or_default()
}

/// A caller who waits has ended: he comes again, or does not.
pub(crate) fn pause() {
    if with_run(Run::pauses).is_some() {
        std::panic::resume_unwind(Box::new(Yield));
    }
}

/// An id that no other history draws.
pub(crate) fn id() -> Option<String> {
    with_run(|run| {
        run.ids += 1;
        let mut hasher = DefaultHasher::new();
        (run.seed, run.ids).hash(&mut hasher);
        // The first digits decide how long a wait is: they are all alike.
        format!("{:012}{:016x}", 0, hasher.finish())
    })
}

/// A text that stands for the record.
pub(crate) fn written(record: &Record) -> Option<Sealed> {
    let text = with(|live| live.tables.text(record))?;
    Some(Sealed::stands_for(format!("#{text}"), &record.write_id))
}

/// The text of this number.
pub(super) fn sealed(text: Text) -> Sealed {
    let write_id = with(|live| live.tables.records[text as usize].write_id.clone()).unwrap();
    Sealed::stands_for(format!("#{text}"), &write_id)
}

/// The record for which the text stands.
pub(crate) fn read(text: &Sealed) -> Option<Record> {
    with(|live| Record::clone(&live.tables.records[number(text)? as usize]).into()).flatten()
}

/// The number of such a text.
pub(super) fn number(text: &Sealed) -> Option<u32> {
    text.text().strip_prefix('#')?.parse().ok()
}

/// The process tells what it does, and gets what comes of it.
pub(super) fn ask(op: Op) -> Res {
    match with(|live| Run::asked(live, op)).flatten() {
        Some(res) => res,
        None => std::panic::resume_unwind(Box::new(Yield)),
    }
}

/// What Pinterest answers.
pub(crate) fn answer(request: &TokenRequest, gate: &Arc<Gate>) -> Option<Result<Token, Error>> {
    is_on().then(|| {
        gate()?;
        let number = |secret: &Secret| secret.expose()[1..].parse().unwrap();
        let sent = match request.grant() {
            Grant::RefreshToken { refresh_token, .. } => Sent::Refresh(number(refresh_token)),
            Grant::AuthorizationCode { code, .. } => Sent::Code(number(code)),
            Grant::ClientCredentials { .. } => unreachable!(),
        };
        ask(Op::Post(sent));
        let Res::Answer(answer) = ask(Op::Answer) else {
            unreachable!()
        };
        match answer {
            Answer::Token(token) => Ok(super::server::token(token, wall())),
            Answer::Refused => Err(Error::new(Kind::InvalidGrant, Outcome::Rejected, "283")),
            Answer::NotSent => Err(Error::new(Kind::Connect, Outcome::NotSent, "not sent")),
            Answer::Unknown => Err(Error::new(Kind::Timeout, Outcome::Unknown, "no answer")),
        }
    })
}
