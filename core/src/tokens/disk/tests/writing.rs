use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::sync::Arc;

use super::super::layout::Layout;
use super::super::room;
use super::{Folder, Room, Store, name, number, text};
use crate::tokens::store::{Holder, Name, NameKind};
use crate::tokens::sum;

#[test]
fn a_record_is_replaced_only_where_it_has_the_write_id_that_was_read() {
    let folder = Folder::new();
    let disk = folder.open();
    assert!(disk.load(&name()).unwrap().is_none());
    assert!(!disk.commit(&name(), Some("a"), &text("b", 1)).unwrap());
    assert!(disk.commit(&name(), None, &text("a", 1)).unwrap());
    assert!(!disk.commit(&name(), None, &text("b", 2)).unwrap());
    assert!(!disk.commit(&name(), Some("b"), &text("c", 3)).unwrap());
    assert!(disk.commit(&name(), Some("a"), &text("b", 4)).unwrap());
    assert_eq!(number(&disk.load(&name()).unwrap().unwrap()), 4);
    assert_eq!(folder.names(), ["json"]);
    assert_eq!(
        fs::metadata(folder.record()).unwrap().mode() & 0o7777,
        0o600
    );
}

#[test]
fn of_two_threads_with_a_thousand_increments_each_none_is_lost() {
    let folder = Folder::new();
    folder.open().commit(&name(), None, &text("0", 0)).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let disk = folder.open();
                let mut done = 0;
                while done < 1_000 {
                    let current = disk.load(&name()).unwrap().unwrap();
                    let expected = current.write_id().to_owned();
                    let next = text(&sum::random_id().unwrap(), number(&current) + 1);
                    done += u32::from(disk.commit(&name(), Some(&expected), &next).unwrap());
                }
            });
        }
    });
    assert_eq!(
        number(&folder.open().load(&name()).unwrap().unwrap()),
        2_000
    );
    assert_eq!(folder.names(), ["json"]);
}

#[test]
fn names_are_listed_once_and_those_of_apps_are_not() {
    let folder = Folder::new();
    let disk = folder.open();
    let other = Name {
        hash: "0f".repeat(32),
        kind: NameKind::Record,
    };
    let app = Name {
        hash: "1f".repeat(32),
        kind: NameKind::App,
    };
    for name in [&name(), &other, &app] {
        disk.commit(name, None, &text("a", 1)).unwrap();
    }
    disk.reserve(&name(), "a1")
        .unwrap()
        .write(&text("b", 2))
        .unwrap();
    fs::write(folder.records().join("notes.json"), "x").unwrap();
    assert_eq!(disk.list().unwrap(), [other, name()]);
    assert!(disk.load(&app).unwrap().is_some());
}

#[test]
fn a_removed_record_takes_its_attempts_and_copies_along() {
    let folder = Folder::new();
    let disk = folder.open();
    disk.commit(&name(), None, &text("a", 1)).unwrap();
    disk.reserve(&name(), "a1")
        .unwrap()
        .write(&text("b", 2))
        .unwrap();
    disk.copy(&name(), "a2", &text("c", 3)).unwrap();
    assert!(!disk.remove(&name(), "x").unwrap());
    assert_eq!(folder.names(), ["a1.try", "a2.copy", "json"]);
    assert!(disk.remove(&name(), "a").unwrap());
    assert!(folder.names().is_empty());
    assert!(!disk.remove(&name(), "a").unwrap());
}

#[test]
fn an_answer_is_written_into_its_room_and_takes_the_records_place() {
    let folder = Folder::new();
    let disk = folder.open();
    disk.commit(&name(), None, &text("a", 1)).unwrap();
    let mut room = disk.reserve(&name(), "a1").unwrap();
    assert_eq!(
        fs::metadata(folder.file("a1.try")).unwrap().len(),
        3 * 64 * 1024
    );
    assert_eq!(disk.holder(&name(), "a1"), Holder::Alive);
    assert_eq!(disk.holder(&name(), "a2"), Holder::Unknown);
    assert!(disk.answers(&name()).is_empty());
    room.write(&text("b", 2)).unwrap();
    assert_eq!(number(&disk.answers(&name())[0].text), 2);
    // Its file is cut when it is durable. A power loss may leave it as long as it was, with zeros or blanks at its end.
    let written = fs::read_to_string(folder.file("a1.try")).unwrap();
    let page = 4_096 - written.len();
    for end in [String::new(), "\0".repeat(page)] {
        let left = format!("{written}{end}{}", " ".repeat(100_000));
        fs::write(folder.file("a1.try"), left).unwrap();
        assert_eq!(number(&disk.answers(&name())[0].text), 2);
    }
    assert!(!room.put("other").unwrap());
    assert!(room.put("a").unwrap());
    assert_eq!(number(&disk.load(&name()).unwrap().unwrap()), 2);
    assert_eq!(folder.names(), ["json"]);
    drop(room);
    assert_eq!(folder.names(), ["json"]);
    assert!(disk.commit(&name(), Some("b"), &text("c", 3)).unwrap());
}

#[test]
fn empty_room_goes_with_its_holder_and_a_written_answer_stays() {
    let folder = Folder::new();
    let disk = folder.open();
    let empty = disk.reserve(&name(), "a1").unwrap();
    fs::write(folder.records().join("notes.try"), "x").unwrap();
    assert_eq!(disk.with_attempts().unwrap(), [name()].into());
    fs::remove_file(folder.records().join("notes.try")).unwrap();
    drop(empty);
    assert!(folder.names().is_empty());
    assert!(disk.with_attempts().unwrap().is_empty());
    let mut room = disk.reserve(&name(), "a2").unwrap();
    room.write(&text("b", 2)).unwrap();
    drop(room);
    assert_eq!(disk.holder(&name(), "a2"), Holder::Dead);
    let found = disk.answers(&name());
    assert_eq!(found[0].attempt, "a2");
    disk.forget(&name(), &found[0]);
    let mut room = disk.reserve(&name(), "a3").unwrap();
    room.write(&text("b", 2)).unwrap();
    room.discard();
    assert!(folder.names().is_empty());
}

#[test]
fn an_answer_that_somebody_took_away_is_not_put() {
    let folder = Folder::new();
    let disk = folder.open();
    disk.commit(&name(), None, &text("a", 1)).unwrap();
    let mut room = disk.reserve(&name(), "a1").unwrap();
    room.write(&text("b", 2)).unwrap();
    fs::remove_file(folder.file("a1.try")).unwrap();
    assert!(!room.put("a").unwrap());
    // A restored backup has put an older file there.
    fs::write(folder.file("a1.try"), "   ").unwrap();
    assert!(!room.put("a").unwrap());
    assert_eq!(number(&disk.load(&name()).unwrap().unwrap()), 1);
}

#[test]
fn two_attempts_never_share_their_room_and_it_is_used_once() {
    let folder = Folder::new();
    let disk = folder.open();
    let mut room = disk.reserve(&name(), "a1").unwrap();
    let error = disk.reserve(&name(), "a1").err().unwrap();
    assert!(super::unavailable(&error).contains("is there already"));
    assert_eq!(folder.names(), ["a1.try"]);
    assert!(room.put("a").is_err());
    room.write(&text("b", 2)).unwrap();
    assert!(room.write(&text("c", 3)).is_err());
    for id in ["", "../x", "A", "a.b"] {
        assert!(disk.reserve(&name(), id).is_err(), "{id}");
    }
}

#[test]
fn copies_are_kept_beside_the_record_or_elsewhere_and_found_by_all() {
    let folder = Folder::new();
    let mut settings = folder.settings();
    settings.recovery_dir = Some(folder.0.join("copies"));
    let disk = super::Disk::open(&settings).unwrap();
    disk.copy(&name(), "a1", &text("b", 2)).unwrap();
    disk.copy(&name(), "a1", &text("b", 3)).unwrap();
    assert_eq!(folder.names(), ["a1.copy"]);
    assert_eq!(number(&folder.open().answers(&name())[0].text), 3);
    // The record's folder takes no file any more.
    fs::remove_file(folder.file("a1.copy")).unwrap();
    fs::rename(folder.records(), folder.0.join("away")).unwrap();
    fs::write(folder.records(), "").unwrap();
    disk.copy(&name(), "a2", &text("b", 4)).unwrap();
    fs::remove_file(folder.records()).unwrap();
    fs::rename(folder.0.join("away"), folder.records()).unwrap();
    let copy = format!("{}.{}.a2", disk.id(), name().hash);
    let copy = folder.0.join("copies").join(copy);
    assert_eq!(fs::metadata(&copy).unwrap().mode() & 0o7777, 0o600);
    let found = folder.open().answers(&name());
    assert_eq!((found.len(), number(&found[0].text)), (1, 4));
    assert_eq!(disk.with_attempts().unwrap(), [name()].into());
    // Only files that nobody else can have written are read.
    fs::rename(&copy, folder.0.join("real")).unwrap();
    symlink(folder.0.join("real"), &copy).unwrap();
    assert!(disk.answers(&name()).is_empty());
    fs::rename(folder.0.join("real"), &copy).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o640);
    fs::set_permissions(&copy, mode).unwrap();
    assert!(disk.answers(&name()).is_empty());
    disk.forget(&name(), &found[0]);
    assert!(!copy.exists());
}

#[test]
fn a_forked_child_takes_nothing_from_its_parent() {
    let folder = Folder::new();
    let disk = folder.open();
    disk.commit(&name(), None, &text("a", 1)).unwrap();
    let layout = Arc::new(Layout::open(&folder.settings()).unwrap());
    let reserve = |id: &str| room::reserve(&layout, &name(), id).unwrap();
    let mut empty = reserve("a1");
    empty.inherit();
    assert!(empty.write(&text("b", 2)).is_err());
    empty.discard();
    drop(empty);
    let mut written = reserve("a2");
    written.write(&text("b", 2)).unwrap();
    written.inherit();
    assert!(written.put("a").is_err());
    written.discard();
    drop(written);
    assert_eq!(folder.names(), ["a1.try", "a2.try", "json"]);
}

#[test]
fn a_removal_leaves_the_living_to_themselves() {
    let folder = Folder::new();
    let disk = folder.open();
    disk.commit(&name(), None, &text("a", 1)).unwrap();
    let mut room = disk.reserve(&name(), "a1").unwrap();
    room.write(&text("b", 2)).unwrap();
    assert!(disk.remove(&name(), "a").unwrap());
    assert_eq!(folder.names(), ["a1.try"]);
    assert!(!room.put("a").unwrap());
    room.discard();
    assert!(folder.names().is_empty());
}
