//! The store on a disk, with real files, locks, processes and full disks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod child;
mod faults;
mod opening;
mod tending;
mod traced;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::{Disk, StoreSettings};
use crate::error::{Error, Kind};
use crate::tokens::store::Store;
use crate::tokens::store::{Name, NameKind, Room};
use crate::tokens::sum::Sealed;
use crate::tokens::testing::sealed;

/// A folder in memory that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let parent = Path::new("/dev/shm");
        let parent = if parent.is_dir() {
            parent.to_owned()
        } else {
            std::env::temp_dir()
        };
        let path = parent.join(format!(
            "pinterest-oauth-disk-{}-{number}",
            std::process::id()
        ));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn settings(&self) -> StoreSettings {
        settings(&self.0.join("store"))
    }

    fn open(&self) -> Disk {
        Disk::open(&self.settings()).unwrap()
    }

    /// The file of the record in the store.
    fn record(&self) -> PathBuf {
        self.file("json")
    }

    /// A file beside the record.
    fn file(&self, end: &str) -> PathBuf {
        let hash = name().hash;
        self.records().join(format!("{hash}.{end}"))
    }

    fn records(&self) -> PathBuf {
        self.0.join("store/records/ab")
    }

    /// The names in the record's folder, each without its hash.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.records()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names
            .map(|name| name.split_once('.').unwrap().1.to_owned())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn settings(store: &Path) -> StoreSettings {
    StoreSettings {
        store: store.to_owned(),
        loopback: true,
        ..StoreSettings::default()
    }
}

fn name() -> Name {
    Name {
        hash: "ab".repeat(32),
        kind: NameKind::Record,
    }
}

/// A sealed text with this write id and this number.
fn text(write_id: &str, number: u64) -> Sealed {
    sealed(&format!(r#"{{"number":{number},"write_id":"{write_id}"}}"#))
}

fn number(text: &Sealed) -> u64 {
    let value: serde_json::Value = serde_json::from_str(text.text()).unwrap();
    value["number"].as_u64().unwrap()
}

/// The message of a store that is not opened.
fn refusal(settings: &StoreSettings) -> String {
    let error = Disk::open(settings).err().expect("the store was opened");
    unavailable(&error)
}

fn unavailable(error: &Error) -> String {
    assert_eq!(error.kind(), Kind::StoreUnavailable, "{error}");
    error.message().to_owned()
}
