//! A new file with its content, readable by its owner alone. It is taken away again unless it was kept.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
#[cfg(target_os = "linux")]
use std::mem::MaybeUninit;
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
#[cfg(target_os = "linux")]
use rustix::fs::RawDir;

use super::seen::Seen;

/// A file that was not there before.
pub(super) struct Fresh {
    pub file: File,
    pub path: PathBuf,
    process: u32,
    kept: bool,
}

impl Fresh {
    /// An empty file. Its mode is 0600 whatever the umask says.
    pub(super) fn create(path: PathBuf) -> io::Result<Self> {
        let file = options(OFlags::NOFOLLOW)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        let fresh = Self {
            file,
            path,
            process: std::process::id(),
            kept: false,
        };
        fresh.file.set_permissions(Permissions::from_mode(0o600))?;
        Ok(fresh)
    }

    /// A file that holds `bytes`, durable but for its name.
    pub(super) fn written(path: PathBuf, bytes: &[u8]) -> io::Result<Self> {
        let fresh = Self::create(path)?;
        fresh.write(bytes)?;
        fresh.file.sync_all()?;
        Ok(fresh)
    }

    /// Fills the file from its start.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all_at(bytes, 0)
    }

    /// Sends what was written on its way to the disk, and waits for nothing. Until then the file has no place there, and
    /// a journal has nothing of it.
    pub(super) fn begin_to_sync(&self) {
        // What is not sent now is sent by the sync.
        #[cfg(target_os = "linux")]
        let _ = rustix::fs::fadvise(&self.file, 0, None, rustix::fs::Advice::DontNeed);
    }

    /// Leaves the file where it is.
    pub(super) fn keep(&mut self) {
        self.kept = true;
    }

    /// Whether this process made the file, and not the one that it was forked from.
    pub(super) fn is_mine(&self) -> bool {
        self.process == std::process::id()
    }
}

#[cfg(all(test, target_os = "linux"))]
impl Fresh {
    pub(super) fn inherit(&mut self) {
        self.process = 0;
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if !self.kept && self.is_mine() {
            // What stays behind is found by cleaning.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Opens a regular file for reading, and says how long it is. A link is not followed, and nothing that blocks is waited
/// for.
pub(super) fn open(path: &Path) -> io::Result<(File, u64)> {
    let file = unmarked(OFlags::NOFOLLOW | OFlags::NONBLOCK, path)?;
    let seen = Seen::of(&file)?;
    if seen.is_file {
        Ok((file, seen.length))
    } else {
        Err(io::Error::from(io::ErrorKind::InvalidData))
    }
}

/// Opens a folder of the store, for its lock and for making its names durable.
pub(super) fn open_folder(path: &Path) -> io::Result<File> {
    options(OFlags::DIRECTORY | OFlags::NOFOLLOW).open(path)
}

/// Shows `each` the names in a folder, in no order.
#[cfg(target_os = "linux")]
pub(super) fn each_name(path: &Path, mut each: impl FnMut(&[u8])) -> io::Result<()> {
    /// Room for the names of a hundred records, on the stack.
    const ROOM: usize = 16 * 1024;
    let folder = unmarked(OFlags::DIRECTORY | OFlags::NOFOLLOW, path)?;
    let mut room = [MaybeUninit::uninit(); ROOM];
    let mut entries = RawDir::new(folder, &mut room);
    while let Some(entry) = entries.next() {
        each(entry?.file_name().to_bytes());
    }
    Ok(())
}

/// Shows `each` the names in a folder, in no order.
#[cfg(not(target_os = "linux"))]
pub(super) fn each_name(path: &Path, mut each: impl FnMut(&[u8])) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        each(entry?.file_name().as_encoded_bytes());
    }
    Ok(())
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    options(OFlags::DIRECTORY).open(path)?.sync_all()
}

/// Makes a folder that its owner alone may enter, whatever the umask says. One that is there is taken as it is.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => {
            made?;
            fs::set_permissions(path, Permissions::from_mode(0o700))
        }
    }
}

/// Puts a file with `bytes` at `path` in one step, durable when it returns. `draft` is where it is written first.
pub(super) fn put(draft: PathBuf, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut fresh = Fresh::written(draft, bytes)?;
    fs::rename(&fresh.path, path)?;
    fresh.keep();
    sync_folder(path.parent().unwrap_or(Path::new("/")))
}

/// Whether `path` still names this open file.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    match (Seen::of(file), Seen::at(path)) {
        (Ok(open), Ok(found)) => open.which == found.which,
        _ => false,
    }
}

/// Opens without noting that it was read, where the system allows that: the note would be one more write for each.
#[cfg(target_os = "linux")]
fn unmarked(flags: OFlags, path: &Path) -> io::Result<File> {
    match options(flags | OFlags::NOATIME).open(path) {
        // A file of another user.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => options(flags).open(path),
        opened => opened,
    }
}

#[cfg(not(target_os = "linux"))]
fn unmarked(flags: OFlags, path: &Path) -> io::Result<File> {
    options(flags).open(path)
}

fn options(flags: OFlags) -> OpenOptions {
    let mut options = OpenOptions::new();
    // std adds O_CLOEXEC itself.
    options
        .read(true)
        .custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    options
}
