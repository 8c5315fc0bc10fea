//! Reading takes time in proportion to what is read: a small input describes a long one, which is read within a limit
//! that a linear reader stays far below.

use std::time::{Duration, Instant};

/// How long a described input becomes, in bytes.
pub const LENGTH: usize = 60 * 1024;
/// Many times what reading takes in a build for fuzzing.
const LIMIT: Duration = Duration::from_millis(100);
/// A busy machine slows one reading, never all.
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
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .find(|took| *took < LIMIT);
    assert!(
        quickest.is_some(),
        "reading {LENGTH} bytes takes more than {LIMIT:?}"
    );
}
