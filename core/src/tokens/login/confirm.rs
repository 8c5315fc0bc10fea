//! The question whether one person's token may replace another's.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

use crate::process::lock;

/// A question that is answered once. Unanswered it is a no.
#[derive(Default)]
pub(super) struct Question {
    answer: Mutex<Option<bool>>,
    answered: Condvar,
}

impl Question {
    pub(super) fn answer(&self, yes: bool) {
        lock(&self.answer).get_or_insert(yes);
        self.answered.notify_all();
    }

    /// Nobody will answer.
    pub(super) fn give_up(&self) {
        self.answer(false);
    }

    /// The answer, within `patience`.
    pub(super) fn ask(&self, patience: Duration) -> bool {
        let answer = lock(&self.answer);
        let waited = self
            .answered
            .wait_timeout_while(answer, patience, |answer| answer.is_none());
        match waited {
            Ok((answer, _)) => answer.unwrap_or_default(),
            Err(_) => false,
        }
    }
}
