//! Reading a record: whole, sealed, and of a version that this one knows.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::fresh;
use super::problem;
use super::seen::Seen;
use crate::error::Error;
use crate::secret::wipe;
use crate::tokens::record::FORMAT;
use crate::tokens::sum::{Flaw, Sealed};

/// The largest file that is read: some times the largest record.
const MAX_LENGTH: u64 = 4 * 1024 * 1024;

/// The text of the record at `path`; `None` where there is none.
///
/// # Errors
/// `store_unavailable`, also for what is damaged or of a version that this one cannot read.
pub(super) fn read(path: &Path) -> Result<Option<Sealed>, Error> {
    let (file, length) = match fresh::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return absent(path),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Err(problem::about(path, "is no regular file"));
        }
        opened => opened.map_err(|error| problem::unusable(path, &error))?,
    };
    let read = match whole(&file, length) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(Flaw::Damaged),
        read => read.map_err(|error| problem::unusable(path, &error))?,
    };
    let text = read.map_err(|flaw| match flaw {
        Flaw::Damaged => problem::about(path, DAMAGED),
        Flaw::NoRecord => problem::about(path, "is sealed, and is no record"),
    })?;
    if text.head.readable_by > FORMAT {
        return Err(problem::about(path, NEWER));
    }
    Ok(Some(text))
}

/// # Errors
/// `store_unavailable` where only a newer version may replace this record at `path`.
pub(super) fn may_be_replaced(record: &Sealed, path: &Path) -> Result<(), Error> {
    if record.head.writable_by > FORMAT {
        return Err(problem::about(
            path,
            "was written by a newer version of this library; this version only reads it",
        ));
    }
    Ok(())
}

pub(super) const DAMAGED: &str =
    "is damaged (empty, cut or changed) and is left as it is; `doctor --repair` moves it aside";
pub(super) const NEWER: &str =
    "was written by a newer version of this library, which this version cannot read";

/// The sealed text in `file`, which was so long when it was opened.
///
/// # Errors
/// `InvalidData` for what is no text.
pub(super) fn whole(file: &File, length: u64) -> io::Result<Result<Sealed, Flaw>> {
    let length = usize::try_from(length.min(MAX_LENGTH)).unwrap_or(0);
    // Of the right size from the start, so that no part of a secret is left where it has grown from.
    let mut bytes = vec![0; length];
    let filled = match fill(file, &mut bytes) {
        Ok(filled) => filled,
        Err(error) => {
            wipe(bytes);
            return Err(error);
        }
    };
    bytes.truncate(filled);
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Sealed::within(text)),
        Err(error) => {
            wipe(error.into_bytes());
            Err(io::ErrorKind::InvalidData.into())
        }
    }
}

/// Reads from the start, as much as `bytes` take; says how much there was.
fn fill(file: &File, bytes: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0_usize;
    while let Some(free) = bytes.get_mut(filled..).filter(|free| !free.is_empty()) {
        match file.read_at(free, u64::try_from(filled).unwrap_or(u64::MAX)) {
            Ok(0) => break,
            Ok(read) => filled = filled.saturating_add(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// No record, but a folder where one could be.
fn absent(path: &Path) -> Result<Option<Sealed>, Error> {
    match path.parent() {
        Some(folder) if !Seen::at(folder).is_ok_and(|seen| seen.is_folder) => {
            Err(problem::about(folder, "is missing"))
        }
        _ => Ok(None),
    }
}
