//! The folders and files of a store: where they are, how a store is made, and what is checked when one is opened.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fresh;
use super::owner;
use super::place;
use super::problem;
use super::record::NEWER;
use super::settings::{Finding, StoreSettings};
use crate::error::Error;
use crate::tokens::store::{Name, NameKind};
use crate::tokens::sum;

/// The version of a store that this library makes, and the newest that it reads.
const FORMAT: u64 = 1;

const HEAD: &str = "store.json";
const RECORDS: &str = "records";

/// An open store. Nothing in it changes.
pub(super) struct Layout {
    pub root: PathBuf,
    pub id: String,
    pub recovery_dir: Option<PathBuf>,
    /// Where answers are kept that the store does not take, in the order in which they are asked.
    pub elsewhere: Vec<PathBuf>,
    /// What was found when it was opened.
    pub notes: Vec<Finding>,
    writable_by: u64,
}

/// What `store.json` says.
#[derive(Serialize, Deserialize)]
struct Head {
    format: u64,
    /// The oldest versions that may read and write here.
    readable_by: u64,
    writable_by: u64,
    store: String,
    recovery_dir: Option<PathBuf>,
    /// There where tokens are sealed with a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key_fingerprint: Option<String>,
}

impl Layout {
    /// The store of these settings, which is made where it is missing.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub(super) fn open(settings: &StoreSettings) -> Result<Self, Error> {
        let root = absolute("store", &settings.store)?;
        place::check_temporary("store", &root, settings.loopback)?;
        let wanted = match &settings.recovery_dir {
            Some(folder) => {
                let folder = absolute("recovery_dir", folder)?;
                place::check_temporary("recovery_dir", &folder, settings.loopback)?;
                Some(folder)
            }
            None => None,
        };
        let found = match fs::metadata(&root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            found => Some(found.map_err(|error| problem::unusable(&root, &error))?),
        };
        match &found {
            Some(found) if !found.is_dir() => {
                return Err(problem::about(&root, "is no folder"));
            }
            Some(found) => owner::check_user(&root, found)?,
            None => {}
        }
        if found.is_none() || is_empty(&root) {
            build(&root, &settings.file_systems, wanted.as_deref())?;
        }
        let found = fs::metadata(&root).map_err(|error| problem::unusable(&root, &error))?;
        let notes = owner::check(&root, &found)?.into_iter().collect();
        place::check_file_system(&root, &settings.file_systems)?;
        let head = Head::read(&root)?;
        if wanted.is_some() && wanted != head.recovery_dir {
            let problem = format!(
                "is not the one that this store was made with; leave it out, or change it in {} while nothing runs",
                problem::shown(&root.join(HEAD))
            );
            return Err(Error::store_unavailable("recovery_dir", problem));
        }
        Ok(Self {
            elsewhere: elsewhere(head.recovery_dir.clone(), settings.loopback),
            recovery_dir: head.recovery_dir,
            id: head.store,
            writable_by: head.writable_by,
            root,
            notes,
        })
    }

    /// # Errors
    /// `store_unavailable` where only a newer version may write.
    pub(super) fn may_be_written(&self) -> Result<(), Error> {
        if self.writable_by > FORMAT {
            return Err(problem::about(
                &self.root,
                "belongs to a newer version of this library; this version only reads it",
            ));
        }
        Ok(())
    }

    /// The folder that holds what belongs to `hash`.
    pub(super) fn folder(&self, hash: &str) -> PathBuf {
        let start = hash.get(..2).unwrap_or("00");
        self.root.join(RECORDS).join(start)
    }

    /// The 256 folders, whether they are there or not.
    pub(super) fn folders(&self) -> impl Iterator<Item = PathBuf> + '_ {
        (0..=u8::MAX).map(|number| self.root.join(RECORDS).join(format!("{number:02x}")))
    }

    /// The file of a record.
    ///
    /// # Errors
    /// `internal` for what is no name.
    pub(super) fn record(&self, name: &Name) -> Result<PathBuf, Error> {
        let end = match name.kind {
            NameKind::Record => "json",
            NameKind::App => "app",
        };
        self.file(&name.hash, end)
    }

    /// A file of an attempt: `HASH.ATTEMPT.end`.
    ///
    /// # Errors
    /// `internal` for what is no name.
    pub(super) fn attempt(&self, name: &Name, attempt: &str, end: &str) -> Result<PathBuf, Error> {
        if !is_id(attempt) {
            return Err(Error::internal("no id of an attempt"));
        }
        self.file(&name.hash, &[attempt, ".", end].concat())
    }

    /// A file that nobody has: `HASH.RANDOM.tmp`.
    ///
    /// # Errors
    /// `internal` for what is no name, and where the operating system gives no randomness.
    pub(super) fn draft(&self, name: &Name) -> Result<PathBuf, Error> {
        self.file(&name.hash, &(sum::random_id()? + ".tmp"))
    }

    fn file(&self, hash: &str, end: &str) -> Result<PathBuf, Error> {
        if !is_hash(hash) {
            return Err(Error::internal("no name of a record"));
        }
        Ok(self.folder(hash).join([hash, ".", end].concat()))
    }
}

impl Head {
    fn read(root: &Path) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Version {
            readable_by: u64,
        }
        let path = root.join(HEAD);
        let unusable = |error| problem::unusable(&path, &error);
        let (file, _) = match fresh::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let problem = if root.join(RECORDS).exists() {
                    "is missing, while the records are there; put it back from a backup"
                } else {
                    "is missing, and the folder is not empty: it is no store of this library"
                };
                return Err(problem::about(&path, problem));
            }
            opened => opened.map_err(unusable)?,
        };
        owner::check_user(&path, &file.metadata().map_err(unusable)?)?;
        let text = io::read_to_string(io::Read::take(file, 64 * 1024)).map_err(unusable)?;
        let foreign = || problem::about(&path, "is damaged, or none of this library");
        // A newer version may say everything else in other words.
        let version: Version = serde_json::from_str(&text).map_err(|_| foreign())?;
        if version.readable_by > FORMAT {
            return Err(problem::about(&path, NEWER));
        }
        let head: Self = serde_json::from_str(&text).map_err(|_| foreign())?;
        if head.format == 0 || !is_id(&head.store) {
            return Err(foreign());
        }
        if head.key_fingerprint.is_some() {
            return Err(problem::about(
                &path,
                "says that the tokens are sealed with a key, which this version cannot open",
            ));
        }
        Ok(head)
    }
}

/// Makes a store whole beside its place, and then puts it there. Who comes second takes what is there.
fn build(root: &Path, file_systems: &[String], recovery_dir: Option<&Path>) -> Result<(), Error> {
    let parent = root.parent().unwrap_or(Path::new("/"));
    for folder in [parent].into_iter().chain(recovery_dir) {
        make_parents(folder).map_err(|error| problem::unusable(folder, &error))?;
    }
    place::check_file_system(parent, file_systems)?;
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    let draft = parent.join(format!("{name}.{}", sum::random_id()?));
    let head = Head {
        format: FORMAT,
        readable_by: FORMAT,
        writable_by: FORMAT,
        store: sum::random_id()?,
        recovery_dir: recovery_dir.map(Path::to_owned),
        key_fingerprint: None,
    };
    if let Err(error) = fill(&draft, &head) {
        let _ = fs::remove_dir_all(&draft);
        return Err(problem::unusable(parent, &error));
    }
    if let Err(error) = fs::rename(&draft, root) {
        let _ = fs::remove_dir_all(&draft);
        let is_there = matches!(
            error.kind(),
            io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists
        );
        if !is_there {
            return Err(problem::unusable(root, &error));
        }
    }
    fresh::sync_folder(parent).map_err(|error| problem::unusable(parent, &error))
}

fn fill(draft: &Path, head: &Head) -> io::Result<()> {
    let records = draft.join(RECORDS);
    fresh::make_folder(draft)?;
    fresh::make_folder(&records)?;
    for number in 0..=u8::MAX {
        let folder = records.join(format!("{number:02x}"));
        fresh::make_folder(&folder)?;
        fresh::sync_folder(&folder)?;
    }
    let text = serde_json::to_string(head)? + "\n";
    fresh::Fresh::written(draft.join(HEAD), text.as_bytes())?.keep();
    fresh::sync_folder(&records)?;
    fresh::sync_folder(draft)
}

/// Folders that are missing are made one by one: a umask must not lock us out of the first.
fn make_parents(folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|path| !path.exists())
        .collect();
    for path in missing.into_iter().rev() {
        fresh::make_folder(path)?;
    }
    Ok(())
}

/// `recovery_dir`, and the folder of this login of the user, where there is one.
fn elsewhere(recovery_dir: Option<PathBuf>, loopback: bool) -> Vec<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let runtime = runtime
        .filter(|folder| folder.is_absolute() && (loopback || !place::is_temporary(folder)))
        .map(|folder| folder.join("pinterest-oauth"));
    recovery_dir.into_iter().chain(runtime).collect()
}

fn absolute(setting: &str, path: &Path) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(path);
    absolute.map_err(|_| Error::store_unavailable(setting, "is no path"))
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Whether `text` is the name of a record.
pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 64 && is_id(text)
}

/// Whether `text` may be part of a file's name: hexadecimal digits, at most 64.
pub(super) fn is_id(text: &str) -> bool {
    let is_digit = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    !text.is_empty() && text.len() <= 64 && text.bytes().all(is_digit)
}
