//! What the token manager needs of a place where tokens are kept. The rules are told without it, in `plan`.
//!
//! A store keeps texts under names. Each text is sealed with a checksum and carries a write id (`sum`); a text is replaced
//! only where it still has the write id that the writer has read. That comparison is the only fence: locks that a store
//! holds besides never outlast it.

use std::collections::HashSet;

use super::sum::Sealed;
use crate::error::Error;

/// The name of a text: which record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name {
    /// SHA-256 of what the record is of, 64 hexadecimal digits.
    pub hash: String,
    pub kind: NameKind,
}

/// What a record is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum NameKind {
    /// One account, or one token of the app itself: listed.
    Record,
    /// What concerns all accounts of an app: not listed.
    App,
}

/// What is known of the holder of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// It has the lock of its attempt.
    Alive,
    /// Its lock can be taken: it is gone.
    Dead,
    /// Nothing: the attempt cannot be found or asked. This proves nothing.
    Unknown,
}

/// A whole answer that somebody has written and perhaps not put in its record's place.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The id of its attempt.
    pub attempt: String,
    pub text: Sealed,
    /// Where it lies, for the store alone.
    pub place: std::path::PathBuf,
}

/// A place where records are kept. All of it blocks the calling thread, for a few milliseconds where nothing is wrong.
pub(crate) trait Store: Send + Sync {
    /// The random id of this store.
    fn id(&self) -> &str;

    /// The text under `name`, its checksum right; `None` where there is none.
    ///
    /// # Errors
    /// `store_unavailable`, also for what is damaged.
    fn load(&self, name: &Name) -> Result<Option<Sealed>, Error>;

    /// Puts `text` under `name` if what is there has the write id `expected` (`None`: if nothing is there). `false`
    /// where it has not. Durable when it returns `true`.
    ///
    /// # Errors
    /// `store_unavailable`; `store_busy` when another process has the place for over five seconds.
    fn commit(&self, name: &Name, expected: Option<&str>, text: &Sealed) -> Result<bool, Error>;

    /// Takes away what is under `name` if it has the write id `expected`, with every attempt and copy of it.
    ///
    /// # Errors
    /// As [`Store::commit`].
    fn remove(&self, name: &Name, expected: &str) -> Result<bool, Error>;

    /// The names of all records, in no order, each once. No snapshot: what is written meanwhile may be missing.
    ///
    /// # Errors
    /// `store_unavailable`.
    fn list(&self) -> Result<Vec<Name>, Error>;

    /// Makes room for the answer of a new attempt, and holds its lock. Durable with [`Room::claim`].
    ///
    /// # Errors
    /// `store_unavailable`: no room, or no leave to write. Nothing is left behind then.
    fn reserve(&self, name: &Name, attempt: &str) -> Result<Box<dyn Room>, Error>;

    /// What is known of who holds `attempt`.
    fn holder(&self, name: &Name, attempt: &str) -> Holder;

    /// Whole answers for `name`: of its attempts, also of those that nobody names, and copies elsewhere. What cannot be
    /// read is left out.
    fn answers(&self, name: &Name) -> Vec<Found>;

    /// The names of all records of which an attempt or a copy lies somewhere. What comes meanwhile may be missing.
    ///
    /// # Errors
    /// `store_unavailable`.
    fn with_attempts(&self) -> Result<HashSet<Name>, Error>;

    /// Takes an answer away that a durable record holds, or that belongs to none any more.
    fn forget(&self, name: &Name, found: &Found);

    /// Keeps `text`, which no commit took, wherever there is room besides the attempt's own.
    ///
    /// # Errors
    /// `store_unavailable` where no place takes it.
    fn copy(&self, name: &Name, attempt: &str, text: &Sealed) -> Result<(), Error>;
}

/// Room for the answer of one attempt, reserved before anything is sent. Its lock is held until it is dropped; dropping
/// it leaves a whole answer where it is, and takes empty room away.
pub(crate) trait Room: Send {
    /// [`Store::commit`] of `intent`, which names this attempt. When it returns `true`, the room is durable as well.
    ///
    /// # Errors
    /// As [`Store::commit`].
    fn claim(&mut self, expected: Option<&str>, intent: &Sealed) -> Result<bool, Error>;

    /// Writes `text` into the room. Durable when it returns: the token may be handed out. No lock is needed, and nothing
    /// is opened.
    ///
    /// # Errors
    /// `store_unavailable`; the room may not be used again.
    fn write(&mut self, text: &Sealed) -> Result<(), Error>;

    /// Puts what was written in the place of the record, if that has still the write id `expected`. `false` where it has
    /// not, or where somebody has taken the written answer away.
    ///
    /// # Errors
    /// As [`Store::commit`].
    fn put(&mut self, expected: &str) -> Result<bool, Error>;

    /// Takes the room away: its answer is of no use, or in a durable record.
    fn discard(&mut self);
}
