//! A store in the memory of one process. It ends with the process; a forked child begins with an empty one.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use super::store::{Found, Holder, Name, Room, Store};
use super::sum::{self, Sealed};
use crate::error::Error;
use crate::process::{self, PerProcess};

/// A store for one process, on every system. Clones are the same store.
#[derive(Clone)]
pub(crate) struct Memory {
    id: String,
    kept: Arc<PerProcess<Mutex<Kept>>>,
}

#[derive(Default)]
struct Kept {
    records: HashMap<Name, Sealed>,
    attempts: HashMap<Key, Attempt>,
    copies: HashMap<Key, Sealed>,
}

/// Which attempt of which record.
type Key = (Name, String);

#[derive(Default)]
struct Attempt {
    answer: Option<Sealed>,
    is_over: bool,
}

impl Memory {
    /// # Errors
    /// `internal` where the operating system gives no randomness.
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self {
            id: sum::random_id()?,
            kept: Arc::new(PerProcess::new()),
        })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        process::lock(self.kept.get())
    }
}

impl Kept {
    fn holds(&self, name: &Name, expected: Option<&str>) -> bool {
        let current = self.records.get(name);
        current.map(Sealed::write_id) == expected
    }
}

impl Store for Memory {
    fn id(&self) -> &str {
        &self.id
    }

    fn load(&self, name: &Name) -> Result<Option<Sealed>, Error> {
        Ok(self.kept().records.get(name).cloned())
    }

    fn commit(&self, name: &Name, expected: Option<&str>, text: &Sealed) -> Result<bool, Error> {
        let mut kept = self.kept();
        let held = kept.holds(name, expected);
        if held {
            kept.records.insert(name.clone(), text.clone());
        }
        Ok(held)
    }

    fn remove(&self, name: &Name, expected: &str) -> Result<bool, Error> {
        let mut kept = self.kept();
        let held = kept.holds(name, Some(expected));
        if held {
            kept.records.remove(name);
            kept.attempts.retain(|(of, _), _| of != name);
            kept.copies.retain(|(of, _), _| of != name);
        }
        Ok(held)
    }

    fn list(&self) -> Result<Vec<Name>, Error> {
        use super::store::NameKind;
        let kept = self.kept();
        let names = kept.records.keys();
        Ok(names
            .filter(|name| name.kind == NameKind::Record)
            .cloned()
            .collect())
    }

    fn reserve(&self, name: &Name, attempt: &str) -> Result<Box<dyn Room>, Error> {
        let key = (name.clone(), attempt.to_owned());
        let before = self.kept().attempts.insert(key.clone(), Attempt::default());
        if before.is_some() {
            return Err(Error::internal("two attempts have one id"));
        }
        let store = self.clone();
        Ok(Box::new(InMemory { store, key }))
    }

    fn holder(&self, name: &Name, attempt: &str) -> Holder {
        let key = (name.clone(), attempt.to_owned());
        match self.kept().attempts.get(&key) {
            Some(attempt) if attempt.is_over => Holder::Dead,
            Some(_) => Holder::Alive,
            None => Holder::Unknown,
        }
    }

    fn answers(&self, name: &Name) -> Vec<Found> {
        let kept = self.kept();
        let written = kept
            .attempts
            .iter()
            .filter(|((of, _), _)| of == name)
            .filter_map(|(key, attempt)| Some((key, attempt.answer.as_ref()?, "answer")));
        let copies = kept
            .copies
            .iter()
            .filter(|((of, _), _)| of == name)
            .map(|(key, text)| (key, text, "copy"));
        let found = written.chain(copies);
        found
            .map(|((_, attempt), text, place)| Found {
                attempt: attempt.clone(),
                text: text.clone(),
                place: PathBuf::from(place),
            })
            .collect()
    }

    fn with_attempts(&self) -> Result<HashSet<Name>, Error> {
        let kept = self.kept();
        let keys = kept.attempts.keys().chain(kept.copies.keys());
        Ok(keys.map(|(name, _)| name.clone()).collect())
    }

    fn forget(&self, name: &Name, found: &Found) {
        let key = (name.clone(), found.attempt.clone());
        let mut kept = self.kept();
        if found.place.as_os_str() == "copy" {
            kept.copies.remove(&key);
        } else {
            kept.attempts.remove(&key);
        }
    }

    fn copy(&self, name: &Name, attempt: &str, text: &Sealed) -> Result<(), Error> {
        let key = (name.clone(), attempt.to_owned());
        self.kept().copies.insert(key, text.clone());
        Ok(())
    }
}

struct InMemory {
    store: Memory,
    key: Key,
}

impl Room for InMemory {
    fn claim(&mut self, expected: Option<&str>, intent: &Sealed) -> Result<bool, Error> {
        self.store.commit(&self.key.0, expected, intent)
    }

    fn write(&mut self, text: &Sealed) -> Result<(), Error> {
        if let Some(attempt) = self.store.kept().attempts.get_mut(&self.key) {
            attempt.answer = Some(text.clone());
        }
        Ok(())
    }

    fn put(&mut self, expected: &str) -> Result<bool, Error> {
        let mut kept = self.store.kept();
        if !kept.holds(&self.key.0, Some(expected)) {
            return Ok(false);
        }
        let attempt = kept.attempts.get_mut(&self.key);
        let Some(text) = attempt.and_then(|attempt| attempt.answer.take()) else {
            return Ok(false);
        };
        kept.attempts.remove(&self.key);
        kept.records.insert(self.key.0.clone(), text);
        Ok(true)
    }

    fn discard(&mut self) {
        self.store.kept().attempts.remove(&self.key);
    }
}

impl Drop for InMemory {
    fn drop(&mut self) {
        let mut kept = self.store.kept();
        match kept.attempts.get_mut(&self.key) {
            Some(attempt) if attempt.answer.is_some() => attempt.is_over = true,
            _ => {
                kept.attempts.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::store::NameKind;
    use super::*;

    fn name() -> Name {
        Name {
            hash: "a".repeat(64),
            kind: NameKind::Record,
        }
    }

    fn text(id: &str) -> Sealed {
        super::super::testing::sealed(&format!(r#"{{"write_id":"{id}"}}"#))
    }

    #[test]
    fn a_text_is_replaced_only_where_it_has_the_write_id_that_was_read() {
        let store = Memory::new().unwrap();
        assert!(!store.commit(&name(), Some("x"), &text("a")).unwrap());
        assert!(store.commit(&name(), None, &text("a")).unwrap());
        assert!(!store.commit(&name(), None, &text("b")).unwrap());
        assert!(store.commit(&name(), Some("a"), &text("b")).unwrap());
        assert_eq!(store.list().unwrap(), [name()]);
        assert!(!store.remove(&name(), "a").unwrap());
        assert!(store.remove(&name(), "b").unwrap());
        assert!(store.load(&name()).unwrap().is_none());
    }

    #[test]
    fn an_answer_is_found_until_it_is_in_the_record() {
        let store = Memory::new().unwrap();
        store.commit(&name(), None, &text("a")).unwrap();
        let mut room = store.reserve(&name(), "1").unwrap();
        assert_eq!(store.holder(&name(), "1"), Holder::Alive);
        assert!(store.answers(&name()).is_empty());
        room.write(&text("b")).unwrap();
        assert!(!room.put("other").unwrap());
        assert_eq!(store.answers(&name()).len(), 1);
        assert!(store.with_attempts().unwrap().contains(&name()));
        assert!(room.put("a").unwrap());
        assert!(store.answers(&name()).is_empty());
        assert!(store.with_attempts().unwrap().is_empty());
        drop(room);
        assert_eq!(store.holder(&name(), "1"), Holder::Unknown);
    }

    #[test]
    fn a_written_answer_outlasts_its_holder_and_empty_room_does_not() {
        let store = Memory::new().unwrap();
        drop(store.reserve(&name(), "1").unwrap());
        assert_eq!(store.holder(&name(), "1"), Holder::Unknown);
        let mut room = store.reserve(&name(), "2").unwrap();
        room.write(&text("b")).unwrap();
        drop(room);
        assert_eq!(store.holder(&name(), "2"), Holder::Dead);
        store.copy(&name(), "3", &text("c")).unwrap();
        let found = store.answers(&name());
        assert_eq!(found.len(), 2);
        for found in &found {
            store.forget(&name(), found);
        }
        assert!(store.answers(&name()).is_empty());
    }
}
