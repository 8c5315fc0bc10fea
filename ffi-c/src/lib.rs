//! The C ABI of pinterest-oauth. Its rules are written down in `ffi-c/ABI.md`.
//!
//! Nothing here decides anything: strings are read, the core is called, a document is handed out.

mod abi_version;
mod account;
mod boundary;
mod client;
mod document;
mod library;
mod login;
mod manager;
mod status;

pub use abi_version::PINTEREST_OAUTH_ABI_VERSION;
pub use account::*;
pub use client::*;
pub use document::*;
pub use library::*;
pub use login::*;
pub use manager::*;
pub use status::pinterest_oauth_status;
