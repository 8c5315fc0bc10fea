//! A static that each process has for itself. It knows nothing of what it holds.
//!
//! A forked child finds its parent's value here and must not touch it: a runtime hangs, a shared connection gives
//! one process another's answer, a mutex may be locked for ever. So every value carries the id of its process, the
//! id is compared before any lock is taken, and a child adds a value of its own behind the inherited one, which
//! stays as it is and is never dropped.

use std::sync::{Mutex, MutexGuard, PoisonError};

use once_cell::race::OnceBox;

/// One `T` for each process, made when it is first asked for. Dropping it drops the value of this process alone.
pub(crate) struct PerProcess<T: Default>(OnceBox<Own<T>>);

struct Own<T: Default> {
    process: u32,
    value: T,
    child: PerProcess<T>,
}

impl<T: Default> PerProcess<T> {
    pub(crate) const fn new() -> Self {
        Self(OnceBox::new())
    }

    /// The value of this process. Waits for nothing.
    pub(crate) fn get(&self) -> &T {
        let process = std::process::id();
        let mut last = self.0.get_or_init(|| Own::new(process));
        // Only the last one can be ours: an earlier one with our id is of a dead process with the same id.
        while let Some(child) = last.child.0.get() {
            last = child;
        }
        if last.process != process {
            last = last.child.0.get_or_init(|| Own::new(process));
        }
        &last.value
    }
}

impl<T: Default> Own<T> {
    fn new(process: u32) -> Box<Self> {
        Box::new(Self {
            process,
            value: T::default(),
            child: PerProcess::new(),
        })
    }
}

impl<T: Default> Drop for Own<T> {
    fn drop(&mut self) {
        if self.process != std::process::id() {
            std::mem::forget(std::mem::take(&mut self.value));
        }
    }
}

/// Locks; a panic elsewhere leaves the values whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
