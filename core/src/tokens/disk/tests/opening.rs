use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};

use super::super::place;
use super::{Folder, Store, refusal, settings};
use crate::tokens::disk::Disk;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

#[test]
fn a_store_is_made_whole_for_its_owner_alone_and_opened_again() {
    let folder = Folder::new();
    let mut settings = folder.settings();
    settings.store = folder.0.join("a/b/store");
    let id = Disk::open(&settings).unwrap().id().to_owned();
    assert_eq!(id.len(), 32);
    assert_eq!(Disk::open(&settings).unwrap().id(), id);
    assert_eq!(
        fs::read_dir(settings.store.join("records"))
            .unwrap()
            .count(),
        256
    );
    for place in [
        "a",
        "a/b",
        "a/b/store",
        "a/b/store/records",
        "a/b/store/records/ff",
    ] {
        assert_eq!(mode(&folder.0.join(place)), 0o700, "{place}");
    }
    assert_eq!(mode(&settings.store.join("store.json")), 0o600);
    assert_eq!(fs::read_dir(folder.0.join("a/b")).unwrap().count(), 1);
}

#[test]
fn an_empty_folder_becomes_a_store_and_any_other_is_refused() {
    let folder = Folder::new();
    fs::create_dir(folder.0.join("store")).unwrap();
    folder.open();
    let other = folder.0.join("other");
    fs::create_dir(&other).unwrap();
    fs::set_permissions(&other, Permissions::from_mode(0o700)).unwrap();
    fs::write(other.join("mine.txt"), "x").unwrap();
    assert!(refusal(&settings(&other)).contains("it is no store of this library"));
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
    let message = refusal(&settings(&other.join("mine.txt")));
    assert!(message.contains("is no folder"), "{message}");
}

#[test]
fn many_who_open_a_store_first_have_one_store() {
    let folder = Folder::new();
    let ids: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| folder.open().id().to_owned()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
}

#[test]
fn what_store_json_says_is_believed() {
    let folder = Folder::new();
    folder.open();
    let path = folder.0.join("store/store.json");
    let good = fs::read_to_string(&path).unwrap();
    let with = |text: &str| {
        fs::write(&path, text).unwrap();
        refusal(&folder.settings())
    };
    assert!(with(r#"{"name":"a web shop"}"#).contains("none of this library"));
    assert!(with("").contains("is damaged"));
    assert!(with(r#"{"readable_by":2,"other":[]}"#).contains("newer version"));
    let sealed = good.replace("}\n", r#","key_fingerprint":"00"}"#);
    assert!(with(&sealed).contains("sealed with a key"));
    fs::remove_file(&path).unwrap();
    assert!(refusal(&folder.settings()).contains("while the records are there"));
    assert!(!path.exists());
    fs::write(
        &path,
        good.replace(r#""writable_by":1"#, r#""writable_by":2"#),
    )
    .unwrap();
    let disk = folder.open();
    let error = disk
        .commit(&super::name(), None, &super::text("a", 1))
        .unwrap_err();
    assert!(super::unavailable(&error).contains("only reads it"));
    assert!(disk.load(&super::name()).unwrap().is_none());
}

#[test]
fn every_process_looks_for_copies_where_the_store_says() {
    let folder = Folder::new();
    let mut settings = folder.settings();
    settings.recovery_dir = Some(folder.0.join("copies"));
    Disk::open(&settings).unwrap();
    Disk::open(&folder.settings()).unwrap();
    settings.recovery_dir = Some(folder.0.join("others"));
    assert!(refusal(&settings).contains("not the one that this store was made with"));
}

#[test]
fn a_store_that_others_may_enter_is_refused_and_the_groups_bits_are_set_back() {
    let folder = Folder::new();
    folder.open();
    let root = folder.0.join("store");
    fs::set_permissions(&root, Permissions::from_mode(0o705)).unwrap();
    assert!(refusal(&folder.settings()).contains("open to every user"));
    fs::set_permissions(&root, Permissions::from_mode(0o2770)).unwrap();
    let disk = folder.open();
    assert_eq!(mode(&root) & 0o777, 0o700);
    let told = disk.examine(false);
    let told = told
        .iter()
        .find(|finding| finding.what == "group_access")
        .unwrap();
    assert!(told.repaired && told.path == root);
}

#[test]
fn a_store_of_another_user_is_refused_also_for_root() {
    if rustix::process::geteuid().as_raw() != 0 {
        println!("skipped: only root can give a folder to another user");
        return;
    }
    let folder = Folder::new();
    folder.open();
    let root = folder.0.join("store");
    chown(&root, Some(12_345), Some(12_345)).unwrap();
    let message = refusal(&folder.settings());
    assert!(
        message.contains("the user with the number 12345"),
        "{message}"
    );
    assert!(message.contains("runs as the user root (0)"), "{message}");
    chown(&root, Some(0), Some(0)).unwrap();
    folder.open();
    chown(root.join("store.json"), Some(12_345), None).unwrap();
    assert!(refusal(&folder.settings()).contains("12345"));
}

#[test]
fn a_temporary_folder_is_only_for_a_server_on_this_machine() {
    let folder = Folder::new();
    let mut settings = folder.settings();
    settings.loopback = false;
    assert!(refusal(&settings).contains("is in a temporary folder"));
    let link = folder.0.join("link");
    symlink(&folder.0, &link).unwrap();
    assert!(place::is_temporary(&link.join("not/yet/there")));
    for lasting in ["/var/lib/service", "/home/me/.local/state", "/tmpfile"] {
        assert!(!place::is_temporary(&PathBuf::from(lasting)), "{lasting}");
    }
    let mut settings = folder.settings();
    settings.loopback = false;
    settings.store = PathBuf::from("/var/lib/service/store");
    settings.recovery_dir = Some(PathBuf::from("/var/tmp/copies"));
    assert!(refusal(&settings).contains("recovery_dir"));
}

#[test]
fn a_file_system_that_is_not_known_is_refused_unless_it_is_named() {
    // The system's own: neither is for files.
    let proc = Path::new("/proc");
    let error = place::check_file_system(proc, &[]).unwrap_err();
    let message = super::unavailable(&error);
    assert!(
        message.contains("0x9fa0") && message.contains("file_systems"),
        "{message}"
    );
    place::check_file_system(proc, &["0x9FA0".into()]).unwrap();
    place::check_file_system(Path::new("/dev/shm"), &[]).unwrap();
}

#[test]
fn a_store_that_is_there_is_opened_without_a_walk() {
    let folder = Folder::new();
    folder.open();
    // A walk would fail: the folders cannot be listed any more.
    fs::rename(folder.0.join("store/records"), folder.0.join("away")).unwrap();
    folder.open();
    fs::rename(folder.0.join("away"), folder.0.join("store/records")).unwrap();
}
