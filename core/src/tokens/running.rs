//! What this process has begun and must bring to its end: a refresh or a login that was sent is stored before the
//! process goes.

use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};

use crate::process::{PerProcess, lock};

#[derive(Default)]
struct Count {
    running: Mutex<usize>,
    ended: Condvar,
}

static COUNT: PerProcess<Count> = PerProcess::new();

/// One piece of work, counted until it is dropped.
pub(crate) struct Running(());

impl Running {
    pub(crate) fn begin() -> Self {
        let mut running = lock(&COUNT.get().running);
        *running = running.saturating_add(1);
        Self(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let count = COUNT.get();
        let mut running = lock(&count.running);
        *running = running.saturating_sub(1);
        count.ended.notify_all();
    }
}

/// Waits until nothing is under way, at most `wait`; says whether nothing is.
pub(crate) fn finish(wait: Duration) -> bool {
    let count = COUNT.get();
    let end = Instant::now().checked_add(wait);
    let mut running = lock(&count.running);
    while *running > 0 {
        let left = end.map_or(wait, |end| end.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return false;
        }
        running = match count.ended.wait_timeout(running, left) {
            Ok((running, _)) => running,
            Err(poisoned) => poisoned.into_inner().0,
        };
    }
    true
}
