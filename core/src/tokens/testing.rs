//! What the tests of this module need.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;

use super::memory::Memory;
use super::plan::time::Now;
use super::record::{Owner, Whose};
use super::store::{Found, Holder, Name, Room, Store};
use super::sum::Sealed;
use crate::error::Error;

/// Whose tokens they are.
pub(crate) fn owner(account: &str) -> Owner {
    let whose = Whose::Account(account.into());
    Owner::new(String::from("1"), String::from("production"), whose)
}

/// A JSON object with a write id, sealed.
pub(crate) fn sealed(object: &str) -> Sealed {
    let document: &serde_json::value::RawValue = serde_json::from_str(object).unwrap();
    Sealed::of(&document, serde_json::from_str(object).unwrap())
}

/// So many seconds after a test has begun.
pub(crate) fn now(seconds: i64) -> Now {
    Now {
        wall: 1_000_000 + seconds,
        boot: 1_000 + seconds,
        boot_id: String::from("this start"),
    }
}

/// A store that takes new files, and no record but those that the function lets pass.
pub(crate) struct Full(pub Memory, pub fn(&Sealed) -> bool);

impl Store for Full {
    fn id(&self) -> &str {
        self.0.id()
    }
    fn load(&self, name: &Name) -> Result<Option<Sealed>, Error> {
        self.0.load(name)
    }
    fn commit(&self, name: &Name, expected: Option<&str>, text: &Sealed) -> Result<bool, Error> {
        if self.1(text) {
            return self.0.commit(name, expected, text);
        }
        Err(full())
    }
    fn remove(&self, name: &Name, expected: &str) -> Result<bool, Error> {
        self.0.remove(name, expected)
    }
    fn list(&self) -> Result<Vec<Name>, Error> {
        self.0.list()
    }
    fn reserve(&self, name: &Name, attempt: &str) -> Result<Box<dyn Room>, Error> {
        let room = self.0.reserve(name, attempt)?;
        Ok(Box::new(FullRoom(room, self.1)))
    }
    fn holder(&self, name: &Name, attempt: &str) -> Holder {
        self.0.holder(name, attempt)
    }
    fn answers(&self, name: &Name) -> Vec<Found> {
        self.0.answers(name)
    }
    fn with_attempts(&self) -> Result<HashSet<Name>, Error> {
        self.0.with_attempts()
    }
    fn forget(&self, name: &Name, found: &Found) {
        self.0.forget(name, found);
    }
    fn copy(&self, name: &Name, attempt: &str, text: &Sealed) -> Result<(), Error> {
        self.0.copy(name, attempt, text)
    }
}

/// Room in such a store.
struct FullRoom(Box<dyn Room>, fn(&Sealed) -> bool);

impl Room for FullRoom {
    fn claim(&mut self, expected: Option<&str>, intent: &Sealed) -> Result<bool, Error> {
        if self.1(intent) {
            return self.0.claim(expected, intent);
        }
        Err(full())
    }
    fn write(&mut self, text: &Sealed) -> Result<(), Error> {
        self.0.write(text)
    }
    fn put(&mut self, expected: &str) -> Result<bool, Error> {
        self.0.put(expected)
    }
    fn discard(&mut self) {
        self.0.discard();
    }
}

fn full() -> Error {
    Error::store_unavailable("store", "is full")
}
