//! Tokens that are kept.

mod file;
mod store;
mod sum;

pub use file::{Held, TokenFile};
