//! The end of an account in a store, and its new name.

use serde::Serialize;

use super::engine::Engine;
use super::plan::login::removed;
use super::plan::remembered;
use super::record::{LoginOutcome, Owner};
use crate::error::Error;
use crate::text::json::written;

/// What was removed with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Removed {
    /// The name of the account.
    pub account: String,
    /// Whether it had a token.
    pub token: bool,
    /// How many logins were under way: their tokens are dropped when they come.
    pub logins: usize,
    /// How many answers and copies of it lay elsewhere and are gone.
    pub copies: usize,
}

impl Removed {
    /// As a document.
    pub fn to_json(&self) -> String {
        written(self)
    }
}

impl Engine {
    /// Removes the account: its record, its attempts and the copies of its tokens. Pinterest is told nothing.
    ///
    /// # Errors
    /// `unknown_account`; `store_unavailable`.
    pub(crate) fn remove(&self, owner: &Owner) -> Result<Removed, Error> {
        let name = owner.name();
        loop {
            let record = self.load(name)?.ok_or_else(|| self.unknown(owner))?;
            let copies = self.store.answers(name);
            let logins = record.logins.iter();
            let flying = logins.filter(|login| login.outcome == LoginOutcome::InFlight);
            let logins = flying.count();
            let told = Removed {
                account: owner.account().unwrap_or_default().to_owned(),
                token: record.token.is_some(),
                logins,
                copies: copies.len(),
            };
            if record.token.is_none() && copies.is_empty() {
                return Err(self.unknown(owner));
            }
            // A redirect that was used stays known: its code is never sent again.
            let done = if record.logins.is_empty() {
                self.store.remove(name, &record.write_id)?
            } else {
                let next = removed(&record, &self.clock.now())?;
                self.store
                    .commit(name, Some(&record.write_id), &next.to_text())?
            };
            if done {
                for copy in &copies {
                    self.store.forget(name, copy);
                }
                return Ok(told);
            }
        }
    }

    /// Gives the account another name.
    ///
    /// # Errors
    /// `unknown_account`; `invalid_argument` where there is one of the new name; `store_busy` while a refresh or a login
    /// is under way.
    pub(crate) fn rename(&self, from: &Owner, to: &Owner) -> Result<(), Error> {
        let (old, new) = (from.name(), to.name());
        let text = self.store.load(old)?;
        let record = match self.look(old, None)? {
            Some(record) if text.is_some() && record.token.is_some() => record,
            _ => return Err(self.unknown(from)),
        };
        let now = self.clock.now();
        if !record.attempts().is_empty() {
            let message = "a refresh or a login of this account is under way";
            let at = now.wall.saturating_add(1);
            return Err(remembered::busy(message, None, at, &now));
        }
        let mut next = record.clone();
        next.owner = to.clone();
        next.write_id = String::new();
        let next = next.next(now.wall)?;
        if !self.store.commit(new, None, &next.to_text())? {
            let problem = "is the name of another account";
            return Err(Error::invalid_argument("new_name", problem));
        }
        if self.store.remove(old, &record.write_id)? {
            return Ok(());
        }
        // The account changed meanwhile: it keeps its name.
        self.store.remove(new, &next.write_id)?;
        let message = "the account was changed by another process meanwhile";
        let at = now.wall.saturating_add(1);
        Err(remembered::busy(message, None, at, &now))
    }
}
