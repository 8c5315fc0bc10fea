//! The file of an attempt: room for its answer, and then the answer itself.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use once_cell::race::OnceBox;

use super::commit;
use super::fresh::{self, Fresh};
use super::layout::Layout;
use super::lock::{self, Locked};
use super::problem;
use super::tend;
use crate::error::Error;
use crate::tokens::store::{Name, Room};
use crate::tokens::sum::{self, Sealed};

/// Room for the largest answer, spelled as JSON at its longest, and the record around it.
const ROOM: usize = 2 * 64 * 1024 + 64 * 1024;

/// The file of an attempt, whose lock this process holds.
pub(super) struct Attempt {
    layout: Arc<Layout>,
    name: Name,
    file: Fresh,
    record: PathBuf,
    folder: PathBuf,
    state: State,
}

#[derive(Clone, PartialEq)]
enum State {
    Empty,
    /// With the write id of what was written.
    Written(String),
    /// The disk did not take it: it may be read by others, and never put in the record's place.
    Failed,
    /// It is in the record's place, or gone.
    Over,
}

/// Makes room for the answer of a new attempt. A full disk gets back the room of attempts that are dead.
pub(super) fn reserve(layout: &Arc<Layout>, name: &Name, attempt: &str) -> Result<Attempt, Error> {
    layout.may_be_written()?;
    let path = layout.attempt(name, attempt, "try")?;
    let made = match make(path.clone()) {
        Err(error) if problem::is_full(&error) && tend::free_room(layout) => make(path.clone()),
        made => made,
    };
    let file = made.map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => problem::busy(&path),
        _ => problem::unusable(&path, &error),
    })?;
    Ok(Attempt {
        layout: Arc::clone(layout),
        name: name.clone(),
        record: layout.record(name)?,
        folder: layout.folder(&name.hash),
        file,
        state: State::Empty,
    })
}

fn make(path: PathBuf) -> io::Result<Fresh> {
    let fresh = Fresh::create(path)?;
    // Somebody may ask at this very moment whether its holder lives.
    if !lock::exclusive(&fresh.file)? {
        return Err(io::ErrorKind::WouldBlock.into());
    }
    fresh.write(blanks())?;
    if !fresh::is_at(&fresh.file, &fresh.path) {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(fresh)
}

/// What room is filled with, made once.
fn blanks() -> &'static [u8] {
    static BLANKS: OnceBox<Vec<u8>> = OnceBox::new();
    BLANKS.get_or_init(|| Box::new(vec![sum::BLANK; ROOM]))
}

impl Attempt {
    /// # Errors
    /// `internal` in a forked child: the attempt is its parent's.
    fn check_mine(&self) -> Result<(), Error> {
        if self.file.is_mine() {
            return Ok(());
        }
        Err(Error::internal(
            "this attempt belongs to the parent process",
        ))
    }
}

impl Room for Attempt {
    fn claim(&mut self, expected: Option<&str>, intent: &Sealed) -> Result<bool, Error> {
        self.check_mine()?;
        commit::commit_after(&self.layout, &self.name, expected, intent, Some(&self.file))
    }

    fn write(&mut self, text: &Sealed) -> Result<(), Error> {
        self.check_mine()?;
        if self.state != State::Empty {
            return Err(Error::internal("this room was used before"));
        }
        self.state = State::Failed;
        let file = &self.file.file;
        let bytes = text.text().as_bytes();
        // Its length is the same, so that no journal is waited for.
        let written = self.file.write(bytes).and_then(|()| file.sync_data());
        written.map_err(|error| problem::unusable(&self.file.path, &error))?;
        self.state = State::Written(text.write_id().to_owned());
        // Room that is left behind the text does no harm.
        let _ = file.set_len(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    fn put(&mut self, expected: &str) -> Result<bool, Error> {
        self.check_mine()?;
        let State::Written(write_id) = self.state.clone() else {
            return Err(Error::internal("nothing is written that could be put"));
        };
        self.layout.may_be_written()?;
        let _locked = Locked::take(&self.folder)?;
        if !commit::holds(&self.record, Some(expected))? {
            return Ok(false);
        }
        // Somebody may have put another file in its place.
        if !fresh::is_at(&self.file.file, &self.file.path) {
            return Ok(false);
        }
        let moved = commit::take_place(&self.file.path, &self.record, &write_id)?;
        if moved {
            self.state = State::Over;
        }
        Ok(moved)
    }

    fn discard(&mut self) {
        if self.file.is_mine() && self.state != State::Over {
            self.state = State::Over;
            // What stays behind is found by cleaning.
            let _ = std::fs::remove_file(&self.file.path);
        }
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if self.state != State::Empty {
            self.file.keep();
        }
        if self.file.is_mine() {
            // Of an inherited descriptor a child would keep the lock.
            lock::unlock(&self.file.file);
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
impl Attempt {
    /// As if this were a child that was forked now.
    pub(super) fn inherit(&mut self) {
        self.file.inherit();
    }
}
