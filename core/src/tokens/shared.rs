//! What all handles of one account share in a process: the cached token, and who is at work for it (R1, D11).
//!
//! A cached token is read without a system call: a read lock that is never waited for, and two clocks. A child that was
//! forked while the lock was held finds it held for ever, and goes the longer way, whose state each process has for
//! itself.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::clock::Clock;
use super::engine::{Engine, Got};
use super::plan::Wish;
use super::plan::remembered;
use super::plan::time::{Now, due_at, expires_at, is_urgent, is_valid};
use super::record::{Owner, Record};
use super::running::Running;
use crate::error::{Error, Kind};
use crate::process::{PerProcess, lock};
use crate::secret::Secret;
use crate::shield::{shield, spawn};

/// How long a cached token is handed out before the store is asked whether it is still the one.
const LOOK_AGAIN: i64 = 60;

/// Who is told when the work under way ends.
type Waiter = Box<dyn FnOnce(Result<Got, Error>) + Send>;

/// A token as it was last seen.
pub(crate) struct Snapshot {
    pub record: Arc<Record>,
    access_token: Secret,
    /// Until when nobody has to look; Unix seconds.
    quiet_until: i64,
    expires_at: Option<i64>,
    seen_at: i64,
    seen: Instant,
    /// Whoever stores another token or hears that this one was rejected says so here.
    retired: AtomicBool,
}

/// One account in one process, and what its children inherit.
pub(crate) struct Shared {
    pub owner: Owner,
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    own: PerProcess<Own>,
}

/// What each process has for itself.
#[derive(Default)]
struct Own {
    flight: Mutex<Flight>,
    ended: Condvar,
    snapshot: RwLock<Option<Arc<Snapshot>>>,
}

/// The work under way.
#[derive(Default)]
struct Flight {
    busy: bool,
    /// How many have ended, and how the last one did.
    ended: u64,
    last: Option<Result<Got, Error>>,
    waiters: Vec<Waiter>,
}

impl Shared {
    pub(crate) fn new(owner: Owner) -> Self {
        Self {
            owner,
            snapshot: RwLock::new(None),
            own: PerProcess::new(),
        }
    }

    /// The cached access token, while nobody has to look: no system call.
    pub(crate) fn cached(&self, clock: &Clock) -> Option<Secret> {
        let snapshot = self.snapshot.try_read().ok()?;
        let snapshot = snapshot.as_ref()?;
        snapshot
            .is_fresh(clock)
            .then(|| snapshot.access_token.clone())
    }

    /// The cached record, while nobody has to look.
    pub(crate) fn cached_record(&self, clock: &Clock) -> Option<Arc<Record>> {
        let snapshot = self.known()?;
        snapshot
            .is_fresh(clock)
            .then(|| Arc::clone(&snapshot.record))
    }

    /// The cached access token while it is valid, never I/O.
    pub(crate) fn now(&self, clock: &Clock) -> Option<Secret> {
        let good = |snapshot: &Arc<Snapshot>| {
            let valid = snapshot.expires_at.is_none_or(|at| clock.wall() < at);
            valid && !snapshot.retired.load(Ordering::Relaxed)
        };
        // Another thread may put a newer one in its place between the look and the question.
        let snapshot = self.known().filter(good);
        let snapshot = snapshot.or_else(|| self.known().filter(good))?;
        Some(snapshot.access_token.clone())
    }

    /// What was last seen, fresh or not.
    fn known(&self) -> Option<Arc<Snapshot>> {
        // One that is out of use may have a newer one beside it, for which there was no place while others read.
        if let Ok(snapshot) = self.snapshot.try_read()
            && let Some(snapshot) = &*snapshot
            && !snapshot.retired.load(Ordering::Relaxed)
        {
            return Some(Arc::clone(snapshot));
        }
        let own = self.own.get().snapshot.read();
        let own = own.unwrap_or_else(PoisonError::into_inner).clone();
        own.or_else(|| self.snapshot.try_read().ok()?.clone())
    }

    /// Keeps what was seen, and takes what was before out of use.
    pub(crate) fn see(&self, record: &Arc<Record>, clock: &Clock) {
        let snapshot = Snapshot::new(record, clock).map(Arc::new);
        let old = self.known();
        let own = &self.own.get().snapshot;
        own.write()
            .unwrap_or_else(PoisonError::into_inner)
            .clone_from(&snapshot);
        if let Ok(mut place) = self.snapshot.try_write() {
            *place = snapshot;
        }
        if let Some(old) = old {
            old.retired.store(true, Ordering::Relaxed);
        }
    }

    /// The next call looks into the store.
    pub(crate) fn retire(&self) {
        if let Some(snapshot) = self.known() {
            snapshot.retired.store(true, Ordering::Relaxed);
        }
    }

    /// Nothing is known any more: the account was removed.
    pub(crate) fn forget(&self) {
        self.retire();
        let own = &self.own.get().snapshot;
        *own.write().unwrap_or_else(PoisonError::into_inner) = None;
        if let Ok(mut place) = self.snapshot.try_write() {
            *place = None;
        }
    }

    /// What this process remembers of the account.
    pub(crate) fn memory(&self) -> Option<Arc<Record>> {
        self.known().map(|snapshot| Arc::clone(&snapshot.record))
    }

    /// The token: by this thread's own work, or by that of another thread which is at it already.
    ///
    /// # Errors
    /// As [`Engine::obtain`].
    pub(crate) fn obtain(
        &self,
        engine: &Arc<Engine>,
        wish: Wish,
        deadline: Instant,
    ) -> Result<Got, Error> {
        let own = self.own.get();
        let mut flight = lock(&own.flight);
        while flight.busy {
            if let Some(got) = self.meanwhile(engine, wish) {
                return Ok(got);
            }
            let before = flight.ended;
            let left = deadline.saturating_duration_since(Instant::now());
            flight = wait(&own.ended, flight, left);
            if flight.ended != before && wish == Wish::default() {
                if let Some(last) = &flight.last {
                    return last.clone();
                }
            } else if left.is_zero() {
                let now = engine.clock.now();
                let message = "another thread has refreshed this account all the time";
                return Err(remembered::busy(
                    message,
                    None,
                    now.wall.saturating_add(1),
                    &now,
                ));
            }
        }
        flight.busy = true;
        drop(flight);
        self.work(engine, wish, deadline)
    }

    /// The same without blocking this thread; `done` is told on another one, or at once.
    pub(crate) fn start(
        self: &Arc<Self>,
        engine: &Arc<Engine>,
        wish: Wish,
        timeout: Duration,
        done: impl FnOnce(Result<Got, Error>) + Send + 'static,
    ) {
        let own = self.own.get();
        let mut flight = lock(&own.flight);
        if flight.busy {
            if let Some(got) = self.meanwhile(engine, wish) {
                drop(flight);
                return done(Ok(got));
            }
            if wish == Wish::default() {
                flight.waiters.push(Box::new(done));
                return;
            }
        }
        let begun = !flight.busy;
        flight.busy = true;
        drop(flight);
        let (shared, engine) = (Arc::clone(self), Arc::clone(engine));
        detached(move |error| {
            let deadline = Instant::now().checked_add(timeout);
            let deadline = deadline.unwrap_or_else(Instant::now);
            done(match error {
                Some(error) if begun => shared.end(&engine, Err(error)),
                Some(error) => Err(error),
                None if begun => shared.work(&engine, wish, deadline),
                None => shared.obtain(&engine, wish, deadline),
            });
        });
    }

    /// While another thread refreshes, the token that there is will do until it is urgent.
    fn meanwhile(&self, engine: &Engine, wish: Wish) -> Option<Got> {
        if wish != Wish::default() {
            return None;
        }
        let snapshot = self.known()?;
        let now = engine.clock.now();
        let good = is_valid(&snapshot.record, &now)
            && !is_urgent(&snapshot.record, &now)
            && !snapshot.retired.load(Ordering::Relaxed);
        good.then(|| Got {
            record: Arc::clone(&snapshot.record),
        })
    }

    /// Does the work; whoever waits is told.
    fn work(&self, engine: &Arc<Engine>, wish: Wish, deadline: Instant) -> Result<Got, Error> {
        let running = Running::begin();
        let memory = self.memory();
        let result = shield(|| engine.obtain(&self.owner, memory.as_ref(), wish, deadline));
        let result = self.end(engine, result);
        drop(running);
        result
    }

    /// The end of the work: what came of it is kept, and whoever waits is told.
    fn end(&self, engine: &Engine, result: Result<Got, Error>) -> Result<Got, Error> {
        match &result {
            Ok(got) => self.see(&got.record, &engine.clock),
            Err(error) if error.kind() == Kind::UnknownAccount => self.forget(),
            Err(_) => {}
        }
        let own = self.own.get();
        let mut flight = lock(&own.flight);
        flight.busy = false;
        flight.ended = flight.ended.wrapping_add(1);
        flight.last = Some(result.clone());
        let waiters = std::mem::take(&mut flight.waiters);
        drop(flight);
        own.ended.notify_all();
        for waiter in waiters {
            waiter(result.clone());
        }
        result
    }
}

impl Snapshot {
    fn new(record: &Arc<Record>, clock: &Clock) -> Option<Self> {
        let token = record.token.as_ref()?;
        let now = clock.now();
        Some(Self {
            access_token: token.access_token.clone(),
            quiet_until: quiet_until(record, &now),
            expires_at: expires_at(record),
            record: Arc::clone(record),
            seen_at: now.wall,
            seen: Instant::now(),
            retired: AtomicBool::new(false),
        })
    }

    fn is_fresh(&self, clock: &Clock) -> bool {
        let wall = clock.wall();
        !self.retired.load(Ordering::Relaxed)
            && wall < self.quiet_until
            && wall >= self.seen_at
            && self.seen.elapsed() < Duration::from_secs(LOOK_AGAIN.unsigned_abs())
    }
}

/// Until when nothing happens to a record that nobody else changes, at most a minute.
fn quiet_until(record: &Record, now: &Now) -> i64 {
    let due = due_at(record);
    let rests = record.trouble.as_ref().map(|trouble| trouble.retry_at);
    let next = if due > now.wall {
        due
    } else {
        // Due, and somebody else is at it or it failed: looked at again soon.
        rests.unwrap_or_default().max(now.wall.saturating_add(1))
    };
    let next = expires_at(record).map_or(next, |at| next.min(at));
    next.min(now.wall.saturating_add(LOOK_AGAIN))
}

/// Runs `work` on a thread of the library, counted as under way; with the error, on this one, where there is none.
pub(crate) fn detached(work: impl FnOnce(Option<Error>) + Send + 'static) {
    let running = Running::begin();
    let work = Arc::new(Mutex::new(Some(work)));
    let own = Arc::clone(&work);
    let spawned = spawn("pinterest-tokens", move || {
        if let Some(work) = lock(&own).take() {
            work(None);
        }
        drop(running);
    });
    if spawned.is_err()
        && let Some(work) = lock(&work).take()
    {
        work(Some(Error::internal("no thread could be started")));
    }
}

fn wait<'a>(
    ended: &Condvar,
    flight: MutexGuard<'a, Flight>,
    left: Duration,
) -> MutexGuard<'a, Flight> {
    match ended.wait_timeout(flight, left) {
        Ok((flight, _)) => flight,
        Err(poisoned) => poisoned.into_inner().0,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_that_came_while_others_read_is_handed_out() {
        let owner = super::super::testing::owner("a");
        let record = |token: &str| {
            let mut record = Record::new("store", owner.clone());
            let document = format!("{{\"access_token\":\"{token}\"}}");
            record.token = Some(crate::token::Token::from_json(&document).unwrap());
            Arc::new(record)
        };
        let (shared, clock) = (Shared::new(owner.clone()), Clock::default());
        shared.see(&record("first"), &clock);
        let reader = shared.snapshot.read().unwrap();
        shared.see(&record("second"), &clock);
        drop(reader);
        assert_eq!(shared.now(&clock).unwrap().expose(), "second");
    }
}
