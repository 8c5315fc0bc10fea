//! Cleaning: what killed processes have left and nobody needs. An answer is never taken away here.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustix::fs::OFlags;

use super::layout::{self, Layout};
use super::lock::{self, Locked};
use super::record;
use super::seen::Seen;
use crate::error::Error;
use crate::tokens::sum::{Flaw, Sealed};

/// How old it must be: a living process may be about to use what is younger.
const OLD: Duration = Duration::from_secs(60 * 60);

/// Whether the text of a record names an attempt.
pub(crate) type Names<'a> = &'a dyn Fn(&Sealed, &str) -> bool;

/// Takes away dead attempts without an answer that no record names, and files that were never finished. Says how many.
///
/// # Errors
/// `store_unavailable`, `store_busy`. What was cleaned before stays so.
pub(super) fn clean(layout: &Layout, names: Names) -> Result<usize, Error> {
    layout.may_be_written()?;
    let mut count = 0_usize;
    for folder in layout.folders() {
        for path in old_files(&folder) {
            let Some((hash, rest)) = parts(&path) else {
                continue;
            };
            let gone = match rest.rsplit_once('.') {
                Some((attempt, "try")) => clean_attempt(&folder, &hash, attempt, names)?,
                Some((_, "tmp")) => {
                    let _locked = Locked::take(&folder)?;
                    fs::remove_file(&path).is_ok()
                }
                _ => false,
            };
            count = count.saturating_add(usize::from(gone));
        }
    }
    let is_draft = |path: &PathBuf| path.extension().is_some_and(|end| end == "tmp");
    let is_copy = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&layout.id) && is_draft(path)
    };
    let own = old_files(&layout.root).into_iter().filter(is_draft);
    let elsewhere = layout.elsewhere.iter().flat_map(|folder| old_files(folder));
    for path in own.chain(elsewhere.filter(is_copy)) {
        count = count.saturating_add(usize::from(fs::remove_file(&path).is_ok()));
    }
    Ok(count)
}

fn clean_attempt(folder: &Path, hash: &str, attempt: &str, names: Names) -> Result<bool, Error> {
    let path = folder.join(format!("{hash}.{attempt}.try"));
    let _locked = Locked::take(folder)?;
    let Some(_dead) = dead_and_empty(&path) else {
        return Ok(false);
    };
    for end in ["json", "app"] {
        match record::read(&folder.join(format!("{hash}.{end}"))) {
            Ok(None) => {}
            Ok(Some(record)) if !names(&record, attempt) => {}
            // Nobody knows what a record names that cannot be read.
            _ => return Ok(false),
        }
    }
    Ok(fs::remove_file(&path).is_ok())
}

/// Gives the disk back the room of dead attempts. Their files stay, so that they are still known to be dead. Says whether
/// there was any.
pub(super) fn free_room(layout: &Layout) -> bool {
    let mut any = false;
    for folder in layout.folders() {
        for path in files(&folder) {
            let is_attempt = path.extension().is_some_and(|end| end == "try");
            if let Some(dead) = is_attempt.then(|| dead_and_empty(&path)).flatten() {
                let had = dead.file.metadata().is_ok_and(|found| found.len() > 0);
                any |= had && dead.file.set_len(0).is_ok();
            }
        }
    }
    any
}

/// The file of an attempt whose holder is gone and that holds no answer, with its lock.
struct Dead {
    file: File,
    process: u32,
}

impl Drop for Dead {
    fn drop(&mut self) {
        // A child that was forked meanwhile would keep the lock, and pass for the holder.
        if self.process == std::process::id() {
            lock::unlock(&self.file);
        }
    }
}

fn dead_and_empty(path: &Path) -> Option<Dead> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(i32::try_from(flags.bits()).ok()?)
        .open(path)
        .ok()?;
    if !lock::try_exclusive(&file).ok()? {
        return None;
    }
    let process = std::process::id();
    let dead = Dead { file, process };
    // Nobody writes into it any more: only its holder did.
    let length = Seen::of(&dead.file).ok()?.length;
    match record::whole(&dead.file, length) {
        Ok(Err(Flaw::Damaged)) => Some(dead),
        Ok(_) | Err(_) => None,
    }
}

/// `HASH` and the rest of a file's name.
pub(super) fn parts(path: &Path) -> Option<(String, String)> {
    let (hash, rest) = path.file_name()?.to_str()?.split_once('.')?;
    layout::is_hash(hash).then(|| (hash.to_owned(), rest.to_owned()))
}

/// The files in a folder, in no order.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn old_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = files(folder);
    files.retain(|path| is_old(path));
    files
}

pub(super) fn is_old(path: &Path) -> bool {
    let changed = fs::symlink_metadata(path).and_then(|found| found.modified());
    let age = changed.map(|changed| SystemTime::now().duration_since(changed));
    matches!(age, Ok(Ok(age)) if age > OLD)
}
