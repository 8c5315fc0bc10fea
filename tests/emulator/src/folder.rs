//! The folder of the CA's certificate and of the clock's file.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

pub(crate) struct Folder {
    path: PathBuf,
    own: bool,
}

impl Folder {
    /// One of our own, removed at the end.
    pub(crate) fn new(unique: &str) -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("pinterest-oauth-emulator-{unique}"));
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        Ok(Self { path, own: true })
    }

    /// One that somebody else keeps.
    pub(crate) fn given(path: PathBuf) -> io::Result<Self> {
        let path = std::path::absolute(path)?;
        fs::create_dir_all(&path)?;
        Ok(Self { path, own: false })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.own {
            // What cannot be removed stays in the system's folder for such things.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
