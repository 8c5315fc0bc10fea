//! What leads to a store on a disk, and what is told of one.

use std::path::PathBuf;

/// Where a store is, and what is allowed there.
#[derive(Debug, Clone, Default)]
pub(crate) struct StoreSettings {
    /// The folder of the store itself. It is made where it is missing, with its parents.
    pub store: PathBuf,
    /// Where answers are kept that the store does not take. It is fixed when the store is made; `None` takes that one.
    pub recovery_dir: Option<PathBuf>,
    /// File systems that are taken besides the local ones that are known to do: names, or numbers as `0x6969`.
    pub file_systems: Vec<String>,
    /// Whether the base URL leads to this machine: temporary folders are allowed then.
    pub loopback: bool,
}

/// What an examination of a store has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// A fixed word: `damaged`, `newer`, `group_access`, `mode`, `file_system`, `orphan`, `unread_answer`, `locked`,
    /// `missing`.
    pub what: &'static str,
    pub path: PathBuf,
    /// One sentence without secrets.
    pub text: String,
    pub repaired: bool,
}
