//! What the tests of this module need.

use super::plan::time::Now;
use super::record::Owner;

/// Whose tokens they are.
pub(crate) fn owner(account: &str) -> Owner {
    Owner {
        app_id: String::from("1"),
        environment: String::from("production"),
        account: Some(account.into()),
        scopes: None,
    }
}

/// So many seconds after a test has begun.
pub(crate) fn now(seconds: i64) -> Now {
    Now {
        wall: 1_000_000 + seconds,
        boot: 1_000 + seconds,
        boot_id: String::from("this start"),
    }
}
