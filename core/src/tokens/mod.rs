//! Tokens that are kept.

mod disk;
mod file;
mod memory;
mod store;
mod sum;

pub use file::{Held, TokenFile};
