//! Reading takes time in proportion to what is read: a small input describes a long one, which is read within a limit
//! that a linear reader stays far below. It is processor time, which does not grow while others have the processor.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How long a described input becomes, in bytes.
pub const LENGTH: usize = 60 * 1024;
/// Five times what the slowest reading takes in a build for fuzzing; one that is quadratic takes seconds.
const LIMIT: Duration = Duration::from_millis(300);
/// What slows one reading, such as a first use, does not slow all.
const TRIES: usize = 5;

/// `prefix`, `unit` as often as there is room, `suffix`; each `#` in a unit becomes the unit's number.
pub fn grown(prefix: &str, unit: &str, suffix: &str) -> String {
    let mut text = String::with_capacity(LENGTH);
    text.push_str(prefix);
    let mut number = 0;
    while !unit.is_empty() && text.len() + unit.len() + suffix.len() + 8 < LENGTH {
        text.push_str(&unit.replace('#', &number.to_string()));
        number += 1;
    }
    text.push_str(suffix);
    text
}

/// `work` ends within the limit.
pub fn in_time(work: impl Fn()) {
    let quickest = (0..TRIES)
        .map(|_| {
            let began = processor_time();
            work();
            processor_time().saturating_sub(began)
        })
        .find(|took| *took < LIMIT);
    assert!(
        quickest.is_some(),
        "reading {LENGTH} bytes takes more than {LIMIT:?} of processor time"
    );
}

/// What all threads of this process have used.
fn processor_time() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap()
}
