//! Whose a store is, and who besides may enter it.

use std::fs::{self, Metadata, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use super::problem;
use super::settings::Finding;
use crate::error::Error;

const GROUP: u32 = 0o070;
const WORLD: u32 = 0o007;
/// The bits that say who may do what.
pub(super) const MODE: u32 = 0o777;

/// Refuses a folder of another user, root being no exception: what root puts there, the service cannot read. Sets bits
/// of the group back, which others have set, and tells of it.
///
/// # Errors
/// `store_unavailable`.
pub(super) fn check(path: &Path, found: &Metadata) -> Result<Option<Finding>, Error> {
    check_user(path, found)?;
    if found.mode() & WORLD != 0 {
        return Err(problem::about(
            path,
            "is open to every user of this system; take that away with chmod 700",
        ));
    }
    Ok(without_group(path, found))
}

/// # Errors
/// `store_unavailable` where `path` belongs to another than the user that this process acts as.
pub(super) fn check_user(path: &Path, found: &Metadata) -> Result<(), Error> {
    let (owner, me) = (found.uid(), problem::effective_user());
    if owner == me {
        return Ok(());
    }
    let (owner, me) = (problem::user(owner), problem::user(me));
    let problem = format!(
        "belongs to {owner}, and this process runs as {me}; run it as that user, or name another {{store}}"
    );
    Err(problem::about(path, &problem))
}

/// Takes the group's bits from what is ours.
pub(super) fn without_group(path: &Path, found: &Metadata) -> Option<Finding> {
    if found.mode() & GROUP == 0 {
        return None;
    }
    let mode = found.mode() & MODE & !GROUP;
    let done = fs::set_permissions(path, Permissions::from_mode(mode));
    Some(Finding {
        what: "group_access",
        path: path.to_owned(),
        text: match &done {
            Ok(()) => "was open to its group, and is no longer".into(),
            Err(error) => format!("is open to its group, and {}", problem::plain(error)),
        },
        repaired: done.is_ok(),
    })
}
