use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{Folder, Sealed, Store, name, number, text};

/// As if nobody had touched it for two hours.
fn age(path: &Path) {
    let then = SystemTime::now() - Duration::from_secs(2 * 60 * 60);
    File::open(path).unwrap().set_modified(then).unwrap();
}

fn names_none(_: &Sealed, _: &str) -> bool {
    false
}

#[test]
fn thousands_of_orphans_are_cleaned_and_nothing_else() {
    let folder = Folder::new();
    let disk = folder.open();
    disk.commit(&name(), None, &text("a", 1)).unwrap();
    for number in 0..3_570_u32 {
        let hash = crate::tokens::sum::hex(&number.to_le_bytes());
        let records = folder.0.join("store/records").join(&hash[..2]);
        let path = records.join(format!("{hash}.{number:x}.try"));
        fs::write(&path, " ").unwrap();
        age(&path);
    }
    for end in [
        "a1.try",
        "a2.tmp",
        "a3.try",
        "a4.tmp",
        "a5.copy",
        "damaged-1",
    ] {
        fs::write(folder.file(end), " ").unwrap();
    }
    fs::write(folder.file("a6.try"), text("b", 2).text()).unwrap();
    fs::write(folder.file("b1.try"), " ").unwrap();
    let living = disk.reserve(&name(), "a7").unwrap();
    for end in [
        "a1.try",
        "a2.tmp",
        "a5.copy",
        "damaged-1",
        "a6.try",
        "a7.try",
        "b1.try",
        "json",
    ] {
        age(&folder.file(end));
    }
    let names = |record: &Sealed, attempt: &str| {
        assert_eq!(number(record), 1);
        attempt == "b1"
    };
    assert_eq!(disk.clean(&names).unwrap(), 3_570 + 2);
    assert_eq!(
        folder.names(),
        [
            "a3.try",
            "a4.tmp",
            "a5.copy",
            "a6.try",
            "a7.try",
            "b1.try",
            "damaged-1",
            "json"
        ]
    );
    assert_eq!(disk.clean(&names_none).unwrap(), 1);
    drop(living);
}

#[test]
fn an_attempt_whose_record_cannot_be_read_is_kept() {
    let folder = Folder::new();
    let disk = folder.open();
    fs::write(folder.record(), "").unwrap();
    fs::write(folder.file("a1.try"), " ").unwrap();
    age(&folder.file("a1.try"));
    assert_eq!(disk.clean(&names_none).unwrap(), 0);
    fs::remove_file(folder.record()).unwrap();
    assert_eq!(disk.clean(&names_none).unwrap(), 1);
}

#[test]
fn a_damaged_record_is_moved_aside_by_repair_alone() {
    let folder = Folder::new();
    let disk = folder.open();
    fs::write(folder.file("damaged-1"), "older").unwrap();
    fs::write(folder.record(), "cut").unwrap();
    let damaged = |repair| {
        let mut findings = disk.examine(repair);
        findings.retain(|finding| finding.what == "damaged");
        findings
    };
    let told = damaged(false);
    assert_eq!((told.len(), told[0].repaired), (1, false));
    assert_eq!(told[0].path, folder.record());
    assert!(folder.record().exists());
    assert!(damaged(true)[0].repaired);
    assert_eq!(fs::read_to_string(folder.file("damaged-2")).unwrap(), "cut");
    assert!(damaged(true).is_empty());
    assert!(disk.commit(&name(), None, &text("a", 1)).unwrap());
    assert!(damaged(true).is_empty());
}

#[test]
fn what_is_wrong_is_told_and_modes_are_set_right() {
    let folder = Folder::new();
    let disk = folder.open();
    let kinds = |repair| {
        let findings = disk.examine(repair);
        let mut kinds: Vec<&str> = findings.iter().map(|finding| finding.what).collect();
        kinds.retain(|what| *what != "file_system");
        kinds.sort_unstable();
        kinds
    };
    disk.commit(&name(), None, &text("a", 1)).unwrap();
    assert_eq!(kinds(true), [""; 0]);
    let living = disk.reserve(&name(), "a1").unwrap();
    assert_eq!(kinds(true), [""; 0]);
    fs::set_permissions(folder.record(), PermissionsExt::from_mode(0o660)).unwrap();
    fs::set_permissions(folder.records(), PermissionsExt::from_mode(0o755)).unwrap();
    assert_eq!(kinds(false), ["group_access", "mode"]);
    assert_eq!(fs::metadata(folder.record()).unwrap().mode() & 0o777, 0o600);
    assert_eq!(
        fs::metadata(folder.records()).unwrap().mode() & 0o777,
        0o700
    );
    disk.reserve(&name(), "a2")
        .unwrap()
        .write(&text("b", 2))
        .unwrap();
    fs::remove_dir(folder.0.join("store/records/00")).unwrap();
    let draft = folder.0.join(format!("store.{}", "0".repeat(32)));
    fs::create_dir(&draft).unwrap();
    age(&draft);
    assert_eq!(kinds(false), ["missing", "orphan", "unread_answer"]);
    kinds(true);
    assert_eq!(kinds(false), ["unread_answer"]);
    assert!(!draft.exists());
    drop(living);
}

#[test]
fn a_place_for_copies_that_is_missing_is_told_of_before_it_is_needed() {
    let folder = Folder::new();
    let mut settings = folder.settings();
    settings.recovery_dir = Some(folder.0.join("copies"));
    let disk = super::Disk::open(&settings).unwrap();
    let missing = |repair| {
        let findings = disk.examine(repair).into_iter();
        findings.filter(|found| found.what == "missing").count()
    };
    assert_eq!(missing(false), 0);
    fs::remove_dir(folder.0.join("copies")).unwrap();
    assert_eq!(missing(false), 1);
    assert_eq!((missing(true), missing(true)), (1, 0));
}

#[test]
fn a_store_in_memory_is_warned_of() {
    let folder = Folder::new();
    if !folder.0.starts_with("/dev/shm") {
        println!("skipped: no /dev/shm here");
        return;
    }
    let findings = folder.open().examine(false);
    let warned = findings
        .iter()
        .find(|finding| finding.what == "file_system");
    assert!(warned.unwrap().text.contains("tmpfs"));
}

#[test]
fn how_the_last_maintenance_went_is_kept() {
    let folder = Folder::new();
    let disk = folder.open();
    assert_eq!(disk.maintenance().unwrap(), None);
    disk.set_maintenance(r#"{"at":1}"#).unwrap();
    disk.set_maintenance(r#"{"at":2}"#).unwrap();
    assert_eq!(disk.maintenance().unwrap().unwrap(), r#"{"at":2}"#);
    assert_eq!(fs::read_dir(folder.0.join("store")).unwrap().count(), 3);
}
