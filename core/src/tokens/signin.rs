//! A login, from the code of a redirect to the durable token. Its rules are in `plan::login`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::clock::{Since, instant, pause};
use super::engine::{Engine, Got};
use super::plan::login::{Redirect, claim, failed, redirect, used};
use super::plan::merge::{Issued, begin};
use super::plan::remembered;
use super::plan::time::{Now, RESERVE};
use super::record::{Lease, LoginOutcome, Owner, Record};
use super::store::{Holder, Name};
use super::sum::random_id;
use crate::call::private::Sealed;
use crate::call::{Grant, TokenRequest};
use crate::error::{Error, Kind, Outcome};
use crate::secret::Secret;
use crate::text::documents::LOGIN_REQUEST;
use crate::text::fields::{Fields, from_documents};
use crate::token::Token;
use crate::wire::Gate;

/// How long a login that another process has under way is looked at again.
const POLL: Duration = Duration::from_millis(50);

/// The end of a login: the code of the redirect, and the address to which it came.
///
/// Its document is `login_request` in `include/documents.json`.
#[derive(Debug, Clone)]
pub struct LoginRequest {
    request: TokenRequest,
    state: Option<Secret>,
}

from_documents!(LoginRequest, LOGIN_REQUEST);

impl LoginRequest {
    /// `redirect_uri` is the one of the authorization URL.
    pub fn new(code: impl Into<Secret>, redirect_uri: impl Into<String>) -> Self {
        Self {
            request: TokenRequest::authorization_code(code, redirect_uri),
            state: None,
        }
    }

    /// The state of the redirect: the same redirect is used once, whoever brings it. Without it the code says which it is.
    pub fn state(mut self, state: impl Into<Secret>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// As [`TokenRequest::continuous_refresh`].
    pub fn continuous_refresh(mut self, on: bool) -> Self {
        self.request = self.request.continuous_refresh(on);
        self
    }

    /// As [`TokenRequest::extra`].
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.request = self.request.extra(name, value);
        self
    }

    /// As [`TokenRequest::timeout`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request = self.request.timeout(timeout);
        self
    }

    /// Whether Pinterest could take it.
    ///
    /// # Errors
    /// `invalid_argument`, naming the field.
    pub(crate) fn check(&self) -> Result<(), Error> {
        crate::call::check(&self.request)
    }

    fn read(mut fields: Fields) -> Result<Self, Error> {
        let required = |field: &'static str| move || Error::invalid_argument(field, "is required");
        let code = fields.secret("code")?.ok_or_else(required("code"))?;
        let redirect_uri = fields.text("redirect_uri")?;
        let redirect_uri = redirect_uri.ok_or_else(required("redirect_uri"))?;
        let mut login = Self::new(code, redirect_uri);
        login.state = fields.secret("state")?;
        if let Some(on) = fields.boolean("continuous_refresh")? {
            login = login.continuous_refresh(on);
        }
        for (name, value) in fields.pairs("extra")? {
            login = login.extra(name, value);
        }
        if let Some(timeout) = fields.seconds("timeout")? {
            login = login.timeout(timeout);
        }
        fields.finish();
        Ok(login)
    }

    /// By what the redirect is known: nothing of it is stored.
    fn key(&self) -> String {
        let code = match self.request.grant() {
            Grant::AuthorizationCode { code, .. } => code.clone(),
            _ => Secret::default(),
        };
        self.state.clone().unwrap_or(code).fingerprint()
    }
}

/// Whether a login's token may replace what the record holds.
pub(crate) type Approve<'a> = dyn Fn(&Record, &Token) -> Result<(), Error> + 'a;

impl Engine {
    /// Logs `owner` in. The same redirect twice sends its code once. `approve` sees what would be replaced, and the new
    /// token before it is stored: what it refuses is dropped.
    ///
    /// # Errors
    /// As the exchange of a code; `store_unavailable` before the code is spent.
    pub(crate) fn log_in(
        self: &Arc<Self>,
        owner: &Owner,
        login: &LoginRequest,
        deadline: Instant,
        approve: Option<&Approve<'_>>,
    ) -> Result<Got, Error> {
        login.check()?;
        self.client.check()?;
        let name = owner.name();
        let (key, since) = (login.key(), Since::now(&self.clock));
        loop {
            let record = self.look(name, None)?;
            let record = record.unwrap_or_else(|| Record::new(self.store.id(), owner.clone()));
            let now = self.clock.now();
            let entry = record.login(&key);
            let holder = entry.map_or(Holder::Unknown, |entry| {
                self.store.holder(name, &entry.attempt)
            });
            match redirect(&record, &key, holder, &now) {
                Redirect::Stored => return Ok(Got::of(record)),
                Redirect::Used(outcome) => return Err(used(outcome)),
                Redirect::Wait => {
                    let left = deadline.saturating_duration_since(instant());
                    if left.is_zero() {
                        let message = "another process uses this redirect";
                        let at = now.wall.saturating_add(1);
                        return Err(remembered::busy(message, None, at, &now));
                    }
                    pause(POLL.min(left));
                }
                Redirect::New => {
                    if let Some(got) = self.exchange(name, &record, login, &key, &since, approve)? {
                        return Ok(got);
                    }
                }
            }
        }
    }

    /// Claims the redirect and sends its code. `None`: somebody was faster.
    fn exchange(
        self: &Arc<Self>,
        name: &Name,
        record: &Record,
        login: &LoginRequest,
        key: &str,
        since: &Since,
        approve: Option<&Approve<'_>>,
    ) -> Result<Option<Got>, Error> {
        self.check_writable(record)?;
        let (id, grant) = (random_id()?, random_id()?);
        let mut room = self.store.reserve(name, &id)?;
        let now = self.clock.now();
        let claimed = claim(
            record,
            key,
            &id,
            &grant,
            self.login_lease(login, &now),
            &now,
        )?;
        let committed = room.claim(record.stored_id(), &claimed.to_text());
        if !matches!(committed, Ok(true)) {
            if committed.is_err() {
                // The record may show the claim and not be durable.
                self.login_failed(name, &id, Outcome::NotSent);
            }
            room.discard();
            return committed.map(|_| None);
        }
        let closed = Arc::new(AtomicBool::new(false));
        let limit = self.login_lease(login, &now).lasts.saturating_sub(RESERVE);
        let gate = self.login_gate(name, &id, since, limit, &closed);
        let result = self.ask(&login.request, gate);
        let result = result.and_then(|token| match approve {
            Some(approve) => approve(record, &token).map(|()| token),
            None => Ok(token),
        });
        let token = match result {
            Ok(token) => token,
            Err(error) => {
                self.login_failed(name, &id, error.outcome());
                room.discard();
                return Err(error);
            }
        };
        let login_at = claimed.login(key).map_or(now.wall, |login| login.login_at);
        let issued = Issued {
            token,
            grant,
            login_at,
            generation: 0,
            attempt: Some(id),
            login: true,
        };
        let kept = self.keep(name, &claimed, issued, room).map(Some);
        // Only now: nothing comes between an answer and the disk.
        self.freed(&record.owner);
        kept
    }

    /// For as long as the exchange may take: a request may have a deadline of its own.
    fn login_lease(&self, login: &LoginRequest, now: &Now) -> Lease {
        let timeout = <TokenRequest as Sealed>::timeout(&login.request);
        self.lease_for(timeout.unwrap_or(self.client.checked().timeout), now)
    }

    /// In time, and the claim still stands.
    fn login_gate(
        self: &Arc<Self>,
        name: &Name,
        id: &str,
        since: &Since,
        limit: i64,
        closed: &Arc<AtomicBool>,
    ) -> Arc<Gate> {
        let engine = Arc::clone(self);
        let (name, id) = (name.clone(), id.to_owned());
        let (since, closed) = (since.clone(), Arc::clone(closed));
        Arc::new(move || {
            let stands = || {
                let record = engine.load(&name).ok()??;
                let mut logins = record.logins.iter();
                logins
                    .find(|login| login.attempt == id)
                    .map(|login| login.outcome == LoginOutcome::InFlight)
            };
            let stands = stands() == Some(true);
            // The time comes last: who was frozen while he looked has seen what no longer counts.
            let in_time = since.seconds().is_some_and(|passed| passed <= limit);
            if in_time && stands {
                return Ok(());
            }
            closed.store(true, Ordering::Relaxed);
            let message = if in_time {
                "the claim of this login was taken away before its code was sent"
            } else {
                "too much time passed before the code could be sent"
            };
            Err(Error::new(Kind::StoreBusy, Outcome::NotSent, message))
        })
    }

    /// Notes what became of a login that gave no token.
    fn login_failed(&self, name: &Name, id: &str, outcome: Outcome) {
        // Without the note the redirect counts as not known when its lease is over.
        for _ in 0..16 {
            let Ok(Some(record)) = self.load(name) else {
                return;
            };
            let Ok(Some(next)) = failed(&record, id, outcome, &self.clock.now()) else {
                return;
            };
            let done = if next.token.is_none() && next.logins.is_empty() {
                self.store.remove(name, &record.write_id)
            } else {
                self.store
                    .commit(name, Some(&record.write_id), &next.to_text())
            };
            match done {
                Ok(false) => {}
                Ok(true) | Err(_) => return,
            }
        }
    }

    /// Stores a token that was issued elsewhere, in place of what the account had.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub(crate) fn import(&self, owner: &Owner, token: &Token) -> Result<Got, Error> {
        let (name, grant) = (owner.name(), random_id()?);
        loop {
            let record = self.look(name, None)?;
            let record = record.unwrap_or_else(|| Record::new(self.store.id(), owner.clone()));
            let now = self.clock.now();
            let issued = Issued {
                token: token.clone(),
                grant: grant.clone(),
                login_at: now.wall.max(record.login_at.saturating_add(1)),
                generation: 0,
                attempt: None,
                login: true,
            };
            let mut next = record.clone();
            begin(&mut next, &issued);
            let next = next.next(now.wall)?;
            if self
                .store
                .commit(name, record.stored_id(), &next.to_text())?
            {
                return Ok(Got::of(next));
            }
        }
    }
}

impl Engine {
    /// Whether a login of `owner` could be stored: nobody is sent to Pinterest for a token that no disk takes.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub(crate) fn check_room(self: &Arc<Self>, owner: &Owner) -> Result<(), Error> {
        let name = owner.name();
        if let Some(record) = self.look(name, None)? {
            self.check_writable(&record)?;
        }
        self.store.reserve(name, &random_id()?)?.discard();
        Ok(())
    }

    fn check_writable(&self, record: &Record) -> Result<(), Error> {
        if record.writable {
            return Ok(());
        }
        let problem = "was written by a newer version of this library: this one only reads it";
        Err(Error::store_unavailable("store", problem))
    }
}
