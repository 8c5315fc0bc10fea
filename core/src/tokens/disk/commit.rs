//! Replacing and removing a record: the new file is durable before the lock, which is held for compare and rename only.

use std::fs;
use std::io;
use std::path::Path;

use super::found;
use super::fresh::Fresh;
use super::layout::Layout;
use super::lock::Locked;
use super::problem;
use super::record;
use crate::error::Error;
use crate::tokens::store::Name;
use crate::tokens::sum::Sealed;

/// Puts `text` in the place of the record that has the write id `expected`. After an error the record may have the new
/// write id all the same, and lose it again when the machine stops: who tries again loads first.
pub(super) fn commit(
    layout: &Layout,
    name: &Name,
    expected: Option<&str>,
    text: &Sealed,
) -> Result<bool, Error> {
    commit_after(layout, name, expected, text, None)
}

/// [`commit`] of what needs the file `first`, which is durable before.
pub(super) fn commit_after(
    layout: &Layout,
    name: &Name,
    expected: Option<&str>,
    text: &Sealed,
    first: Option<&Fresh>,
) -> Result<bool, Error> {
    layout.may_be_written()?;
    let record = layout.record(name)?;
    let folder = layout.folder(&name.hash);
    let unusable = |error| problem::unusable(&record, &error);
    let mut draft = Fresh::create(layout.draft(name)?).map_err(unusable)?;
    draft.write(text.text().as_bytes()).map_err(unusable)?;
    if let Some(first) = first {
        // A journal takes both at once where both are on their way.
        draft.begin_to_sync();
        let synced = first.file.sync_all();
        synced.map_err(|error| problem::unusable(&first.path, &error))?;
    }
    draft.file.sync_all().map_err(unusable)?;
    let mut locked = Locked::take(&folder)?;
    if !holds(&record, expected)? {
        return Ok(false);
    }
    let moved = take_place(&draft.path, &record, text.write_id())?;
    if moved {
        draft.keep();
    }
    locked.unlock();
    if moved {
        let synced = locked.sync();
        synced.map_err(|error| problem::unusable(&folder, &error))?;
    }
    Ok(moved)
}

/// Takes the record away that has the write id `expected`, and what its attempts have left.
pub(super) fn remove(layout: &Layout, name: &Name, expected: &str) -> Result<bool, Error> {
    layout.may_be_written()?;
    let record = layout.record(name)?;
    let folder = layout.folder(&name.hash);
    let mut locked = Locked::take(&folder)?;
    if !holds(&record, Some(expected))? {
        return Ok(false);
    }
    // Looked for under the lock: what comes later belongs to another record of this name.
    let left = found::left(layout, name);
    fs::remove_file(&record).map_err(|error| problem::unusable(&record, &error))?;
    locked.unlock();
    let synced = locked.sync();
    synced.map_err(|error| problem::unusable(&folder, &error))?;
    for path in left {
        let _ = fs::remove_file(path);
    }
    Ok(true)
}

/// Whether the record has this write id, or is not there. To be asked under the lock.
///
/// # Errors
/// `store_unavailable` for a record that must not be replaced.
pub(super) fn holds(record: &Path, expected: Option<&str>) -> Result<bool, Error> {
    let current = record::read(record)?;
    if let Some(current) = &current {
        record::may_be_replaced(current, record)?;
    }
    Ok(current.as_ref().map(Sealed::write_id) == expected)
}

/// Renames `file` to `record`. `false` where somebody has taken the file away.
///
/// # Errors
/// `store_unavailable` where it failed, and what is there now is not what was to be.
pub(super) fn take_place(file: &Path, record: &Path, write_id: &str) -> Result<bool, Error> {
    let Err(error) = fs::rename(file, record) else {
        return Ok(true);
    };
    let found = record::read(record).ok().flatten();
    if found.is_some_and(|found| found.write_id() == write_id) {
        return Ok(true);
    }
    if error.kind() == io::ErrorKind::NotFound {
        return Ok(false);
    }
    Err(problem::unusable(record, &error))
}
