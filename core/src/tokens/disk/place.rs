//! Where a store may lie: on a file system that keeps what it says it keeps, and not in a temporary folder.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::problem;
use super::settings::Finding;
use crate::error::Error;

/// Refuses a temporary folder, which others may empty; but not for a server on this machine.
///
/// # Errors
/// `store_unavailable`; `setting` is the one that leads to `path`.
pub(super) fn check_temporary(setting: &str, path: &Path, loopback: bool) -> Result<(), Error> {
    if loopback || !is_temporary(path) {
        return Ok(());
    }
    let problem = format!(
        "is in a temporary folder ({}), whose files may go at any time; name a lasting place",
        problem::shown(path)
    );
    Err(Error::store_unavailable(setting, problem))
}

/// Whether `path` is in a folder for temporary files.
pub(super) fn is_temporary(path: &Path) -> bool {
    let path = real(path);
    let named = env::var_os("TMPDIR").filter(|named| !named.is_empty());
    let fixed = ["/tmp", "/var/tmp", "/dev/shm"].map(PathBuf::from);
    let mut folders = fixed.into_iter().chain(named.map(PathBuf::from));
    folders.any(|folder| path.starts_with(real(&folder)))
}

/// `path` with its links followed, as far as it exists.
fn real(path: &Path) -> PathBuf {
    for folder in path.ancestors() {
        if let Ok(found) = fs::canonicalize(folder) {
            return match path.strip_prefix(folder) {
                Ok(rest) if !rest.as_os_str().is_empty() => found.join(rest),
                _ => found,
            };
        }
    }
    path.to_owned()
}

/// Refuses a file system that is not known to do, unless `allowed` names it.
///
/// # Errors
/// `store_unavailable`.
pub(super) fn check_file_system(path: &Path, allowed: &[String]) -> Result<(), Error> {
    let found = kind(path)?;
    let is_named = |name: &String| name.eq_ignore_ascii_case(&found.name);
    if found.is_local || allowed.iter().any(is_named) {
        return Ok(());
    }
    let problem = format!(
        "is on a file system ({}) that is not known to keep locks and files as a store needs them; name a place on a \
         local disk, or name it in `{{file_systems}}` if you know that it does",
        found.name
    );
    Err(problem::about(path, &problem))
}

/// What is to be said of the file system.
pub(super) fn warning(path: &Path) -> Option<Finding> {
    let found = kind(path).ok()?;
    let why = match found.name.as_str() {
        "tmpfs" => "keeps nothing when the machine restarts",
        "overlay" => "is a layer of a container, which goes with it",
        "btrfs" | "zfs" | "bcachefs" => {
            "copies on write, so that room that was reserved may be missing"
        }
        _ => return None,
    };
    Some(Finding {
        what: "file_system",
        path: path.to_owned(),
        text: format!("is on {}, which {why}", found.name),
        repaired: false,
    })
}

struct FileSystem {
    name: String,
    is_local: bool,
}

/// The numbers that Linux gives to file systems, with their names, and whether a store works there.
#[cfg(target_os = "linux")]
const KNOWN: [(u64, &str, bool); 20] = [
    (0xEF53, "ext4", true),
    (0x5846_5342, "xfs", true),
    (0x9123_683E, "btrfs", true),
    (0x2FC1_2FC1, "zfs", true),
    (0xF2F5_2010, "f2fs", true),
    (0xCA45_1A4E, "bcachefs", true),
    (0x0102_1994, "tmpfs", true),
    (0x794C_7630, "overlay", true),
    (0x6969, "nfs", false),
    (0xFF53_4D42, "cifs", false),
    (0xFE53_4D42, "smb2", false),
    (0x6573_5546, "fuse", false),
    (0x0102_1997, "9p", false),
    (0x786F_4256, "vboxsf", false),
    (0x8584_58F6, "ramfs", false),
    (0x4D44, "vfat", false),
    (0x2011_BAB0, "exfat", false),
    (0x7366_746E, "ntfs3", false),
    (0x00C3_6400, "ceph", false),
    (0xF15F, "ecryptfs", false),
];

#[cfg(target_os = "linux")]
fn kind(path: &Path) -> Result<FileSystem, Error> {
    let unusable = |error: std::io::Error| problem::unusable(path, &error);
    let folder = File::open(path).map_err(unusable)?;
    let found = rustix::fs::fstatfs(&folder).map_err(|error| unusable(error.into()))?;
    // The number has 32 bits; where it is signed, the upper ones repeat its sign.
    let number = u64::try_from(i128::from(found.f_type) & 0xFFFF_FFFF).unwrap_or_default();
    let mut known = KNOWN.iter();
    Ok(match known.find(|(known, _, _)| *known == number) {
        Some((_, name, is_local)) => FileSystem {
            name: (*name).to_owned(),
            is_local: *is_local,
        },
        None => FileSystem {
            name: format!("{number:#x}"),
            is_local: false,
        },
    })
}

/// Written for macOS, and not run there.
#[cfg(target_os = "macos")]
fn kind(path: &Path) -> Result<FileSystem, Error> {
    let unusable = |error: std::io::Error| problem::unusable(path, &error);
    let folder = File::open(path).map_err(unusable)?;
    let found = rustix::fs::fstatfs(&folder).map_err(|error| unusable(error.into()))?;
    let letters = found.f_fstypename.iter().flat_map(|c| c.to_ne_bytes());
    let letters: Vec<u8> = letters.take_while(|c| *c != 0).collect();
    let name = String::from_utf8_lossy(&letters).into_owned();
    let is_local = name == "apfs" || name == "hfs";
    Ok(FileSystem { name, is_local })
}
