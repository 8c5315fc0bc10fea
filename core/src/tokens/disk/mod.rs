//! A store on a disk: one file for each record, replaced whole by rename under a lock that is held for compare and rename
//! only. For Linux; written for macOS, and not run there.
//!
//! | file | job |
//! |---|---|
//! | `layout` `owner` `place` | opening: what is where, whose it is, on which file system |
//! | `record` `commit` | reading, replacing and removing a record |
//! | `room` `found` | the file of an attempt; answers that lie about |
//! | `tend` `examine` | cleaning; what is wrong |
//! | `lock` `fresh` `seen` `problem` | locks, new files, what a file is, errors in plain words |

mod settings;

#[cfg(any(target_os = "linux", target_os = "macos"))]
mod commit;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod examine;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod found;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod fresh;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod layout;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod lock;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod open;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod owner;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod place;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod problem;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod record;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod room;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod seen;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod tend;

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
#[path = "elsewhere.rs"]
mod open;

#[cfg(all(test, target_os = "linux"))]
mod tests;

pub(crate) use open::Disk;
pub(crate) use settings::StoreSettings;
