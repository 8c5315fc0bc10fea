//! The newest of something, bounded by number and by bytes: the oldest go first.

use std::collections::VecDeque;

/// So many are kept, so that a benchmark does not fill the memory.
pub(crate) const NUMBER: usize = 10_000;
/// So many bytes in all.
pub(crate) const BYTES: usize = 32 * 1024 * 1024;

pub(crate) struct Recent<T> {
    entries: VecDeque<(usize, T)>,
    bytes: usize,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self {
            entries: VecDeque::new(),
            bytes: 0,
        }
    }
}

impl<T> Recent<T> {
    /// Adds one that takes so many bytes. One that is too large by itself is not kept.
    pub(crate) fn push(&mut self, bytes: usize, entry: T) {
        self.bytes += bytes;
        self.entries.push_back((bytes, entry));
        while self.entries.len() > NUMBER || self.bytes > BYTES {
            let Some((bytes, _)) = self.entries.pop_front() else {
                break;
            };
            self.bytes -= bytes;
        }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.entries.iter().map(|(_, entry)| entry)
    }

    /// The newest for which `wanted` is true.
    pub(crate) fn find(&mut self, mut wanted: impl FnMut(&T) -> bool) -> Option<&mut T> {
        let mut newest_first = self.entries.iter_mut().rev().map(|(_, entry)| entry);
        newest_first.find(|entry| wanted(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let mut recent = Recent::default();
        for number in 0..NUMBER + 3 {
            recent.push(1, number);
        }
        assert_eq!(recent.iter().count(), NUMBER);
        assert_eq!(recent.iter().next(), Some(&3));
        assert_eq!(recent.iter().next_back(), Some(&(NUMBER + 2)));
    }

    #[test]
    fn the_oldest_go_when_they_take_too_much() {
        let mut recent = Recent::default();
        recent.push(BYTES / 2, 'a');
        recent.push(BYTES / 2, 'b');
        assert_eq!(recent.iter().count(), 2);
        recent.push(1, 'c');
        assert_eq!(recent.iter().collect::<String>(), "bc");
        recent.push(BYTES + 1, 'd');
        assert_eq!(recent.iter().count(), 0);
        recent.push(BYTES, 'e');
        assert_eq!(recent.iter().collect::<String>(), "e");
    }
}
