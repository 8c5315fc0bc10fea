//! The C ABI of pinterest-oauth. Its rules are written down in `ffi-c/ABI.md`.
//!
//! Nothing here decides anything: strings are read, the core is called, a document is handed out.

mod boundary;
mod client;
mod library;
mod status;

pub use client::*;
pub use library::*;
pub use status::pinterest_oauth_status;
