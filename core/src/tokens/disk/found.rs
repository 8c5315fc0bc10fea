//! Answers that were written and are perhaps in no record: in the files of attempts, and in copies of them.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::fresh;
use super::layout::{self, Layout};
use super::lock;
use super::owner;
use super::problem;
use super::record;
use crate::error::Error;
use crate::tokens::store::{Found, Holder, Name, NameKind};
use crate::tokens::sum::{self, Sealed};

/// What is known of who holds an attempt.
pub(super) fn holder(layout: &Layout, name: &Name, attempt: &str) -> Holder {
    match layout.attempt(name, attempt, "try") {
        Ok(path) => holder_of(&path),
        Err(_) => Holder::Unknown,
    }
}

/// What is known of who holds the attempt in this file.
pub(super) fn holder_of(path: &Path) -> Holder {
    let Ok((file, _)) = fresh::open(path) else {
        return Holder::Unknown;
    };
    match lock::try_shared(&file) {
        Ok(true) => {
            lock::unlock(&file);
            Holder::Dead
        }
        Ok(false) => Holder::Alive,
        Err(_) => Holder::Unknown,
    }
}

/// Every whole answer, and every copy.
pub(super) fn answers(layout: &Layout, name: &Name) -> Vec<Found> {
    let files = lying(layout, name);
    files.into_iter().filter_map(Lying::read).collect()
}

/// The records of which an attempt or a copy lies somewhere.
///
/// # Errors
/// `store_unavailable` where a folder cannot be listed.
pub(super) fn with_attempts(layout: &Layout) -> Result<HashSet<Name>, Error> {
    let mut found = HashSet::new();
    for folder in layout.folders() {
        let listed = fresh::each_name(&folder, |name| {
            if name.ends_with(b".try") || name.ends_with(b".copy") {
                found.extend(record_of(name));
            }
        });
        listed.map_err(|error| problem::unusable(&folder, &error))?;
    }
    let mine = format!("{}.", layout.id);
    for folder in &layout.elsewhere {
        let listed = fresh::each_name(folder, |name| {
            found.extend(name.strip_prefix(mine.as_bytes()).and_then(record_of));
        });
        match listed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(problem::unusable(folder, &error));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The record of a file whose name begins with its hash.
fn record_of(name: &[u8]) -> Option<Name> {
    let (hash, _) = std::str::from_utf8(name).ok()?.split_once('.')?;
    let kind = NameKind::Record;
    let hash = layout::is_hash(hash).then(|| hash.to_owned())?;
    Some(Name { hash, kind })
}

/// Takes an answer away.
pub(super) fn forget(found: &Found) {
    // What stays behind is found once more, and is known then.
    let _ = fs::remove_file(&found.place);
}

/// What belongs to the attempts of a record, but for those whose holder lives: he takes his own away.
pub(super) fn left(layout: &Layout, name: &Name) -> Vec<PathBuf> {
    let files = lying(layout, name).into_iter();
    let is_left = |file: &Lying| file.is_copy || holder_of(&file.path) != Holder::Alive;
    files.filter(is_left).map(|file| file.path).collect()
}

/// Keeps `text` in the first place that takes it: beside the record, then elsewhere.
pub(super) fn copy(
    layout: &Layout,
    name: &Name,
    attempt: &str,
    text: &Sealed,
) -> Result<(), Error> {
    let beside = layout.attempt(name, attempt, "copy")?;
    let file_name = format!("{}.{}.{attempt}", layout.id, name.hash);
    let draft_name = format!("{file_name}.{}.tmp", sum::random_id()?);
    let elsewhere = layout.elsewhere.iter();
    let elsewhere = elsewhere.map(|folder| (folder.join(&draft_name), folder.join(&file_name)));
    let mut problem = None;
    for (draft, path) in [(layout.draft(name)?, beside)].into_iter().chain(elsewhere) {
        match keep(draft, &path, text) {
            Ok(()) => return Ok(()),
            Err(error) => problem = problem.or(Some(problem::unusable(&path, &error))),
        }
    }
    Err(problem.unwrap_or_else(|| Error::internal("there is no place for a copy")))
}

/// An earlier copy of the same attempt stays until this one takes its place.
fn keep(draft: PathBuf, path: &Path, text: &Sealed) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    if !folder.exists() {
        fresh::make_folder(folder)?;
    }
    fresh::put(draft, path, text.text().as_bytes())
}

/// A file that may hold an answer.
struct Lying {
    attempt: String,
    path: PathBuf,
    is_copy: bool,
    is_elsewhere: bool,
}

impl Lying {
    /// The answer, where there is a whole one.
    fn read(self) -> Option<Found> {
        let (file, length) = fresh::open(&self.path).ok()?;
        if self.is_elsewhere && !is_private(&file) || is_room(&file) {
            return None;
        }
        let text = record::whole(&file, length).ok()?.ok()?;
        // Its writer may not have come to this yet. Where it fails, the answer is no worse than it was.
        let _ = file.sync_all();
        Some(Found {
            attempt: self.attempt,
            text,
            place: self.path,
        })
    }
}

/// Whether nothing was written into the room of an attempt: it is long, and looked at before each call.
fn is_room(file: &File) -> bool {
    let mut first = [0];
    file.read_at(&mut first, 0).is_ok_and(|read| read == 1) && first == [sum::BLANK]
}

/// Whether a file in a folder that others may use is mine alone.
fn is_private(file: &File) -> bool {
    let open_to_others = owner::MODE & !0o700;
    file.metadata().is_ok_and(|found| {
        found.uid() == problem::effective_user() && found.mode() & open_to_others == 0
    })
}

/// All files that may hold an answer for `name`.
fn lying(layout: &Layout, name: &Name) -> Vec<Lying> {
    let beside = format!("{}.", name.hash);
    let mut found = Vec::new();
    for (path, rest) in names(&layout.folder(&name.hash), &beside) {
        let Some((attempt, end)) = rest.rsplit_once('.') else {
            continue;
        };
        let is_copy = end == "copy";
        if layout::is_id(attempt) && (is_copy || end == "try") {
            found.push(Lying {
                attempt: attempt.to_owned(),
                path,
                is_copy,
                is_elsewhere: false,
            });
        }
    }
    let elsewhere = format!("{}.{}.", layout.id, name.hash);
    for folder in &layout.elsewhere {
        for (path, attempt) in names(folder, &elsewhere) {
            if layout::is_id(&attempt) {
                found.push(Lying {
                    attempt,
                    path,
                    is_copy: true,
                    is_elsewhere: true,
                });
            }
        }
    }
    found
}

/// The files in `folder` whose names begin with `start`, with the rest of their names. Most names there are those of other
/// records.
fn names(folder: &Path, start: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    // What cannot be listed has none.
    let _ = fresh::each_name(folder, |name| {
        let rest = name.strip_prefix(start.as_bytes());
        let rest = rest.and_then(|rest| String::from_utf8(rest.to_vec()).ok());
        if let Some(rest) = rest {
            found.push((folder.join(OsStr::from_bytes(name)), rest));
        }
    });
    found
}
