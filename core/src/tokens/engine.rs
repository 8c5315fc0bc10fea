//! One refresh, from the first look to the durable token: the rules of `plan` over a store and a client (R1 to R13). It
//! blocks the calling thread; who may wait for whom within one process belongs to `account`.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::clock::{Clock, instant, pause};
use super::disk::Disk;
use super::plan::hold::{AppRecord, Held};
use super::plan::merge::{Issued, Merged, merge};
use super::plan::time::{Now, is_valid};
use super::plan::{Step, Why, Wish, remembered, step};
use super::record::{Lease, Owner, Record};
use super::store::{Holder, Name, Room, Store};
use super::sum::Sealed;
use crate::drive::blocking::Client;
use crate::error::Error;

/// How long a caller sleeps before it looks again at what another process does.
const POLL: Duration = Duration::from_millis(50);

/// A store, and the client that fills it.
pub(crate) struct Engine {
    pub store: Arc<dyn Store>,
    /// The same, where it is on a disk: what is looked after there.
    pub disk: Option<Arc<Disk>>,
    pub client: Client,
    pub clock: Clock,
    /// What messages call the store: where it is, and who looks.
    pub place: String,
    pub unsaved: Mutex<Vec<Unsaved>>,
}

/// A token that no disk took: it is in memory alone.
pub(crate) struct Unsaved {
    pub name: Name,
    pub issued: Issued,
    /// Keeps the lock of the attempt.
    pub room: Option<Box<dyn Room>>,
}

/// What a caller knows of what lies beside a record, apart from it: answers and copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Nobody has looked.
    Unknown,
    /// What was found was taken over, or no record takes it.
    Seen,
    /// There was nothing when the record was already as it is: no attempt that was sent since could have left something.
    Nothing,
}

/// How a caller came to its token.
#[derive(Debug, Clone)]
pub(crate) struct Got {
    pub record: Arc<Record>,
}

impl Got {
    pub(crate) fn of(record: Record) -> Self {
        Self {
            record: Arc::new(record),
        }
    }
}

impl Engine {
    /// The token of `owner`, refreshed where that is due or wished for.
    ///
    /// # Errors
    /// Any kind; what the last failure left is told again until its time is over.
    pub(crate) fn obtain(
        self: &Arc<Self>,
        owner: &Owner,
        memory: Option<&Arc<Record>>,
        wish: Wish,
        deadline: Instant,
    ) -> Result<Got, Error> {
        let (mut started_at, mut beside) = (None, Beside::Unknown);
        loop {
            let found = match beside {
                Beside::Unknown => self.load(owner.name()),
                _ => self.look(owner.name(), memory),
            };
            let record = match found {
                Ok(Some(record)) => record,
                Ok(None) if owner.scopes().is_some() => {
                    beside = Beside::Seen;
                    Record::new(self.store.id(), owner.clone())
                }
                Ok(None) => return Err(self.unknown(owner)),
                Err(error) => return self.despite(error, memory, wish),
            };
            let base = *started_at.get_or_insert(record.generation);
            // Another one refreshed while this caller waited: what was wished for has come.
            let wish = if record.generation > base {
                Wish::default()
            } else {
                wish
            };
            let record = Arc::new(record);
            if let Some(got) = self.turn(owner, &record, memory, beside, wish, deadline)? {
                return Ok(got);
            }
            // Something was found, which perhaps no record takes.
            beside = Beside::Seen;
        }
    }

    /// Does what the rules say of a record, after a look where nobody has looked. `None`: look again.
    pub(crate) fn turn(
        self: &Arc<Self>,
        owner: &Owner,
        record: &Arc<Record>,
        memory: Option<&Arc<Record>>,
        beside: Beside,
        wish: Wish,
        deadline: Instant,
    ) -> Result<Option<Got>, Error> {
        let now = self.clock.now();
        let attempt = record.attempt.as_ref();
        let holder = attempt.map_or(Holder::Unknown, |own| {
            self.store.holder(owner.name(), &own.id)
        });
        let (app, held) = self.held(owner, &now);
        let until = match held {
            Held::Until(until) => Some(until),
            Held::Free | Held::Probe => None,
        };
        let step = step(record, holder, until, wish, &now);
        // Whoever sends looks before the first byte (R7). What an attempt of this record may have left is seen before, and
        // what this process remembers.
        let sends = matches!(step, Step::Send { .. } | Step::Grant);
        let looks_later = sends && record.attempts().is_empty() && newer(memory, record).is_none();
        if beside == Beside::Unknown && !looks_later {
            match self.take_in(owner.name(), record, memory)? {
                None => {}
                Some(Taken::Committed | Taken::Overtaken) => return Ok(None),
                Some(Taken::Unwritten(record)) => {
                    let record = Arc::from(record);
                    return self.turn(owner, &record, None, Beside::Seen, wish, deadline);
                }
            }
        }
        let candidate = match step {
            Step::HandOut => {
                let record = Arc::clone(record);
                return Ok(Some(Got { record }));
            }
            Step::Unknown => return Err(self.unknown(owner)),
            Step::LogIn => return Err(remembered::log_in(record, &now)),
            Step::Told { retry_at } => return Err(told(record, app.as_ref(), retry_at, &now)),
            Step::Wait { until, why } => {
                return match wait(record, until, why, deadline, &now) {
                    Some(error) => self.despite(error, Some(record), wish).map(Some),
                    None => Ok(None),
                };
            }
            Step::Send { candidate } => Some(candidate),
            Step::Grant => None,
        };
        let is_held = app.as_ref().is_some_and(|app| app.hold.is_some());
        if held == Held::Probe && !self.claim_probe(owner, app, &now) {
            return Ok(None);
        }
        self.send(owner, record, candidate, wish, beside, is_held)
    }

    /// The record, with every answer that was found taken over (R2).
    ///
    /// # Errors
    /// `store_unavailable`.
    pub(crate) fn look(
        &self,
        name: &Name,
        memory: Option<&Arc<Record>>,
    ) -> Result<Option<Record>, Error> {
        loop {
            let Some(record) = self.load(name)? else {
                return Ok(None);
            };
            match self.take_in(name, &record, memory)? {
                None => return Ok(Some(record)),
                Some(Taken::Committed | Taken::Overtaken) => {}
                // A store that cannot be written: the token is served all the same.
                Some(Taken::Unwritten(record)) => return Ok(Some(*record)),
            }
        }
    }

    /// The record as it is stored.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub(crate) fn load(&self, name: &Name) -> Result<Option<Record>, Error> {
        let text = self.store.load(name)?;
        text.map(|text| self.read(name, &text)).transpose()
    }

    /// The record of a stored text.
    pub(crate) fn read(&self, name: &Name, text: &Sealed) -> Result<Record, Error> {
        let record = Record::from_text(text)
            .map_err(|problem| Error::store_unavailable("store", problem))?;
        if record.owner.name() != name || record.store != self.store.id() {
            let problem = "holds the record of another account or store under this name";
            return Err(Error::store_unavailable("store", problem));
        }
        Ok(record)
    }

    /// Takes over what lies about: answers in attempt files, whether the record names them or not, and copies; then what
    /// this process remembers, which knows less of how it was asked for. An answer that the record holds already is taken
    /// away: the store must hold the record.
    ///
    /// # Errors
    /// `internal`.
    pub(crate) fn take_in(
        &self,
        name: &Name,
        record: &Record,
        memory: Option<&Arc<Record>>,
    ) -> Result<Option<Taken>, Error> {
        let now = self.clock.now();
        for found in self.store.answers(name) {
            let Ok(answer) = self.read(name, &found.text) else {
                continue;
            };
            // The very next text of this record, whole and not yet in its place.
            let next = if answer.follows.as_ref() == Some(&record.write_id) {
                answer
            } else {
                let Some(issued) = Issued::of(&answer, Some(&found.attempt)) else {
                    continue;
                };
                match merge(record, &issued, &now)? {
                    Merged::Changed(next) => *next,
                    Merged::Known => {
                        self.store.forget(name, &found);
                        continue;
                    }
                    Merged::Foreign => continue,
                }
            };
            let taken = self.take_over(name, record, next);
            if matches!(taken, Taken::Committed) {
                self.store.forget(name, &found);
            }
            return Ok(Some(taken));
        }
        if let Some(issued) = newer(memory, record).and_then(|known| Issued::of(known, None))
            && let Merged::Changed(next) = merge(record, &issued, &now)?
        {
            return Ok(Some(self.take_over(name, record, *next)));
        }
        Ok(None)
    }

    fn take_over(&self, name: &Name, record: &Record, next: Record) -> Taken {
        match self
            .store
            .commit(name, Some(&record.write_id), &next.to_text())
        {
            Ok(true) => Taken::Committed,
            Ok(false) => Taken::Overtaken,
            Err(_) => Taken::Unwritten(Box::new(next)),
        }
    }

    /// The token that is known, where the store cannot be used and it still lives; else the error.
    pub(crate) fn despite(
        &self,
        error: Error,
        known: Option<&Arc<Record>>,
        wish: Wish,
    ) -> Result<Got, Error> {
        let now = self.clock.now();
        let wanted = wish.force || wish.rejected.is_some();
        match known.filter(|record| !wanted && is_valid(record, &now)) {
            Some(record) => Ok(Got {
                record: Arc::clone(record),
            }),
            None => Err(error),
        }
    }

    /// `unknown_account`, with the store that was looked in and who looked (E42).
    pub(crate) fn unknown(&self, _: &Owner) -> Error {
        remembered::unknown(format!("{} has no such account", self.place))
    }

    /// A lease for a call with the client's deadline.
    pub(crate) fn lease(&self, now: &Now) -> Lease {
        self.lease_for(self.client.checked().timeout, now)
    }

    /// A lease for a call with this deadline.
    pub(crate) fn lease_for(&self, timeout: Duration, now: &Now) -> Lease {
        let timeout = timeout.as_secs().saturating_add(1);
        Lease::new(now, i64::try_from(timeout).unwrap_or(i64::MAX))
    }
}

/// What this process remembers, where that is newer than the record: an earlier one was put in its place, or a store did
/// not take the token.
fn newer<'a>(memory: Option<&'a Arc<Record>>, record: &Record) -> Option<&'a Arc<Record>> {
    memory.filter(|known| known.grant == record.grant && known.generation > record.generation)
}

/// Sleeps until it is time to look again; the error where the caller has no more time.
fn wait(record: &Record, until: i64, why: Why, deadline: Instant, now: &Now) -> Option<Error> {
    let left = deadline.saturating_duration_since(instant());
    if left.is_zero() {
        let message = match why {
            Why::Refreshing => "another process has refreshed this account all the time",
            Why::Doubt => remembered::DOUBT,
        };
        return Some(remembered::busy(
            message,
            record.trouble.as_ref(),
            until,
            now,
        ));
    }
    pause(POLL.min(left));
    None
}

/// The failure that is remembered: that of the app's hold, or that of the record.
fn told(record: &Record, app: Option<&AppRecord>, retry_at: i64, now: &Now) -> Error {
    let hold = app.and_then(|app| app.hold.as_ref());
    let held = hold.map(|hold| &hold.trouble);
    match held.or(record.trouble.as_ref()) {
        Some(trouble) => remembered::told(trouble, retry_at, now),
        None => {
            let message = "the token was obtained less than a minute ago";
            remembered::busy(message, None, retry_at, now)
        }
    }
}

/// What became of an answer that was found.
pub(crate) enum Taken {
    Committed,
    /// Somebody else has changed the record.
    Overtaken,
    Unwritten(Box<Record>),
}

#[cfg(test)]
mod tests;
