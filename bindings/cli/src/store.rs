//! A token document on disk: whole or not there at all, and for its owner alone.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use pinterest_oauth::{Outcome, Secret};

use crate::failure::{Failure, reason};

/// A file that can be written, as far as one can know without writing it.
pub(crate) struct Store {
    target: PathBuf,
}

impl Store {
    /// Checks, before a code is spent, that the token will find its place.
    pub fn prepare(path: &OsStr) -> Result<Self, Failure> {
        let fault = |problem: String| {
            Failure::argument("output", format!("the file of --output {problem}"))
        };
        if path == "-" {
            return Err(fault(String::from("is a file: --json prints the token")));
        }
        let unwritable = |error: io::Error| fault(format!("cannot be written: {}", reason(&error)));
        let mut target = PathBuf::from(path);
        match fs::metadata(&target) {
            // Through links: what they point to is replaced, not the link.
            Ok(found) if found.is_file() => {
                target = fs::canonicalize(&target).map_err(unwritable)?
            }
            Ok(_) => return Err(fault(String::from("is not a regular file"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (),
            Err(error) => return Err(unwritable(error)),
        }
        let store = Self { target };
        let (path, file) = store.draft().map_err(unwritable)?;
        drop(file);
        fs::remove_file(path).map_err(unwritable)?;
        Ok(store)
    }

    /// Where it will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes the document next to its place, then puts it there in one step.
    pub fn write(&self, document: &Secret) -> Result<(), Failure> {
        let written = self.draft().and_then(|(path, file)| {
            let done = fill(file, document).and_then(|()| fs::rename(&path, &self.target));
            if done.is_err() {
                // The first error is the one to tell.
                let _ = fs::remove_file(&path);
            }
            done
        });
        written.map_err(|error| {
            let message = "the token was issued but could not be written, and is lost";
            Failure::lost(message, &error, Outcome::Unknown)
        })
    }

    fn draft(&self) -> io::Result<(PathBuf, File)> {
        let name = self.target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let mut draft = OsString::from(".");
        draft.push(name);
        draft.push(format!(".{}.tmp", std::process::id()));
        let path = self.target.with_file_name(draft);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).map(|file| (path, file))
    }
}

fn fill(mut file: File, document: &Secret) -> io::Result<()> {
    file.write_all(document.expose().as_bytes())?;
    file.sync_all()
}
