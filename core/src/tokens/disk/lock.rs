//! The locks of a store: `flock` on a folder for compare and rename, and on the file of an attempt as long as its
//! holder lives. Never two folders at once.
//!
//! A forked child inherits a lock with its descriptor. So only the process that took a lock lets it go, and it does so
//! by name: closing alone would leave it to the child.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::fresh;
use super::problem;
use crate::error::Error;

/// How long a lock is waited for.
pub(super) const WAIT: Duration = Duration::from_secs(5);

/// A folder that this process has alone.
pub(super) struct Locked {
    folder: File,
    process: u32,
    held: bool,
}

impl Locked {
    /// Waits until no other has the folder.
    ///
    /// # Errors
    /// `store_busy` after five seconds; `store_unavailable`.
    #[expect(clippy::arithmetic_side_effects, reason = "five seconds")]
    pub(super) fn take(path: &Path) -> Result<Self, Error> {
        let unusable = |error| problem::unusable(path, &error);
        let end = Instant::now() + WAIT;
        loop {
            let folder = fresh::open_folder(path).map_err(unusable)?;
            if !exclusive_until(&folder, end).map_err(unusable)? {
                return Err(problem::busy(path));
            }
            let locked = Self {
                folder,
                process: std::process::id(),
                held: true,
            };
            // Somebody may have put another folder in its place.
            if fresh::is_at(&locked.folder, path) {
                return Ok(locked);
            }
            if Instant::now() >= end {
                return Err(problem::busy(path));
            }
        }
    }

    /// Lets the folder go, which stays open for [`Locked::sync`].
    pub(super) fn unlock(&mut self) {
        if self.held && self.process == std::process::id() {
            unlock(&self.folder);
        }
        self.held = false;
    }

    /// Makes the names in the folder durable.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.folder.sync_all()
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        self.unlock();
    }
}

/// Takes the lock of an open file alone; `false` where another has it for as long as a lock is waited for.
#[expect(clippy::arithmetic_side_effects, reason = "five seconds")]
pub(super) fn exclusive(file: &File) -> io::Result<bool> {
    exclusive_until(file, Instant::now() + WAIT)
}

fn exclusive_until(file: &File, end: Instant) -> io::Result<bool> {
    while !try_lock(file, FlockOperation::NonBlockingLockExclusive)? {
        if Instant::now() >= end {
            return Ok(false);
        }
        thread::sleep(pause());
    }
    Ok(true)
}

/// Takes the lock at once, beside others that only share it; `false` where one has it alone.
pub(super) fn try_shared(file: &File) -> io::Result<bool> {
    try_lock(file, FlockOperation::NonBlockingLockShared)
}

/// Takes the lock alone and at once, or not at all.
pub(super) fn try_exclusive(file: &File) -> io::Result<bool> {
    try_lock(file, FlockOperation::NonBlockingLockExclusive)
}

pub(super) fn unlock(file: &File) {
    // The descriptor is good and this cannot block; a signal may come between.
    while flock(file, FlockOperation::Unlock) == Err(Errno::INTR) {}
}

fn try_lock(file: &File, operation: FlockOperation) -> io::Result<bool> {
    loop {
        match flock(file, operation) {
            Ok(()) => return Ok(true),
            Err(Errno::WOULDBLOCK) => return Ok(false),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// About a millisecond, not the same for all who wait.
fn pause() -> Duration {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let nanos = now.map_or(0, |now| u64::from(now.subsec_nanos()));
    Duration::from_micros((nanos % 1_000).saturating_add(500))
}

/// The processes that the system says have the lock of an open file: `process 17, process 23`.
#[cfg(target_os = "linux")]
pub(super) fn processes(file: &File) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let found = file.metadata().ok()?;
    // `1: FLOCK  ADVISORY  WRITE 17 fe:00:1234 0 EOF`: the process, then the device and the number of the file.
    let end = format!(":{}", found.ino());
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    let lines = locks.lines().map(|line| line.split_whitespace().collect());
    let holders = lines.filter_map(|words: Vec<&str>| match words.as_slice() {
        [_, "FLOCK", _, _, process, place, ..] if place.ends_with(&end) => {
            Some(format!("process {process}"))
        }
        _ => None,
    });
    let holders: Vec<String> = holders.collect();
    (!holders.is_empty()).then(|| holders.join(", "))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn processes(_: &File) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_process_that_took_a_lock_lets_it_go_and_it_does_although_a_child_has_it_open() {
        let name = format!("pinterest-oauth-lock-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fresh::make_folder(&folder).unwrap();
        let asked = fresh::open_folder(&folder).unwrap();
        let locked = Locked::take(&folder).unwrap();
        // What a forked child inherits is the same as a copy of the descriptor.
        let inherited = Locked {
            folder: locked.folder.try_clone().unwrap(),
            process: 0,
            held: true,
        };
        drop(inherited);
        assert!(!try_exclusive(&asked).unwrap());
        let inherited = locked.folder.try_clone().unwrap();
        drop(locked);
        assert!(try_exclusive(&asked).unwrap());
        unlock(&asked);
        drop(inherited);
        std::fs::remove_dir(&folder).unwrap();
    }
}
