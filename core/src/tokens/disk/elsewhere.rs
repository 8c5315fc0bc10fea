//! Systems where the store on a disk was never tried: opening it says so.

use super::settings::{Finding, StoreSettings};
use crate::error::Error;
use crate::tokens::store::{Found, Holder, Name, Room, Store};
use crate::tokens::sum::Sealed;

/// There is none here.
pub(crate) enum Disk {}

impl Disk {
    /// # Errors
    /// `store_unavailable`, always.
    pub(crate) fn open(_: &StoreSettings) -> Result<Self, Error> {
        Err(Error::store_unavailable(
            "store",
            "on a disk is for Linux and macOS; on this system use the store in memory, and keep the tokens yourself",
        ))
    }

    pub(crate) fn place(&self) -> String {
        match *self {}
    }

    pub(crate) fn path(&self) -> String {
        match *self {}
    }

    pub(crate) fn clean(&self, _: &dyn Fn(&Sealed, &str) -> bool) -> Result<usize, Error> {
        match *self {}
    }

    pub(crate) fn examine(&self, _: bool) -> Vec<Finding> {
        match *self {}
    }

    pub(crate) fn maintenance(&self) -> Result<Option<String>, Error> {
        match *self {}
    }

    pub(crate) fn set_maintenance(&self, _: &str) -> Result<(), Error> {
        match *self {}
    }
}

impl Store for Disk {
    fn id(&self) -> &str {
        match *self {}
    }

    fn load(&self, _: &Name) -> Result<Option<Sealed>, Error> {
        match *self {}
    }

    fn commit(&self, _: &Name, _: Option<&str>, _: &Sealed) -> Result<bool, Error> {
        match *self {}
    }

    fn remove(&self, _: &Name, _: &str) -> Result<bool, Error> {
        match *self {}
    }

    fn list(&self) -> Result<Vec<Name>, Error> {
        match *self {}
    }

    fn reserve(&self, _: &Name, _: &str) -> Result<Box<dyn Room>, Error> {
        match *self {}
    }

    fn holder(&self, _: &Name, _: &str) -> Holder {
        match *self {}
    }

    fn answers(&self, _: &Name) -> Vec<Found> {
        match *self {}
    }

    fn with_attempts(&self) -> Result<HashSet<Name>, Error> {
        match *self {}
    }

    fn forget(&self, _: &Name, _: &Found) {
        match *self {}
    }

    fn copy(&self, _: &Name, _: &str, _: &Sealed) -> Result<(), Error> {
        match *self {}
    }
}
