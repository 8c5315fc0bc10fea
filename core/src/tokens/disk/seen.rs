//! What is asked about a file: its kind, its length, and which one it is; never its times.
//!
//! Linux gives a file whose times were asked for finer ones with its next change, which is a write more to ext4's journal:
//! measured, a refresh took 80 µs longer.

use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// A file or folder, as it was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub is_file: bool,
    pub is_folder: bool,
    /// In bytes.
    pub length: u64,
    /// The device and the number: the same for the same file.
    pub which: (u64, u64),
}

impl Seen {
    /// An open one.
    pub(super) fn of(file: &File) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(seen) = linux::seen(file, Path::new(""), rustix::fs::AtFlags::EMPTY_PATH) {
            return seen;
        }
        file.metadata().map(Self::from)
    }

    /// What has this name. A link is not followed.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(seen) =
            linux::seen(rustix::fs::CWD, path, rustix::fs::AtFlags::SYMLINK_NOFOLLOW)
        {
            return seen;
        }
        fs::symlink_metadata(path).map(Self::from)
    }
}

impl From<Metadata> for Seen {
    fn from(found: Metadata) -> Self {
        Self {
            is_file: found.is_file(),
            is_folder: found.is_dir(),
            length: found.len(),
            which: (found.dev(), found.ino()),
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::io;
    use std::os::fd::AsFd;
    use std::path::Path;

    use rustix::fs::{AtFlags, FileType, StatxFlags, statx};
    use rustix::io::Errno;

    use super::Seen;

    /// `None` where the system does not answer in parts: before Linux 4.11, and in some containers.
    pub(super) fn seen(at: impl AsFd, path: &Path, flags: AtFlags) -> Option<io::Result<Seen>> {
        let wanted = StatxFlags::TYPE | StatxFlags::SIZE | StatxFlags::INO;
        let found = match statx(at, path, flags, wanted) {
            Err(Errno::NOSYS | Errno::PERM) => return None,
            Err(error) => return Some(Err(error.into())),
            Ok(found) => found,
        };
        let kind = FileType::from_raw_mode(found.stx_mode.into());
        let device = u64::from(found.stx_dev_major) << 32 | u64::from(found.stx_dev_minor);
        Some(Ok(Seen {
            is_file: kind.is_file(),
            is_folder: kind.is_dir(),
            length: found.stx_size,
            which: (device, found.stx_ino),
        }))
    }
}
