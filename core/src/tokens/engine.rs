//! One refresh, from the first look to the durable token: the rules of `plan` over a store and a client (R1 to R13). It
//! blocks the calling thread; who may wait for whom within one process belongs to `account`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::clock::{Clock, Since, instant, pause};
use super::disk::Disk;
use super::plan::failed::{After, failed};
use super::plan::hold::{AppRecord, Held};
use super::plan::merge::{Issued, Merged, merge};
use super::plan::time::{Now, RESERVE, is_valid};
use super::plan::{Step, Why, Wish, claim, claim_again, is_mine, remembered, step};
use super::record::{Lease, Owner, Record, State};
use super::store::{Holder, Name, Room, Store};
use super::sum::random_id;
use crate::call::TokenRequest;
use crate::drive::blocking::Client;
use crate::error::{Error, Kind, Outcome};
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::token::Token;
use crate::wire::Gate;

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
        let name = owner.name();
        let mut started_at = None;
        loop {
            let record = match self.look(&name, memory) {
                Ok(Some(record)) => record,
                Ok(None) if owner.scopes.is_some() => Record::new(self.store.id(), owner.clone()),
                Ok(None) => return Err(self.unknown(owner)),
                Err(error) => return self.despite(error, memory, wish),
            };
            let now = self.clock.now();
            let base = *started_at.get_or_insert(record.generation);
            // Another one refreshed while this caller waited: what was wished for has come.
            let wish = if record.generation > base {
                Wish::default()
            } else {
                wish
            };
            let attempt = record.attempt.as_ref();
            let holder = attempt.map_or(Holder::Unknown, |own| self.store.holder(&name, &own.id));
            let (app, held) = self.held(owner, &now);
            let until = match held {
                Held::Until(until) => Some(until),
                Held::Free | Held::Probe => None,
            };
            let candidate = match step(&record, holder, until, wish, &now) {
                Step::HandOut => return Ok(Got::of(record)),
                Step::Unknown => return Err(self.unknown(owner)),
                Step::LogIn => return Err(remembered::log_in(&record, &now)),
                Step::Told { retry_at } => {
                    return Err(told(&record, app.as_ref(), retry_at, &now));
                }
                Step::Wait { until, why } => {
                    if let Some(error) = wait(&record, until, why, deadline, &now) {
                        return self.despite(error, Some(&Arc::new(record)), wish);
                    }
                    continue;
                }
                Step::Send { candidate } => Some(candidate),
                Step::Grant => None,
            };
            if held == Held::Probe && !self.claim_probe(owner, app, &now) {
                continue;
            }
            if let Some(got) = self.send(owner, &record, candidate, wish)? {
                return Ok(got);
            }
        }
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
            let Some(text) = self.store.load(name)? else {
                return Ok(None);
            };
            let record = self.read(name, &text)?;
            match self.take_in(name, &record, memory, false)? {
                None => return Ok(Some(record)),
                Some(Taken::Committed | Taken::Overtaken) => {}
                // A store that cannot be written: the token is served all the same.
                Some(Taken::Unwritten(record)) => return Ok(Some(*record)),
            }
        }
    }

    /// The record of a stored text.
    pub(crate) fn read(&self, name: &Name, text: &Secret) -> Result<Record, Error> {
        let record = Record::from_text(text)
            .map_err(|problem| Error::store_unavailable("store", problem))?;
        if record.owner.name() != *name || record.store != self.store.id() {
            let problem = "holds the record of another account or store under this name";
            return Err(Error::store_unavailable("store", problem));
        }
        Ok(record)
    }

    /// Takes over what lies about: answers in attempt files and copies, and what this process remembers.
    pub(crate) fn take_in(
        &self,
        name: &Name,
        record: &Record,
        memory: Option<&Arc<Record>>,
        all: bool,
    ) -> Result<Option<Taken>, Error> {
        let now = self.clock.now();
        let all = all || record.trouble.is_some();
        for found in self.store.answers(name, &record.attempts(), all) {
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
        let newer = memory
            .filter(|known| known.grant == record.grant && known.generation > record.generation);
        if let Some(issued) = newer.and_then(|known| Issued::of(known, None))
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

    /// Sends a refresh, or asks for a token of the app (R6 to R13). `None`: somebody was faster, look again.
    fn send(
        self: &Arc<Self>,
        owner: &Owner,
        record: &Record,
        mut candidate: Option<usize>,
        wish: Wish,
    ) -> Result<Option<Got>, Error> {
        let name = &owner.name();
        let since = Since::now(&self.clock);
        let known = Arc::new(record.clone());
        if !record.writable {
            let problem = "was written by a newer version of this library: this one only reads it";
            let error = Error::store_unavailable("store", problem);
            return self.despite(error, Some(&known), wish).map(Some);
        }
        // What lies about unnamed is better than a refresh.
        match self.take_in(name, record, None, true)? {
            None => {}
            Some(Taken::Committed | Taken::Overtaken) => return Ok(None),
            Some(Taken::Unwritten(record)) => {
                let error = Error::store_unavailable("store", "cannot be written");
                return self
                    .despite(error, Some(&Arc::new(*record)), wish)
                    .map(Some);
            }
        }
        let id = random_id()?;
        let mut room = match self.store.reserve(name, &id) {
            Ok(room) => room,
            Err(error) => return self.despite(error, Some(&known), wish).map(Some),
        };
        let now = self.clock.now();
        let mut intent = claim(record, candidate, &id, self.lease(&now), wish, &now)?;
        match self
            .store
            .commit(name, record.stored_id(), &intent.to_text())
        {
            Ok(true) => {}
            Ok(false) => {
                room.discard();
                return Ok(None);
            }
            Err(error) => {
                // The record may show the intent and not be durable.
                self.give_up(name, &id);
                room.discard();
                return self.despite(error, Some(&known), wish).map(Some);
            }
        }
        loop {
            let sent = candidate.and_then(|index| intent.candidates.get(index));
            let sent = sent.map(|candidate| candidate.refresh_token.clone());
            let closed = Arc::new(AtomicBool::new(false));
            let gate = self.gate(name, &intent, &id, &since, &closed);
            let result = self
                .request(owner, &intent, sent.as_ref())
                .and_then(|request| self.ask(&request, gate));
            if closed.load(Ordering::Relaxed) {
                self.give_up(name, &id);
                room.discard();
                return Ok(None);
            }
            match result {
                Ok(token) => {
                    let issued = Issued {
                        token,
                        grant: intent.grant.clone(),
                        login_at: intent.login_at,
                        generation: intent.generation.saturating_add(1),
                        attempt: Some(id),
                        login: false,
                    };
                    let kept = self.keep(name, &intent, issued, room).map(Some);
                    // Only now: nothing comes between an answer and the disk.
                    self.freed(owner);
                    return kept;
                }
                Err(error) => {
                    self.hold(owner, &error);
                    match self.after(name, &id, sent.as_ref(), &error, &mut *room)? {
                        Next::Moved => {
                            room.discard();
                            return Ok(None);
                        }
                        Next::Told(record) => {
                            // What no commit took lies in the room, for whoever comes next.
                            if record.is_some() {
                                room.discard();
                            }
                            return self.outcome(record, error, wish);
                        }
                        Next::Another(record, index) => {
                            (intent, candidate) = (*record, Some(index));
                        }
                    }
                }
            }
        }
    }

    /// Makes the call; `gate` is asked before its first byte.
    pub(crate) fn ask(&self, request: &TokenRequest, gate: Arc<Gate>) -> Result<Token, Error> {
        #[cfg(test)]
        if let Some(answer) = super::explore::hook::answer(request, &gate) {
            return answer;
        }
        self.client.run_gated(request, Some(gate))
    }

    /// The request of a refresh, or of a token of the app.
    fn request(
        &self,
        owner: &Owner,
        record: &Record,
        sent: Option<&Secret>,
    ) -> Result<TokenRequest, Error> {
        let Some(sent) = sent else {
            let scopes = Scopes::parse(owner.scopes.as_deref().unwrap_or_default());
            let request = TokenRequest::client_credentials();
            return if scopes.is_empty() {
                Ok(request)
            } else {
                request.scope(scopes)
            };
        };
        let current = record.token.as_ref();
        match current.filter(|token| token.refresh_token.as_ref() == Some(sent)) {
            Some(token) => TokenRequest::refresh(token),
            None => Ok(TokenRequest::refresh_token(sent.clone())),
        }
    }

    /// Asked before the first byte: in time, still mine, and nothing has been found meanwhile (R7).
    fn gate(
        self: &Arc<Self>,
        name: &Name,
        intent: &Record,
        id: &str,
        since: &Since,
        closed: &Arc<AtomicBool>,
    ) -> Arc<Gate> {
        let engine = Arc::clone(self);
        let (name, id, since, closed) = (
            name.clone(),
            id.to_owned(),
            since.clone(),
            Arc::clone(closed),
        );
        let lasts = intent.attempt.as_ref().map_or(0, |own| own.lease.lasts);
        let limit = lasts.saturating_sub(RESERVE);
        Arc::new(move || {
            let in_time = || since.seconds().is_some_and(|passed| passed <= limit);
            let mine = || {
                let text = engine.store.load(&name).ok()??;
                let record = engine.read(&name, &text).ok()?;
                let own = is_mine(&record, &id)
                    && engine.take_in(&name, &record, None, true).ok()?.is_none();
                Some(own)
            };
            // The time comes last: who was frozen while he looked has seen what no longer counts.
            if mine() == Some(true) && in_time() {
                return Ok(());
            }
            closed.store(true, Ordering::Relaxed);
            let message = "another refresh was found before this one was sent";
            Err(Error::new(Kind::StoreBusy, Outcome::NotSent, message))
        })
    }

    /// Makes the token durable, then puts it in the record's place (R9).
    pub(crate) fn keep(
        self: &Arc<Self>,
        name: &Name,
        intent: &Record,
        issued: Issued,
        mut room: Box<dyn Room>,
    ) -> Result<Got, Error> {
        let now = self.clock.now();
        let next = match merge(intent, &issued, &now)? {
            Merged::Changed(next) => *next,
            Merged::Known | Merged::Foreign => intent.clone(),
        };
        if room.write(&next.to_text()).is_err() {
            return self.keep_elsewhere(name, next, issued, room);
        }
        match room.put(&intent.write_id) {
            Ok(true) => Ok(Got::of(next)),
            Ok(false) => match self.settle(name, &issued) {
                Ok(Some(record)) => {
                    room.discard();
                    Ok(Got::of(record))
                }
                Ok(None) => {
                    room.discard();
                    Err(self.unknown(&intent.owner))
                }
                Err(_) => Ok(self.left(name, next, &issued)),
            },
            Err(_) => Ok(self.left(name, next, &issued)),
        }
    }

    /// The answer lies where everybody finds it; where somebody has taken its file away, it is kept elsewhere.
    fn left(&self, name: &Name, next: Record, issued: &Issued) -> Got {
        let attempt = issued.attempt.clone().unwrap_or_default();
        let found = self.store.answers(name, &[attempt.as_str()], false);
        if found.iter().all(|found| found.attempt != attempt) && self.settle(name, issued).is_err()
        {
            // It was durable once, and this process remembers it.
            let _ = self.store.copy(name, &attempt, &next.to_text());
        }
        Got::of(next)
    }

    /// Brings a token into its record, whatever became of that meanwhile. `None` where the record is gone.
    pub(crate) fn settle(&self, name: &Name, issued: &Issued) -> Result<Option<Record>, Error> {
        loop {
            let Some(text) = self.store.load(name)? else {
                return Ok(None);
            };
            let record = self.read(name, &text)?;
            match merge(&record, issued, &self.clock.now())? {
                Merged::Known | Merged::Foreign => {
                    return Ok(record.token.is_some().then_some(record));
                }
                Merged::Changed(next) => {
                    let expected = Some(record.write_id.as_str());
                    if self.store.commit(name, expected, &next.to_text())? {
                        return Ok(Some(*next));
                    }
                }
            }
        }
    }

    /// The room did not take the token: a commit, a copy, or memory, which is asked again until the store takes it.
    fn keep_elsewhere(
        self: &Arc<Self>,
        name: &Name,
        next: Record,
        issued: Issued,
        room: Box<dyn Room>,
    ) -> Result<Got, Error> {
        for _ in 0..3 {
            match self.settle(name, &issued) {
                Ok(Some(record)) => return Ok(Got::of(record)),
                Ok(None) => return Err(self.unknown(&next.owner)),
                Err(_) => {}
            }
        }
        let attempt = issued.attempt.clone().unwrap_or_default();
        if self.store.copy(name, &attempt, &next.to_text()).is_ok() {
            return Ok(Got::of(next));
        }
        self.keep_trying(Unsaved {
            name: name.clone(),
            issued,
            room: Some(room),
        });
        Err(Error::new(
            Kind::NotSaved,
            Outcome::Unknown,
            "Pinterest issued a token, and no disk took it; this process keeps it and tries again every 5 seconds",
        ))
    }

    /// What a failure leaves in the record, where the attempt is still this one's.
    fn after(
        &self,
        name: &Name,
        id: &str,
        sent: Option<&Secret>,
        error: &Error,
        room: &mut dyn Room,
    ) -> Result<Next, Error> {
        let mut looked = false;
        loop {
            let Some(text) = self.store.load(name)? else {
                return Ok(Next::Moved);
            };
            let record = self.read(name, &text)?;
            if !is_mine(&record, id) {
                return Ok(Next::Moved);
            }
            let now = self.clock.now();
            let (next, another) = match failed(&record, sent, error, looked, &now)? {
                After::Look => {
                    looked = true;
                    if self.take_in(name, &record, None, true)?.is_some() {
                        return Ok(Next::Moved);
                    }
                    continue;
                }
                After::Told(next) => (next, None),
                After::Another(next, index) => {
                    let token = next.candidates.get(index);
                    let token = token.map(|candidate| candidate.refresh_token.clone());
                    let token = token.unwrap_or_default();
                    let next = claim_again(&next, &token, self.lease(&now), &now)?;
                    (Box::new(next), Some(index))
                }
            };
            let mut next = next;
            next.follows = Some(record.write_id.clone());
            match self
                .store
                .commit(name, Some(&record.write_id), &next.to_text())
            {
                Ok(true) => {
                    return Ok(match another {
                        Some(index) => Next::Another(next, index),
                        None => Next::Told(Some(next)),
                    });
                }
                Ok(false) => {}
                Err(_) => {
                    // A cool-down that no commit took is not forgotten: whoever takes over finds it.
                    let _ = room.write(&next.to_text());
                    return Ok(Next::Told(None));
                }
            }
        }
    }

    /// What a caller gets whose refresh failed: the token while it lives, else the failure. `None`: the rules say what
    /// comes next, as a second asking.
    fn outcome(
        &self,
        record: Option<Box<Record>>,
        error: Error,
        wish: Wish,
    ) -> Result<Option<Got>, Error> {
        let now = self.clock.now();
        let Some(record) = record else {
            return Err(error);
        };
        let wanted = wish.force || wish.rejected.is_some();
        if !wanted && is_valid(&record, &now) {
            return Ok(Some(Got::of(*record)));
        }
        if error.kind() != Kind::InvalidGrant {
            return Err(error);
        }
        if !wish.force {
            return Ok(None);
        }
        match &record.trouble {
            Some(trouble) if record.state != State::NeedsLogin => {
                Err(remembered::told(trouble, trouble.retry_at, &now))
            }
            _ => Err(remembered::log_in(&record, &now)),
        }
    }

    /// Clears an attempt of this process before anything was sent.
    fn give_up(&self, name: &Name, id: &str) {
        // What stays behind is taken over by the next one.
        let _ = (|| {
            let text = self.store.load(name).ok()??;
            let mut record = self.read(name, &text).ok()?;
            let expected = record.write_id.clone();
            if is_mine(&record, id) {
                record.attempt = None;
                let next = record.next(self.clock.wall()).ok()?;
                self.store
                    .commit(name, Some(&expected), &next.to_text())
                    .ok()?;
            }
            Some(())
        })();
    }

    /// The token that is known, where the store cannot be used and it still lives; else the error.
    fn despite(&self, error: Error, known: Option<&Arc<Record>>, wish: Wish) -> Result<Got, Error> {
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

    pub(crate) fn lease(&self, now: &Now) -> Lease {
        let timeout = self.client.checked().timeout.as_secs().saturating_add(1);
        Lease::new(now, i64::try_from(timeout).unwrap_or(i64::MAX))
    }
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

enum Next {
    Told(Option<Box<Record>>),
    Another(Box<Record>, usize),
    Moved,
}
