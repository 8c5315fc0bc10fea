//! What is wrong with a store, in plain words.

use std::fs;
use std::io;
use std::path::Path;

use rustix::io::Errno;

use crate::error::{Details, Error, Kind, Outcome};

/// How long a caller waits before a store that was busy is worth another try, in seconds.
const RETRY_AFTER: u64 = 1;

/// The store cannot be used, because of what `error` says of `path`.
pub(super) fn unusable(path: &Path, error: &io::Error) -> Error {
    about(path, &plain(error))
}

/// The store cannot be used: `path`, and then `problem`.
pub(super) fn about(path: &Path, problem: &str) -> Error {
    let problem = format!("cannot be used: {} {problem}", shown(path));
    Error::store_unavailable("store", problem)
}

/// Another process has had `path` for all of the wait.
pub(super) fn busy(path: &Path) -> Error {
    let message = format!(
        "another process has had {} of the store all the time",
        shown(path)
    );
    let details = Details {
        retry_after: Some(RETRY_AFTER),
        ..Details::default()
    };
    Error::with(Kind::StoreBusy, Outcome::NotSent, message, details)
}

/// Whether the disk has no room.
pub(super) fn is_full(error: &io::Error) -> bool {
    matches!(
        Errno::from_io_error(error),
        Some(Errno::NOSPC | Errno::DQUOT)
    )
}

/// A path that may stand in a message.
pub(super) fn shown(path: &Path) -> String {
    // Braces would be taken for the name of a field.
    let odd = |c: char| c.is_control() || c == '{' || c == '}';
    path.display().to_string().replace(odd, "?")
}

/// What an error of the operating system means here.
pub(super) fn plain(error: &io::Error) -> String {
    match Errno::from_io_error(error) {
        Some(Errno::NOSPC) => "has no room: the disk is full".into(),
        Some(Errno::DQUOT) => "has no room: the quota of the disk is used up".into(),
        Some(Errno::ROFS) => "is on a file system that is read-only".into(),
        Some(Errno::ACCESS | Errno::PERM) => format!("is not open to {}", user(effective_user())),
        Some(Errno::NOENT) => "is missing".into(),
        Some(Errno::LOOP) => "is a symbolic link, which is not followed".into(),
        Some(Errno::NOTDIR) => "is in what is no folder".into(),
        Some(Errno::EXIST) => "is there already".into(),
        Some(Errno::BUSY | Errno::XDEV) => "is a mount point; name a folder in it".into(),
        Some(Errno::IO) => "is on a disk that reports an error".into(),
        Some(Errno::MFILE | Errno::NFILE) => "cannot be opened: too many files are open".into(),
        _ => format!("cannot be read or written ({})", error.kind()),
    }
}

/// The user that this process acts as.
pub(super) fn effective_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// `the user www-data (33)`; without the name where it is not in /etc/passwd.
pub(super) fn user(id: u32) -> String {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let mut lines = users.lines().map(|line| line.split(':'));
    let name = lines.find_map(|mut parts| {
        let name = parts.next()?;
        (parts.nth(1)?.parse() == Ok(id)).then_some(name)
    });
    match name {
        Some(name) => format!("the user {} ({id})", shown(Path::new(name))),
        None => format!("the user with the number {id}"),
    }
}
