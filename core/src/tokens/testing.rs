//! What the tests of this module need.
#![allow(clippy::unwrap_used)]

use super::plan::time::Now;
use super::record::{Owner, Whose};
use super::sum::Sealed;

/// Whose tokens they are.
pub(crate) fn owner(account: &str) -> Owner {
    let whose = Whose::Account(account.into());
    Owner::new(String::from("1"), String::from("production"), whose)
}

/// A JSON object with a write id, sealed.
pub(crate) fn sealed(object: &str) -> Sealed {
    let document: &serde_json::value::RawValue = serde_json::from_str(object).unwrap();
    Sealed::of(&document, serde_json::from_str(object).unwrap())
}

/// So many seconds after a test has begun.
pub(crate) fn now(seconds: i64) -> Now {
    Now {
        wall: 1_000_000 + seconds,
        boot: 1_000 + seconds,
        boot_id: String::from("this start"),
    }
}
