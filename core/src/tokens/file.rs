//! One token in one file: whoever replaces it has it alone, and nothing that was issued is lost.
//!
//! Beside `token.json` lies `.token.json.draft` while somebody has the file: it is the lock, the room for the answer, and
//! after a crash the place where the answer is found. The room is reserved before anything is sent, the answer is
//! written into it and made durable, and then it takes the place of the file in one step.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::error::{Error, Kind, Outcome};
use crate::secret::Secret;
use crate::token::Token;

/// Room for the largest answer, spelled as JSON at its longest.
const ROOM: usize = 2 * 64 * 1024;

/// The largest file that is read.
const MAX_LENGTH: u64 = 1024 * 1024;

/// How often a file that somebody else has is asked for.
const POLL: Duration = Duration::from_millis(10);

/// A file that holds one token document.
#[derive(Debug, Clone)]
pub struct TokenFile {
    path: PathBuf,
}

/// A file that this program has alone, with room for the next token. Dropping it changes nothing in the file.
#[derive(Debug)]
pub struct Held {
    path: PathBuf,
    draft_path: PathBuf,
    draft: File,
    over: bool,
}

impl TokenFile {
    /// How long to wait for a file that somebody else has: longer than any call of theirs.
    pub const WAIT: Duration = Duration::from_secs(630);

    /// The file at `path`. A symbolic link is followed now, and stays a link. The file need not exist.
    ///
    /// # Errors
    /// `invalid_argument` for what is no regular file.
    pub fn at(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let path = match fs::metadata(path) {
            Ok(found) if found.is_file() => fs::canonicalize(path).map_err(unusable)?,
            Ok(_) => return Err(problem("is not a regular file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::read_link(path) {
                Ok(target) => path.parent().unwrap_or(Path::new("")).join(target),
                Err(_) => path.to_owned(),
            },
            Err(error) => return Err(unusable(error)),
        };
        if path.file_name().is_none() {
            return Err(problem("is not a regular file"));
        }
        Ok(Self { path })
    }

    /// Where the file is, links followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits at most `wait` until no other program has the file, takes over what a run that was killed has left, and
    /// reserves room. To be called before anything is sent.
    ///
    /// # Errors
    /// `timeout` when somebody else has it for longer; `invalid_argument` when there is no room or no leave to write.
    pub fn hold(&self, wait: Duration) -> Result<Held, Error> {
        // A wait that no clock can hold has no end.
        let end = Instant::now().checked_add(wait);
        loop {
            let draft_path = beside(&self.path, "draft");
            let draft = options().create(true).open(&draft_path).map_err(unusable)?;
            system::lock(&draft, || end.is_none_or(|end| Instant::now() < end), POLL)
                .map_err(unusable)?
                .then_some(())
                .ok_or_else(busy)?;
            // Whoever had it before may have put it in the file's place, or taken it away.
            if !system::is_at(&draft, &draft_path) {
                continue;
            }
            if !system::is_ours(&draft) {
                return Err(problem(
                    "has a draft beside it that belongs to somebody else",
                ));
            }
            let mut held = Held {
                path: self.path.clone(),
                draft_path,
                draft,
                over: false,
            };
            if held.adopt()? {
                continue;
            }
            held.reserve().map_err(|error| {
                let said = if error.kind() == io::ErrorKind::StorageFull {
                    problem("has no room for a new token: the disk is full")
                } else {
                    unusable(error)
                };
                held.discard();
                said
            })?;
            return Ok(held);
        }
    }
}

impl Held {
    /// The token that the file holds now; `None` where there is no file, or an empty one.
    ///
    /// # Errors
    /// `invalid_argument` when it cannot be read or holds no token document.
    pub fn token(&self) -> Result<Option<Token>, Error> {
        let text = match read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(error)),
        };
        if text.trim().is_empty() {
            return Ok(None);
        }
        Token::from_json(&text).map(Some)
    }

    /// Puts `token` in the place of what the file held. Mode and owner stay those of the file; a new one is readable by
    /// its owner alone.
    ///
    /// # Errors
    /// `internal` when it could not be put there; the token is in the draft beside the file then, and the next
    /// [`TokenFile::hold`] finds it.
    pub fn replace(mut self, token: &Token) -> Result<(), Error> {
        self.over = true;
        let document = document(token);
        let done = system::write(&self.draft, document.expose().as_bytes())
            .and_then(|()| self.draft.sync_all())
            .and_then(|()| put(&self.draft, &self.draft_path, &self.path));
        done.map_err(|error| {
            let message = format!(
                "the token was issued and could not be stored ({}); it is in the draft beside the file",
                error.kind()
            );
            Error::new(Kind::Internal, Outcome::Unknown, message)
        })
    }

    /// A draft that a killed run has left: a newer token takes its place in the file, anything else that is not mere
    /// room is put aside. Says whether the draft is used up.
    fn adopt(&mut self) -> Result<bool, Error> {
        let text = text_of(&mut self.draft).map_err(unusable)?;
        if text.trim().is_empty() {
            return Ok(false);
        }
        let stored = self.token().ok().flatten();
        let name = match Token::from_json(&text) {
            Ok(left) if stored.as_ref().is_some_and(|stored| same(stored, &left)) => {
                return Ok(false);
            }
            Ok(left) if stored.as_ref().is_none_or(|stored| is_newer(&left, stored)) => {
                self.over = true;
                // Written whole, and perhaps not yet durable.
                system::write(&self.draft, document(&left).expose().as_bytes())
                    .and_then(|()| self.draft.sync_all())
                    .and_then(|()| put(&self.draft, &self.draft_path, &self.path))
                    .map_err(unusable)?;
                return Ok(true);
            }
            Ok(_) => "older",
            Err(_) => "damaged",
        };
        self.over = true;
        fs::rename(&self.draft_path, free_name(&self.path, name)).map_err(unusable)?;
        Ok(true)
    }

    fn reserve(&mut self) -> io::Result<()> {
        let room = vec![b' '; ROOM];
        system::write(&self.draft, &room)?;
        self.draft.sync_all()
    }

    /// Takes the draft away, which holds no token.
    fn discard(&mut self) {
        if !self.over {
            self.over = true;
            // What stays behind is mere room, and the next one uses it.
            let _ = fs::remove_file(&self.draft_path);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.discard();
    }
}

/// Puts the draft in the place of the file, with its mode and owner.
fn put(draft: &File, draft_path: &Path, path: &Path) -> io::Result<()> {
    if let Ok(found) = fs::metadata(path) {
        system::take_after(draft, &found)?;
    }
    match fs::rename(draft_path, path) {
        Err(error) if system::is_mount(&error) => {
            // A file that is mounted by itself cannot be replaced, only written. The draft stays until it is.
            let file = OpenOptions::new().write(true).open(path)?;
            system::write(&file, read(draft_path)?.as_bytes())?;
            file.sync_all()?;
            fs::remove_file(draft_path)?;
        }
        done => done?,
    }
    system::sync_folder(path)
}

/// One line, as people store a token.
fn document(token: &Token) -> Secret {
    Secret::new(token.to_json() + "\n")
}

fn same(stored: &Token, left: &Token) -> bool {
    stored.access_token() == left.access_token() && stored.refresh_token() == left.refresh_token()
}

fn is_newer(left: &Token, stored: &Token) -> bool {
    left.obtained_at() >= stored.obtained_at()
}

fn read(path: &Path) -> io::Result<String> {
    text_of(&mut File::open(path)?)
}

fn text_of(file: &mut File) -> io::Result<String> {
    let mut text = String::new();
    file.take(MAX_LENGTH).read_to_string(&mut text)?;
    Ok(text)
}

/// `.token.json.draft` for `token.json`.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{what}"))
}

fn free_name(path: &Path, what: &str) -> PathBuf {
    let names = (1_u32..).map(|number| beside(path, &format!("{what}-{number}")));
    names
        .into_iter()
        .find(|name| !name.exists())
        .unwrap_or_else(|| beside(path, what))
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    system::for_owner_alone(&mut options);
    options
}

fn problem(problem: &str) -> Error {
    Error::invalid_argument("file", problem)
}

fn unusable(error: io::Error) -> Error {
    problem(&match error.kind() {
        io::ErrorKind::NotFound => String::from("is in a folder that does not exist"),
        io::ErrorKind::PermissionDenied => String::from("is not yours to write"),
        kind => format!("cannot be used ({kind})"),
    })
}

fn busy() -> Error {
    let message = "another program has had the token file all the time";
    Error::new(Kind::Timeout, Outcome::NotSent, message)
}

#[cfg(unix)]
mod system {
    use std::fs::{File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
    use std::path::Path;
    use std::time::Duration;

    use rustix::fs::{FlockOperation, OFlags, flock};

    pub fn for_owner_alone(options: &mut OpenOptions) {
        options.mode(0o600);
        options.custom_flags(i32::try_from(OFlags::NOFOLLOW.bits()).unwrap_or_default());
    }

    /// Whether the lock was had before `go_on` said no.
    pub fn lock(file: &File, go_on: impl Fn() -> bool, poll: Duration) -> io::Result<bool> {
        loop {
            match flock(file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(true),
                Err(rustix::io::Errno::WOULDBLOCK) if go_on() => std::thread::sleep(poll),
                Err(rustix::io::Errno::WOULDBLOCK) => return Ok(false),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Whether `path` still names this open file.
    pub fn is_at(file: &File, path: &Path) -> bool {
        match (file.metadata(), std::fs::symlink_metadata(path)) {
            (Ok(open), Ok(found)) => open.ino() == found.ino() && open.dev() == found.dev(),
            _ => false,
        }
    }

    pub fn is_ours(file: &File) -> bool {
        let user = rustix::process::geteuid().as_raw();
        file.metadata()
            .is_ok_and(|found| found.is_file() && found.uid() == user)
    }

    pub fn write(file: &File, bytes: &[u8]) -> io::Result<()> {
        file.write_all_at(bytes, 0)?;
        file.set_len(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
    }

    /// Mode and owner of a file that is to be replaced.
    pub fn take_after(file: &File, found: &Metadata) -> io::Result<()> {
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (found.uid(), found.gid()) {
            // Only root may give files away; another's group may be refused as well. The token is stored all the same.
            let _ = fchown(file, Some(found.uid()), Some(found.gid()));
        }
        file.set_permissions(Permissions::from_mode(found.mode() & 0o777))
    }

    pub fn is_mount(error: &io::Error) -> bool {
        matches!(
            error.kind(),
            io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices
        )
    }

    /// Makes the new name durable.
    pub fn sync_folder(path: &Path) -> io::Result<()> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

/// Where there are no such locks, two programs must not refresh one file at once.
#[cfg(not(unix))]
mod system {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io::{self, Seek, Write};
    use std::path::Path;
    use std::time::Duration;

    pub fn for_owner_alone(_: &mut OpenOptions) {}

    pub fn lock(_: &File, _: impl Fn() -> bool, _: Duration) -> io::Result<bool> {
        Ok(true)
    }

    pub fn is_at(_: &File, _: &Path) -> bool {
        true
    }

    pub fn is_ours(_: &File) -> bool {
        true
    }

    pub fn write(mut file: &File, bytes: &[u8]) -> io::Result<()> {
        file.rewind()?;
        file.write_all(bytes)?;
        file.set_len(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
    }

    pub fn take_after(_: &File, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub fn is_mount(_: &io::Error) -> bool {
        false
    }

    pub fn sync_folder(_: &Path) -> io::Result<()> {
        Ok(())
    }
}
