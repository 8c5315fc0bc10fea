//! Damaged records, records of newer versions, and disks without room.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::{Folder, Store, name, number, text, unavailable};
use crate::tokens::testing::sealed;

#[test]
fn a_damaged_record_is_named_and_never_overwritten() {
    let whole = text("a", 1);
    let whole = whole.text();
    let changed = whole.replace("\"number\":1", "\"number\":2");
    let cut = &whole[..whole.len() - 10];
    let room = " ".repeat(4_096);
    for damaged in ["", cut, &changed, &room, "\u{0}\u{0}", "{}"] {
        let folder = Folder::new();
        let disk = folder.open();
        fs::write(folder.record(), damaged).unwrap();
        let message = unavailable(&disk.load(&name()).unwrap_err());
        assert!(
            message.contains("is damaged") && message.contains(&name().hash),
            "{message}"
        );
        for expected in [None, Some("a")] {
            unavailable(&disk.commit(&name(), expected, &text("b", 2)).unwrap_err());
        }
        unavailable(&disk.remove(&name(), "a").unwrap_err());
        let mut room = disk.reserve(&name(), "a1").unwrap();
        room.write(&text("b", 2)).unwrap();
        unavailable(&room.put("a").unwrap_err());
        drop(room);
        assert_eq!(fs::read_to_string(folder.record()).unwrap(), damaged);
        assert_eq!(folder.names(), ["a1.try", "json"]);
    }
    let folder = Folder::new();
    fs::create_dir_all(&folder.0).unwrap();
    let disk = folder.open();
    fs::write(folder.record(), [0xFF, 0xFE]).unwrap();
    assert!(unavailable(&disk.load(&name()).unwrap_err()).contains("is damaged"));
}

#[test]
fn a_record_of_a_newer_version_is_served_or_refused_and_never_written() {
    let folder = Folder::new();
    let disk = folder.open();
    let newer = |fields: &str| {
        let text = format!(r#"{{"number":7,"write_id":"n",{fields}}}"#);
        fs::write(folder.record(), sealed(&text).text()).unwrap();
    };
    newer(r#""readable_by":1,"writable_by":2"#);
    assert_eq!(number(&disk.load(&name()).unwrap().unwrap()), 7);
    let error = disk.commit(&name(), Some("n"), &text("b", 2)).unwrap_err();
    assert!(unavailable(&error).contains("newer version"));
    unavailable(&disk.remove(&name(), "n").unwrap_err());
    newer(r#""readable_by":2,"writable_by":2"#);
    let error = disk.load(&name()).unwrap_err();
    assert!(unavailable(&error).contains("newer version"));
    unavailable(&disk.commit(&name(), None, &text("b", 2)).unwrap_err());
    newer(r#""readable_by":1,"writable_by":1"#);
    assert!(disk.commit(&name(), Some("n"), &text("b", 2)).unwrap());
}

#[test]
fn what_is_no_regular_file_is_neither_followed_nor_waited_for() {
    let folder = Folder::new();
    let disk = folder.open();
    let target = folder.0.join("target");
    fs::write(&target, text("a", 1).text()).unwrap();
    symlink(&target, folder.record()).unwrap();
    let message = unavailable(&disk.load(&name()).unwrap_err());
    assert!(message.contains("symbolic link"), "{message}");
    unavailable(&disk.commit(&name(), Some("a"), &text("b", 2)).unwrap_err());
    symlink(&target, folder.file("a1.try")).unwrap();
    symlink(&target, folder.file("a2.copy")).unwrap();
    unavailable(&disk.reserve(&name(), "a1").err().unwrap());
    assert!(disk.answers(&name()).is_empty());
    fs::remove_file(folder.record()).unwrap();
    let made = Command::new("mkfifo")
        .arg(folder.record())
        .status()
        .unwrap();
    assert!(made.success());
    let message = unavailable(&disk.load(&name()).unwrap_err());
    assert!(message.contains("no regular file"), "{message}");
}

#[test]
fn a_folder_that_is_missing_is_not_an_account_that_is_missing() {
    let folder = Folder::new();
    let disk = folder.open();
    fs::remove_dir(folder.records()).unwrap();
    assert!(unavailable(&disk.load(&name()).unwrap_err()).contains("is missing"));
    assert!(unavailable(&disk.list().unwrap_err()).contains("is missing"));
    unavailable(&disk.commit(&name(), None, &text("a", 1)).unwrap_err());
}

/// A disk of 2 MiB in memory, in namespaces of its own: the test runs itself once more within.
fn on_a_small_disk(test: &str) -> Option<std::path::PathBuf> {
    const DISK: &str = "PINTEREST_OAUTH_TEST_DISK";
    if let Some(disk) = std::env::var_os(DISK) {
        return Some(disk.into());
    }
    let folder = Folder::new();
    let script = "mount -t tmpfs -o size=2m small \"$0\" || exit 77; exec \"$@\"";
    let this = std::env::current_exe().unwrap();
    let test = format!("tokens::disk::tests::faults::{test}");
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", script])
        .arg(&folder.0)
        .arg(this)
        .args([&test, "--exact", "--nocapture"])
        .env(DISK, &folder.0)
        .output();
    match output {
        Err(error) => println!("skipped: unshare cannot be run ({error})"),
        Ok(output)
            if output.status.code() == Some(77) || output.stderr.starts_with(b"unshare:") =>
        {
            println!("skipped: no mount in a namespace is allowed here");
        }
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(
                output.status.success() && said.contains("1 passed"),
                "{said}"
            );
        }
    }
    None
}

fn fill(path: &Path) {
    use std::io::Write;
    let mut file = fs::File::create(path).unwrap();
    while file.write_all(&[b'x'; 4_096]).is_ok() {}
}

#[test]
fn on_a_full_disk_nothing_is_begun_and_a_reserved_answer_is_stored() {
    let Some(disk) =
        on_a_small_disk("on_a_full_disk_nothing_is_begun_and_a_reserved_answer_is_stored")
    else {
        return;
    };
    let store = super::Disk::open(&super::settings(&disk.join("store"))).unwrap();
    store.commit(&name(), None, &text("a", 1)).unwrap();
    let mut room = store.reserve(&name(), "a1").unwrap();
    fill(&disk.join("full"));
    let message = unavailable(&store.reserve(&name(), "a2").err().unwrap());
    assert!(message.contains("the disk is full"), "{message}");
    let message = unavailable(&store.commit(&name(), Some("a"), &text("b", 2)).unwrap_err());
    assert!(message.contains("the disk is full"), "{message}");
    let records = disk.join("store/records/ab");
    assert_eq!(fs::read_dir(&records).unwrap().count(), 2);
    // As long as the longest answer.
    let long = "x".repeat(2 * 64 * 1024);
    let long = format!(r#"{{"number":3,"long":"{long}","write_id":"c"}}"#);
    room.write(&sealed(&long)).unwrap();
    assert!(room.put("a").unwrap());
    assert_eq!(number(&store.load(&name()).unwrap().unwrap()), 3);
}

#[test]
fn a_store_that_became_read_only_is_read() {
    let Some(disk) = on_a_small_disk("a_store_that_became_read_only_is_read") else {
        return;
    };
    let settings = super::settings(&disk.join("store"));
    let store = super::Disk::open(&settings).unwrap();
    store.commit(&name(), None, &text("a", 1)).unwrap();
    store
        .reserve(&name(), "a1")
        .unwrap()
        .write(&text("b", 2))
        .unwrap();
    let mount = ["-o", "remount,ro"];
    assert!(
        Command::new("mount")
            .args(mount)
            .arg(&disk)
            .status()
            .unwrap()
            .success()
    );
    let store = super::Disk::open(&settings).unwrap();
    assert_eq!(number(&store.load(&name()).unwrap().unwrap()), 1);
    assert_eq!(store.answers(&name()).len(), 1);
    assert_eq!(
        store.holder(&name(), "a1"),
        crate::tokens::store::Holder::Dead
    );
    for error in [
        store.commit(&name(), Some("a"), &text("b", 2)).unwrap_err(),
        store.reserve(&name(), "a2").err().unwrap(),
        store.remove(&name(), "a").unwrap_err(),
    ] {
        assert!(unavailable(&error).contains("read-only"));
    }
}

#[test]
fn a_full_disk_gets_back_the_room_of_dead_attempts_and_of_no_others() {
    let Some(disk) =
        on_a_small_disk("a_full_disk_gets_back_the_room_of_dead_attempts_and_of_no_others")
    else {
        return;
    };
    let store = super::Disk::open(&super::settings(&disk.join("store"))).unwrap();
    let records = disk.join("store/records/ab");
    let hash = name().hash;
    let path = |attempt: &str| records.join(format!("{hash}.{attempt}.try"));
    let living = store.reserve(&name(), "a1").unwrap();
    let answer = text("b", 2).text().to_owned() + &" ".repeat(100_000);
    fs::write(path("a2"), &answer).unwrap();
    fs::write(path("a3"), " ".repeat(192 * 1024)).unwrap();
    fill(&disk.join("full"));
    let room = store.reserve(&name(), "a4").unwrap();
    assert_eq!(fs::metadata(path("a1")).unwrap().len(), 192 * 1024);
    assert_eq!(fs::read_to_string(path("a2")).unwrap(), answer);
    // It is still known to be dead.
    assert_eq!(fs::metadata(path("a3")).unwrap().len(), 0);
    assert_eq!(
        store.holder(&name(), "a3"),
        crate::tokens::store::Holder::Dead
    );
    drop((living, room));
}
