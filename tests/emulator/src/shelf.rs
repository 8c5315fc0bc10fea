//! A map that forgets its oldest entries, so that a benchmark does not fill the memory.

use ring::digest;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// Enough for a benchmark with 100,000 accounts.
const KEPT: usize = 250_000;

/// The SHA-256 of a code or a token: they are compared, never needed again.
pub(crate) type Key = [u8; digest::SHA256_OUTPUT_LEN];

pub(crate) fn key(secret: &str) -> Key {
    let hash = digest::digest(&digest::SHA256, secret.as_bytes());
    hash.as_ref().try_into().unwrap_or_default()
}

pub(crate) struct Shelf<K, T> {
    entries: HashMap<K, T>,
    order: VecDeque<K>,
}

impl<K, T> Default for Shelf<K, T> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            order: VecDeque::new(),
        }
    }
}

impl<K: Copy + Eq + Hash, T> Shelf<K, T> {
    pub(crate) fn put(&mut self, key: K, value: T) {
        if self.entries.insert(key, value).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.entries.remove(&oldest);
            }
        }
    }

    pub(crate) fn get(&self, key: &K) -> Option<&T> {
        self.entries.get(key)
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut T> {
        self.entries.get_mut(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten_when_there_are_too_many() {
        let mut shelf = Shelf::default();
        for number in 0..KEPT + 1 {
            shelf.put(number, ());
            shelf.put(number, ());
        }
        assert!(shelf.get(&0).is_none() && shelf.get(&1).is_some() && shelf.get(&KEPT).is_some());
    }
}
