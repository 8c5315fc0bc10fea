//! An open store on a disk, as the manager uses it.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::sync::Arc;

use super::layout::Layout;
use super::settings::{Finding, StoreSettings};
use super::{commit, examine, found, fresh, problem, record, room, tend};
use crate::error::Error;
use crate::tokens::store::{Found, Holder, Name, NameKind, Room, Store};
use crate::tokens::sum::{self, Sealed};

const MAINTENANCE: &str = "maintenance.json";

/// A store on a disk, for all processes of one user. It holds nothing open; a forked child may use it.
pub(crate) struct Disk {
    layout: Arc<Layout>,
}

impl Disk {
    /// Opens the store, and makes it where it is missing.
    ///
    /// # Errors
    /// `store_unavailable`: another's, of a newer version, damaged, on a file system or in a place that will not do.
    pub(crate) fn open(settings: &StoreSettings) -> Result<Self, Error> {
        let layout = Arc::new(Layout::open(settings)?);
        Ok(Self { layout })
    }

    /// What messages call it: where it is, and who looks into it.
    pub(crate) fn place(&self) -> String {
        let user = problem::user(problem::effective_user());
        format!("the store {} of {user}", problem::shown(&self.layout.root))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> String {
        problem::shown(&self.layout.root)
    }

    /// Takes away what killed processes have left for over an hour, and says how many files; `names` says whether the
    /// text of a record names an attempt.
    ///
    /// # Errors
    /// `store_unavailable`, `store_busy`.
    pub(crate) fn clean(&self, names: &dyn Fn(&Sealed, &str) -> bool) -> Result<usize, Error> {
        tend::clean(&self.layout, names)
    }

    /// What is wrong. Modes are set right at once; with `repair` damaged records are moved aside, and what is missing is
    /// made.
    pub(crate) fn examine(&self, repair: bool) -> Vec<Finding> {
        examine::examine(&self.layout, repair)
    }

    /// What [`Disk::set_maintenance`] has kept last.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub(crate) fn maintenance(&self) -> Result<Option<String>, Error> {
        let path = self.layout.root.join(MAINTENANCE);
        match fresh::open(&path).and_then(|(file, _)| io::read_to_string(file)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read
                .map(Some)
                .map_err(|error| problem::unusable(&path, &error)),
        }
    }

    /// Keeps how the last maintenance went.
    ///
    /// # Errors
    /// `store_unavailable`.
    pub(crate) fn set_maintenance(&self, text: &str) -> Result<(), Error> {
        self.layout.may_be_written()?;
        let path = self.layout.root.join(MAINTENANCE);
        let draft = format!("{MAINTENANCE}.{}.tmp", sum::random_id()?);
        fresh::put(self.layout.root.join(draft), &path, text.as_bytes())
            .map_err(|error| problem::unusable(&path, &error))
    }
}

impl Store for Disk {
    fn id(&self) -> &str {
        &self.layout.id
    }

    fn load(&self, name: &Name) -> Result<Option<Sealed>, Error> {
        record::read(&self.layout.record(name)?)
    }

    fn commit(&self, name: &Name, expected: Option<&str>, text: &Sealed) -> Result<bool, Error> {
        commit::commit(&self.layout, name, expected, text)
    }

    fn remove(&self, name: &Name, expected: &str) -> Result<bool, Error> {
        commit::remove(&self.layout, name, expected)
    }

    fn list(&self) -> Result<Vec<Name>, Error> {
        let mut hashes = BTreeSet::new();
        for folder in self.layout.folders() {
            let unusable = |error| problem::unusable(&folder, &error);
            for entry in fs::read_dir(&folder).map_err(unusable)? {
                let path = entry.map_err(unusable)?.path();
                let parts = tend::parts(&path).filter(|(_, rest)| rest == "json");
                hashes.extend(parts.map(|(hash, _)| hash));
            }
        }
        let kind = NameKind::Record;
        Ok(hashes.into_iter().map(|hash| Name { hash, kind }).collect())
    }

    fn reserve(&self, name: &Name, attempt: &str) -> Result<Box<dyn Room>, Error> {
        let attempt = room::reserve(&self.layout, name, attempt)?;
        Ok(Box::new(attempt))
    }

    fn holder(&self, name: &Name, attempt: &str) -> Holder {
        found::holder(&self.layout, name, attempt)
    }

    fn answers(&self, name: &Name) -> Vec<Found> {
        found::answers(&self.layout, name)
    }

    fn with_attempts(&self) -> Result<HashSet<Name>, Error> {
        found::with_attempts(&self.layout)
    }

    fn forget(&self, _: &Name, found: &Found) {
        found::forget(found);
    }

    fn copy(&self, name: &Name, attempt: &str, text: &Sealed) -> Result<(), Error> {
        found::copy(&self.layout, name, attempt, text)
    }
}
