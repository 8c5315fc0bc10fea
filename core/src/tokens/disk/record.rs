//! Reading a record: whole, sealed, and of a version that this one knows.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;

use super::fresh;
use super::problem;
use crate::error::Error;
use crate::secret::Secret;
use crate::tokens::sum;

/// The version of what this library writes.
pub(super) const FORMAT: u64 = 1;

/// The largest file that is read: some times the largest record.
const MAX_LENGTH: u64 = 4 * 1024 * 1024;

/// A record that was read.
pub(super) struct Record {
    pub text: Secret,
    pub write_id: String,
    writable_by: u64,
}

impl Record {
    /// The record at `path`; `None` where there is none.
    ///
    /// # Errors
    /// `store_unavailable`, also for what is damaged or of a version that this one cannot read.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, Error> {
        #[derive(Deserialize)]
        struct Head {
            write_id: String,
            #[serde(default)]
            readable_by: u64,
            #[serde(default)]
            writable_by: u64,
        }
        let file = match fresh::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return absent(path),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(problem::about(path, "is no regular file"));
            }
            opened => opened.map_err(|error| problem::unusable(path, &error))?,
        };
        let text = match whole(file) {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => None,
            read => read.map_err(|error| problem::unusable(path, &error))?,
        };
        let Some(text) = text else {
            return Err(problem::about(path, DAMAGED));
        };
        let head: Head = serde_json::from_str(text.expose())
            .map_err(|_| problem::about(path, "is sealed, and is no record"))?;
        if head.readable_by > FORMAT {
            return Err(problem::about(path, NEWER));
        }
        Ok(Some(Self {
            text,
            write_id: head.write_id,
            writable_by: head.writable_by,
        }))
    }

    /// # Errors
    /// `store_unavailable` where only a newer version may replace this record.
    pub(super) fn may_be_replaced(&self, path: &Path) -> Result<(), Error> {
        if self.writable_by > FORMAT {
            return Err(problem::about(
                path,
                "was written by a newer version of this library; this version only reads it",
            ));
        }
        Ok(())
    }
}

pub(super) const DAMAGED: &str =
    "is damaged (empty, cut or changed) and is left as it is; `doctor --repair` moves it aside";
pub(super) const NEWER: &str =
    "was written by a newer version of this library, which this version cannot read";

/// The sealed text in `file`; `None` where there is no whole one.
pub(super) fn whole(file: File) -> io::Result<Option<Secret>> {
    let length = file.metadata()?.len().min(MAX_LENGTH);
    // Of the right size from the start, so that no part of a secret is left where it has grown from.
    let mut text = String::with_capacity(usize::try_from(length).unwrap_or(0).saturating_add(1));
    let read = file.take(MAX_LENGTH).read_to_string(&mut text);
    let text = Secret::new(text);
    read?;
    Ok(sum::sealed(text.expose()).map(Secret::new))
}

/// No record, but a folder where one could be.
fn absent(path: &Path) -> Result<Option<Record>, Error> {
    match path.parent() {
        Some(folder) if !folder.is_dir() => Err(problem::about(folder, "is missing")),
        _ => Ok(None),
    }
}
