//! One refresh, sent: the room and the intent first, the last look before the first byte, and what a failure leaves behind
//! (R6 to R8, R10 to R13).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::clock::Since;
use super::engine::{Beside, Engine, Got};
use super::plan::failed::{After, failed};
use super::plan::merge::Issued;
use super::plan::time::{RESERVE, is_valid};
use super::plan::{Wish, claim, claim_again, is_mine, remembered};
use super::record::{Owner, Record, State};
use super::store::{Name, Room};
use super::sum::random_id;
use crate::call::TokenRequest;
use crate::error::{Error, Kind, Outcome};
use crate::scopes::Scopes;
use crate::secret::Secret;
use crate::token::Token;
use crate::wire::Gate;

impl Engine {
    /// Sends a refresh, or asks for a token of the app (R6 to R13), whose hold `is_held` ends when that works. `None`:
    /// somebody was faster, look again.
    pub(crate) fn send(
        self: &Arc<Self>,
        owner: &Owner,
        record: &Arc<Record>,
        mut candidate: Option<usize>,
        wish: Wish,
        beside: Beside,
        is_held: bool,
    ) -> Result<Option<Got>, Error> {
        let name = owner.name();
        let since = Since::now(&self.clock);
        if !record.writable {
            let problem = "was written by a newer version of this library: this one only reads it";
            let error = Error::store_unavailable("store", problem);
            return self.despite(error, Some(record), wish).map(Some);
        }
        let id = random_id()?;
        let mut room = match self.store.reserve(name, &id) {
            Ok(room) => room,
            Err(error) => return self.despite(error, Some(record), wish).map(Some),
        };
        let now = self.clock.now();
        let intent = claim(record, candidate, &id, self.lease(&now), wish, &now)?;
        let mut intent = Arc::new(intent);
        match room.claim(record.stored_id(), &intent.to_text()) {
            Ok(true) => {}
            Ok(false) => {
                room.discard();
                return Ok(None);
            }
            Err(error) => {
                // The record may show the intent and not be durable.
                self.give_up(name, &id);
                room.discard();
                return self.despite(error, Some(record), wish).map(Some);
            }
        }
        loop {
            let sent = candidate.and_then(|index| intent.candidates.get(index));
            let sent = sent.map(|candidate| candidate.refresh_token.clone());
            let closed = Arc::new(AtomicBool::new(false));
            let gate = self.gate(name, &intent, &id, beside, &since, &closed);
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
                    // Only now: nothing comes between an answer and the disk. A hold that came meanwhile stays.
                    if is_held {
                        self.freed(owner);
                    }
                    if let Ok(Some(got)) = &kept {
                        self.log_refreshed(&got.record);
                    }
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
                            if let Some(record) = &record {
                                room.discard();
                                self.log_failed(record, &error);
                            }
                            return self.outcome(record, error, wish);
                        }
                        Next::Another(record, index) => {
                            (intent, candidate) = (Arc::from(record), Some(index));
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
            let scopes = Scopes::parse(owner.scopes().unwrap_or_default());
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
        intent: &Arc<Record>,
        id: &str,
        beside: Beside,
        since: &Since,
        closed: &Arc<AtomicBool>,
    ) -> Arc<Gate> {
        let (engine, intent) = (Arc::clone(self), Arc::clone(intent));
        let (name, id) = (name.clone(), id.to_owned());
        let (since, closed) = (since.clone(), Arc::clone(closed));
        let lasts = intent.attempt.as_ref().map_or(0, |own| own.lease.lasts);
        let limit = lasts.saturating_sub(RESERVE);
        Arc::new(move || {
            let in_time = || since.seconds().is_some_and(|passed| passed <= limit);
            let mine = || {
                let text = engine.store.load(&name).ok()??;
                // What has the write id of the intent is the intent.
                let record = if text.write_id() == intent.write_id {
                    Arc::clone(&intent)
                } else {
                    Arc::new(engine.read(&name, &text).ok()?)
                };
                let found = || match beside {
                    Beside::Nothing => Ok(None),
                    _ => engine.take_in(&name, &record, None),
                };
                Some(is_mine(&record, &id) && found().ok()?.is_none())
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
            let Some(record) = self.load(name)? else {
                return Ok(Next::Moved);
            };
            if !is_mine(&record, id) {
                return Ok(Next::Moved);
            }
            let now = self.clock.now();
            let (next, another) = match failed(&record, sent, error, looked, &now)? {
                After::Look => {
                    looked = true;
                    if self.take_in(name, &record, None)?.is_some() {
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
            let mut record = self.load(name).ok()??;
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
}

/// What comes after a failure.
enum Next {
    Told(Option<Box<Record>>),
    Another(Box<Record>, usize),
    Moved,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::config::Config;
    use crate::tokens::blocking::TokenManager;
    use crate::tokens::settings::ManagerConfig;

    #[test]
    fn a_cool_down_that_no_commit_took_is_kept_although_its_attempt_may_be_taken_over() {
        // Nobody listens there: what is sent fails otherwise.
        let config = Config::new().app_id("1234567").app_secret("secret");
        let config = config.base_url("http://127.0.0.1:1/v5");
        let manager = TokenManager::new(ManagerConfig::new(config).store(":memory:")).unwrap();
        let account = manager.account("default").unwrap();
        let engine = manager.inner.engine().unwrap();
        let now = engine.clock.now();
        let (obtained_at, expires_at) = (now.wall - 1_000, now.wall - 10);
        let expired = format!(
            r#"{{"access_token":"a","refresh_token":"r","obtained_at":{obtained_at},"expires_at":{expires_at}}}"#
        );
        account
            .import(&Token::from_json(&expired).unwrap())
            .unwrap();
        let owner = &account.shared.owner;
        let record = engine.look(owner.name(), None).unwrap().unwrap();
        let (mut then, wish) = (now.clone(), Wish::default());
        (then.wall, then.boot) = (now.wall - 10, now.boot - 10);
        let intent = claim(&record, Some(0), "d1e", engine.lease(&then), wish, &then).unwrap();
        let mut room = engine.store.reserve(owner.name(), "d1e").unwrap();
        let committed = engine
            .store
            .commit(owner.name(), record.stored_id(), &intent.to_text());
        assert!(committed.unwrap());
        let error = Error::new(Kind::ServerError, Outcome::Rejected, "of that attempt");
        let After::Told(next) = failed(&intent, None, &error, false, &now).unwrap() else {
            unreachable!()
        };
        room.write(&next.to_text()).unwrap();
        drop(room);
        let told = engine.obtain(owner, None, wish, crate::tokens::clock::instant());
        assert_eq!(told.unwrap_err().kind(), Kind::ServerError);
    }

    #[test]
    fn nothing_is_sent_once_the_attempt_is_somebody_else_s() {
        let config = Config::new().app_id("1234567").app_secret("secret");
        let manager = TokenManager::new(ManagerConfig::new(config).store(":memory:")).unwrap();
        let account = manager.account("default").unwrap();
        let token = |text: &str| {
            let text =
                format!("{{\"access_token\":\"pina.{text}\",\"refresh_token\":\"pinr.{text}\"}}");
            Token::from_json(&text).unwrap()
        };
        account.import(&token("one")).unwrap();
        let engine = manager.inner.engine().unwrap();
        let name = account.shared.owner.name();
        let record = engine.look(name, None).unwrap().unwrap();
        let now = engine.clock.now();
        let wish = Wish::default();
        let intent = claim(&record, Some(0), "mine", engine.lease(&now), wish, &now);
        let intent = Arc::new(intent.unwrap());
        let expected = record.stored_id();
        assert!(
            engine
                .store
                .commit(name, expected, &intent.to_text())
                .unwrap()
        );
        let (since, closed) = (Since::now(&engine.clock), Arc::new(AtomicBool::new(false)));
        let gate = engine.gate(name, &intent, "mine", Beside::Unknown, &since, &closed);
        gate().unwrap();
        // A login has cleared it.
        account.import(&token("two")).unwrap();
        assert_eq!(gate().unwrap_err().outcome(), Outcome::NotSent);
        assert!(closed.load(Ordering::Relaxed));
    }
}
