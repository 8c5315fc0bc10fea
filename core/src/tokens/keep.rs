//! A token that came is kept: durable in the room of its attempt, then in the record's place; else by a commit, by a copy,
//! in memory (R9).

use std::sync::Arc;

use super::engine::{Engine, Got, Unsaved};
use super::plan::merge::{Issued, Merged, merge};
use super::record::Record;
use super::store::{Name, Room};
use crate::error::{Error, Kind, Outcome};

impl Engine {
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
                Err(_) => self.left(name, next, &issued),
            },
            Err(_) => self.left(name, next, &issued),
        }
    }

    /// The answer lies where everybody finds it; where somebody has taken its file away, it is kept elsewhere.
    fn left(&self, name: &Name, next: Record, issued: &Issued) -> Result<Got, Error> {
        let attempt = issued.attempt.clone().unwrap_or_default();
        let found = self.store.answers(name);
        if found.iter().any(|found| found.attempt == attempt) {
            return Ok(Got::of(next));
        }
        match self.settle(name, issued) {
            Ok(Some(record)) => Ok(Got::of(record)),
            Ok(None) => Err(self.unknown(&next.owner)),
            Err(_) => {
                // It was durable once, and this process remembers it.
                let _ = self.store.copy(name, &attempt, &next.to_text());
                Ok(Got::of(next))
            }
        }
    }

    /// Brings a token into its record, whatever became of that meanwhile. `None` where the record is gone.
    pub(crate) fn settle(&self, name: &Name, issued: &Issued) -> Result<Option<Record>, Error> {
        loop {
            let Some(record) = self.load(name)? else {
                return Ok(None);
            };
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
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Mutex;

    use super::*;
    use crate::config::Config;
    use crate::process::lock;
    use crate::token::Token;
    use crate::tokens::blocking::TokenManager;
    use crate::tokens::plan::{Wish, claim};
    use crate::tokens::settings::ManagerConfig;
    use crate::tokens::sum::Sealed;

    /// Room that notes what is done with it.
    struct Noting(Arc<Mutex<Vec<&'static str>>>);

    impl Room for Noting {
        fn claim(&mut self, _: Option<&str>, _: &Sealed) -> Result<bool, Error> {
            lock(&self.0).push("claim");
            Ok(true)
        }

        fn write(&mut self, _: &Sealed) -> Result<(), Error> {
            lock(&self.0).push("write");
            Ok(())
        }

        fn put(&mut self, _: &str) -> Result<bool, Error> {
            lock(&self.0).push("put");
            Ok(true)
        }

        fn discard(&mut self) {
            lock(&self.0).push("discard");
        }
    }

    fn token(name: &str) -> Token {
        let json = format!(r#"{{"access_token":"pina.{name}","refresh_token":"pinr.{name}"}}"#);
        Token::from_json(&json).unwrap()
    }

    #[test]
    fn an_answer_lies_in_its_room_before_it_takes_the_record_s_place_and_needs_no_other() {
        let config = Config::new().app_id("1234567").app_secret("secret");
        let manager = TokenManager::new(ManagerConfig::new(config).store(":memory:")).unwrap();
        let account = manager.account("default").unwrap();
        account.import(&token("one")).unwrap();
        let engine = manager.inner.engine().unwrap();
        let name = account.shared.owner.name();
        let record = engine.look(name, None).unwrap().unwrap();
        let now = engine.clock.now();
        let lease = engine.lease(&now);
        let intent = claim(&record, Some(0), "mine", lease, Wish::default(), &now).unwrap();
        let text = intent.to_text();
        assert!(
            engine
                .store
                .commit(name, record.stored_id(), &text)
                .unwrap()
        );
        let issued = Issued {
            token: token("two"),
            grant: intent.grant.clone(),
            login_at: intent.login_at,
            generation: intent.generation + 1,
            attempt: Some(String::from("mine")),
            login: false,
        };
        let done = Arc::new(Mutex::new(Vec::new()));
        let room = Box::new(Noting(Arc::clone(&done)));
        engine.keep(name, &intent, issued, room).unwrap();
        assert_eq!(*lock(&done), ["write", "put"]);
        let stored = engine.store.load(name).unwrap().unwrap();
        assert_eq!(stored.text(), text.text(), "nothing else was written");
    }
}
