//! Tokens that are kept.

mod file;

pub use file::{Held, TokenFile};
