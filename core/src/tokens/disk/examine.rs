//! What is wrong in a store, or may become so; with `repair`, what can be set right without losing anything is.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::found;
use super::fresh;
use super::layout::{self, Layout};
use super::lock::{self, Locked};
use super::owner::{self, MODE};
use super::place;
use super::problem;
use super::record;
use super::settings::Finding;
use super::tend::{self, files, parts};
use crate::error::Error;
use crate::tokens::store::Holder;
use crate::tokens::sum::{Flaw, Sealed};

/// What is found in `layout`. Blocks for about 50 µs for each record.
pub(super) fn examine(layout: &Layout, repair: bool) -> Vec<Finding> {
    let mut findings = layout.notes.clone();
    findings.extend(place::warning(&layout.root));
    findings.extend(unfinished(&layout.root, repair));
    let copies = layout.recovery_dir.iter().filter(|folder| !folder.is_dir());
    findings.extend(copies.map(|folder| {
        let made = repair && fresh::make_folder(folder).is_ok();
        let text = "is missing: no copy of an answer can be kept there";
        finding("missing", folder, text, made)
    }));
    for folder in layout.folders() {
        match fs::symlink_metadata(&folder) {
            Ok(found) if found.is_dir() => findings.extend(mode(&folder, 0o700)),
            _ => {
                let made = repair && fresh::make_folder(&folder).is_ok();
                findings.push(finding("missing", &folder, "is missing", made));
                continue;
            }
        }
        findings.extend(held(&folder));
        for path in files(&folder) {
            findings.extend(mode(&path, 0o600));
            let Some((hash, rest)) = parts(&path) else {
                let text = "is none of this library's";
                findings.push(finding("orphan", &path, text, false));
                continue;
            };
            match rest.rsplit_once('.') {
                None if rest == "json" || rest == "app" => {
                    findings.extend(check_record(&folder, &hash, &path, repair));
                }
                Some((_, "try" | "copy" | "tmp")) => findings.extend(left(&path)),
                _ => {}
            }
        }
    }
    findings
}

fn finding(what: &'static str, path: &Path, text: &str, repaired: bool) -> Finding {
    Finding {
        what,
        path: path.to_owned(),
        text: text.to_owned(),
        repaired,
    }
}

/// Bits that let others in are taken away, and ours are set.
fn mode(path: &Path, wanted: u32) -> Option<Finding> {
    let found = fs::symlink_metadata(path).ok()?;
    if found.is_symlink() {
        let text = "is a symbolic link, which is not followed";
        return Some(finding("mode", path, text, false));
    }
    if let Err(error) = owner::check_user(path, &found) {
        return Some(finding("mode", path, error.message(), false));
    }
    let group = owner::without_group(path, &found);
    let others = found.mode() & MODE & !0o070;
    if others == wanted {
        return group;
    }
    let done = fs::set_permissions(path, Permissions::from_mode(wanted)).is_ok();
    let text = format!(
        "has the mode {:o} in place of {wanted:o}",
        found.mode() & MODE
    );
    Some(finding("mode", path, &text, done))
}

/// A record that cannot be read is moved aside by `repair`.
fn check_record(folder: &Path, hash: &str, path: &Path, repair: bool) -> Option<Finding> {
    let text = match is_damaged(path) {
        Ok(false) => match record::read(path) {
            Ok(record) => {
                let error = record::may_be_replaced(&record?, path).err()?;
                return Some(finding("newer", path, error.message(), false));
            }
            Err(error) => return Some(finding("newer", path, error.message(), false)),
        },
        Ok(true) => record::DAMAGED.to_owned(),
        Err(error) => problem::plain(&error),
    };
    if !repair {
        return Some(finding("damaged", path, &text, false));
    }
    match move_aside(folder, hash, path) {
        Ok(Some(aside)) => {
            let text = format!("was damaged, and is now {}", problem::shown(&aside));
            Some(finding("damaged", path, &text, true))
        }
        Ok(None) => None,
        Err(error) => Some(finding("damaged", path, error.message(), false)),
    }
}

fn whole(path: &Path) -> io::Result<Result<Sealed, Flaw>> {
    let (file, length) = fresh::open(path)?;
    record::whole(&file, length)
}

fn is_damaged(path: &Path) -> io::Result<bool> {
    match whole(path) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        read => Ok(matches!(read?, Err(Flaw::Damaged))),
    }
}

/// `None` where somebody has replaced the record meanwhile.
fn move_aside(folder: &Path, hash: &str, path: &Path) -> Result<Option<PathBuf>, Error> {
    let unusable = |error| problem::unusable(path, &error);
    let mut locked = Locked::take(folder)?;
    if !is_damaged(path).map_err(unusable)? {
        return Ok(None);
    }
    let names = (1_u32..=u32::MAX).map(|number| folder.join(format!("{hash}.damaged-{number}")));
    let mut free = names.into_iter().filter(|name| !name.exists());
    let aside = free
        .next()
        .unwrap_or_else(|| folder.join(format!("{hash}.damaged")));
    fs::rename(path, &aside).map_err(unusable)?;
    locked.unlock();
    locked.sync().map_err(unusable)?;
    Ok(Some(aside))
}

/// A file of an attempt, a copy of an answer, or a draft, that nobody seems to need.
fn left(path: &Path) -> Option<Finding> {
    let end = path.extension()?.to_str()?;
    if end == "tmp" {
        let text = "was never finished; cleaning takes it away";
        return tend::is_old(path).then(|| finding("orphan", path, text, false));
    }
    if end == "try" && found::holder_of(path) == Holder::Alive {
        return None;
    }
    if matches!(whole(path), Ok(Ok(_))) {
        let text = "holds an answer; the next use of its account takes it over";
        return Some(finding("unread_answer", path, text, false));
    }
    let text = "belongs to a process that has ended; cleaning takes it away after an hour";
    Some(finding("orphan", path, text, false))
}

/// A folder that somebody has now, and still has a little later: nobody needs it for so long.
fn held(folder: &Path) -> Option<Finding> {
    let open = fresh::open_folder(folder).ok()?;
    for _ in 0..20 {
        if lock::try_shared(&open).ok()? {
            lock::unlock(&open);
            return None;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let text = match lock::processes(&open) {
        Some(processes) => {
            format!("is held by another process ({processes}), which does not go on")
        }
        None => "is held by another process, which does not go on".into(),
    };
    Some(finding("locked", folder, &text, false))
}

/// A store that was never finished, beside this one.
fn unfinished(root: &Path, repair: bool) -> Vec<Finding> {
    let (Some(parent), Some(name)) = (root.parent(), root.file_name()) else {
        return Vec::new();
    };
    let start = format!("{}.", name.to_string_lossy());
    let is_draft = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let id = name.strip_prefix(&start);
        id.is_some_and(|id| id.len() == 32 && layout::is_id(id)) && tend::is_old(path)
    };
    let drafts = files(parent).into_iter().filter(is_draft);
    drafts
        .map(|path| {
            let gone = repair && fs::remove_dir_all(&path).is_ok();
            finding("orphan", &path, "is a store that was never finished", gone)
        })
        .collect()
}
