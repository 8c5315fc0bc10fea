//! Who logged in, where a token may say it. Nothing depends on it: a failure is nobody's.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::clock::instant;
use super::engine::{Engine, Got};
use super::record::{Owner, Record};
use crate::call::{User, UserRequest};
use crate::token::Token;

/// The longest time that somebody who has logged in waits for it.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often the record is tried that others write, too.
const TRIES: usize = 8;

impl Engine {
    /// Whose token it is: at most five seconds long, and not beyond `deadline`.
    pub(crate) fn who(&self, token: &Token, deadline: Instant) -> Option<User> {
        if !token.scopes().contains(UserRequest::SCOPE) {
            return None;
        }
        let left = deadline.saturating_duration_since(instant());
        let request = UserRequest::new(token.access_token().clone(), left.min(PATIENCE));
        self.client.run(&request).ok().map(|told| told.0)
    }

    /// The record of a login with who it was, asked for where the record does not know it.
    pub(crate) fn with_user(&self, owner: &Owner, got: Got, deadline: Instant) -> Got {
        let known = got.record.user.is_some();
        let token = got.record.token.as_ref().filter(|_| !known);
        let Some(user) = token.and_then(|token| self.who(token, deadline)) else {
            return got;
        };
        let noted = self.note_user(owner, &got.record, &user);
        let record = noted.unwrap_or_else(|| {
            // The store did not take it: this caller knows it all the same.
            let mut record = Record::clone(&got.record);
            record.user = Some(user);
            record
        });
        Got {
            record: Arc::new(record),
        }
    }

    /// Notes in the record who logged in, as long as the login is the one of `seen`.
    fn note_user(&self, owner: &Owner, seen: &Record, user: &User) -> Option<Record> {
        let name = owner.name();
        for _ in 0..TRIES {
            let record = self.load(name).ok()??;
            if record.grant != seen.grant || !record.writable {
                return None;
            }
            if record.user.as_ref() == Some(user) {
                return Some(record);
            }
            let expected = record.write_id.clone();
            let mut next = record.next(self.clock.wall()).ok()?;
            next.user = Some(user.clone());
            let stored = self.store.commit(name, Some(&expected), &next.to_text());
            if stored.ok()? {
                return Some(next);
            }
        }
        None
    }
}
