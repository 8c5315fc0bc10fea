//! The time of the token manager: the wall clock, and the machine's own, which counts sleep and is never set back.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use once_cell::race::OnceBox;

use super::plan::time::Now;
use crate::config;

/// Tells the time; moved by the seconds that a file holds, where there is one.
#[derive(Clone, Default)]
pub(crate) struct Clock {
    wall: config::Clock,
    offset_file: Option<Arc<PathBuf>>,
}

impl Clock {
    /// `offset_file` holds a number of seconds that all processes read. Without the file they are 0.
    pub(crate) fn new(wall: config::Clock, offset_file: Option<PathBuf>) -> Self {
        Self {
            wall,
            offset_file: offset_file.map(Arc::new),
        }
    }

    /// The same clock for a client.
    pub(crate) fn for_client(&self) -> config::Clock {
        let clock = self.clone();
        config::Clock::new(move || clock.wall())
    }

    /// Unix seconds.
    pub(crate) fn wall(&self) -> i64 {
        self.wall.now().saturating_add(self.offset())
    }

    pub(crate) fn now(&self) -> Now {
        Now {
            wall: self.wall(),
            boot: started().saturating_add(self.offset()),
            boot_id: boot_id().to_owned(),
        }
    }

    fn offset(&self) -> i64 {
        let Some(file) = &self.offset_file else {
            return 0;
        };
        let text = std::fs::read_to_string(&**file).unwrap_or_default();
        text.trim().parse().unwrap_or_default()
    }
}

/// Since when something runs, by two clocks: one of them stands still while a machine sleeps, the other may be set.
#[derive(Clone)]
pub(crate) struct Since {
    clock: Clock,
    instant: Instant,
    wall: i64,
}

impl Since {
    pub(crate) fn now(clock: &Clock) -> Self {
        Self {
            clock: clock.clone(),
            instant: instant(),
            wall: clock.wall(),
        }
    }

    /// Seconds, by the clock that says more. `None` where the wall clock was set back: nobody knows.
    pub(crate) fn seconds(&self) -> Option<i64> {
        let passed = self.clock.wall().saturating_sub(self.wall);
        let ran = i64::try_from(instant().saturating_duration_since(self.instant).as_secs())
            .unwrap_or(i64::MAX);
        // The wall clock is read to the second, and may have stepped within one.
        (passed >= ran.saturating_sub(2)).then_some(passed.max(ran))
    }
}

/// This moment.
pub(crate) fn instant() -> Instant {
    #[cfg(test)]
    if let Some(moment) = super::explore::hook::instant() {
        return moment;
    }
    Instant::now()
}

fn started() -> i64 {
    #[cfg(test)]
    if let Some(seconds) = super::explore::hook::boot() {
        return seconds;
    }
    boot()
}

/// Waits for somebody else.
pub(crate) fn pause(time: Duration) {
    #[cfg(test)]
    super::explore::hook::pause();
    std::thread::sleep(time);
}

/// Seconds since this machine was started, sleep included.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn boot() -> i64 {
    rustix::time::clock_gettime(rustix::time::ClockId::Boottime).tv_sec
}

/// Without such a clock, the wall clock: every start of such a machine counts as another one.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn boot() -> i64 {
    Clock::default().wall()
}

/// Which start of which machine this is; the same in all of its containers.
fn boot_id() -> &'static str {
    static ID: OnceBox<String> = OnceBox::new();
    ID.get_or_init(|| {
        let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
        Box::new(id.map(|id| id.trim().to_owned()).unwrap_or_default())
    })
}
